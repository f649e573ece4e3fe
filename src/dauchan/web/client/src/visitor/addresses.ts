/** The addresses that a page and the service worker talk to; both must know them without a page to read them from. */
export const DOOR = "/api/v1/";
export const TOKEN = "/visitor/token";
export const VENUE = "/visitor/venue";
/** The feed of notices: one address for everybody. */
export const NOTICES = "/notices/feed.jsonl";
/** An inspector's checklist. */
export const FIELD = "/officer/inspections/field/";
export const WORKER = "/sw.js";
/** The tag under which the browser wakes the service worker when there is a network again. */
export const SYNC_TAG = "dauchan-outbox";
/** The same for the queue of a gate's device. */
export const GATE_TAG = "dauchan-gate";
/** The tag under which it wakes the service worker now and then to fetch the feed of notices. */
export const NOTICES_TAG = "dauchan-notices";
