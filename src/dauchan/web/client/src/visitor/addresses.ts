/** The addresses that a page and the service worker talk to; both must know them without a page to read them from. */
export const DOOR = "/api/v1/";
export const TOKEN = "/visitor/token";
export const VENUE = "/visitor/venue";
export const WORKER = "/sw.js";
/** The tag under which the browser wakes the service worker when there is a network again. */
export const SYNC_TAG = "dauchan-outbox";
