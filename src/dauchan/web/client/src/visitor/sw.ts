/**
 * The service worker: opens the camera page and the gate without a network, and sends what waits when there is one again.
 *
 * It keeps the files of one build and the page's shell, which belongs to nobody. No page of a session is ever kept.
 */
import { sendWaiting as sendOfGate } from "../gate/sending.ts";
import { UnknownDevice } from "../gate/sync.ts";
import { FIELD, GATE_TAG, NOTICES_TAG, SYNC_TAG } from "./addresses.ts";
import { fetchFeed } from "./exposures/kept.ts";
import { language, me } from "./me.ts";
import { sendWaiting } from "./send-waiting.ts";

interface Build {
  /** Changes with any file of the build and any word of the shell. */
  version: string;
  /** Files whose names carry a hash of what is in them. */
  files: string[];
  /** The page without a network, by language. */
  shells: Record<"vi" | "en", string>;
  /** The same for a gate's device. */
  gate_shells: Record<"vi" | "en", string>;
}

interface Waking extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Waking {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Syncing extends Waking {
  tag: string;
}

interface Worker {
  DAUCHAN_BUILD: Build;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;
const build = worker.DAUCHAN_BUILD;
const PREFIX = "dauchan-";
const CACHE = PREFIX + build.version;
/** A page that was open before an update still asks for files of its own build. */
const BUILDS_KEPT = 2;
/** Whoever stands at a door waits no longer for a page. */
const PATIENCE_MS = 10_000;
const GATE = "/gate/";
const WITH_SHELL = /^\/(scan\/|me\/|[qQ]\/[^/]+\/?)$/;

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(build.files); // what has not changed comes from the browser's own cache: it is kept for ever there
  // Without cookies: the shell must be the same for everybody.
  const fresh = { cache: "reload", credentials: "omit" } as const;
  const shells = [...Object.values(build.shells), ...Object.values(build.gate_shells)];
  await cache.addAll(shells.map((address) => new Request(address, fresh)));
  await worker.skipWaiting();
}

async function takeOver(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const others = builds.filter((name) => name !== CACHE);
  const old = others.slice(0, Math.max(0, others.length - BUILDS_KEPT + 1));
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function shell(shells: Build["shells"]): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(shells[await language()])) ?? Response.error();
}

/** The page as it is now; where the network or the console is away, what stands in for it. */
async function pageOr(request: Request, standIn: () => Promise<Response>): Promise<Response> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  return answer && ![502, 503, 504].includes(answer.status) ? answer : standIn();
}

/** An inspector's checklist keeps its own shell: its page puts that into a cache, for most phones never need it. */
async function checklist(): Promise<Response> {
  return (await caches.match(`${FIELD}shell/${await language()}/`)) ?? Response.error();
}

async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function sendAll(): Promise<void> {
  const mustTryAgain = await sendWaiting((await me())?.mark ?? "", () => undefined);
  if (mustTryAgain) throw new Error("the door did not answer"); // the browser will wake us again
}

/** What waits is sealed, and the ticket comes for the device's cookie: the page is not needed. */
async function sendGate(): Promise<void> {
  try {
    const { isDone } = await sendOfGate(undefined, () => undefined);
    if (!isDone) throw new Error("the door did not take everything");
  } catch (error) {
    if (!(error instanceof UnknownDevice)) throw error; // else nobody can send it before the device is enrolled again
  }
}

self.addEventListener("install", (event) => (event as Waking).waitUntil(install()));
self.addEventListener("activate", (event) => (event as Waking).waitUntil(takeOver()));
self.addEventListener("sync", (event) => {
  const { tag } = event as Syncing;
  if (tag === SYNC_TAG) (event as Syncing).waitUntil(sendAll());
  if (tag === GATE_TAG) (event as Syncing).waitUntil(sendGate());
});
self.addEventListener("periodicsync", (event) => {
  if ((event as Syncing).tag === NOTICES_TAG) (event as Syncing).waitUntil(fetchFeed());
});
self.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const shells = pathname === GATE ? build.gate_shells : WITH_SHELL.test(pathname) ? build.shells : null;
    if (pathname === FIELD) (event as Fetching).respondWith(pageOr(request, checklist));
    else if (shells) (event as Fetching).respondWith(pageOr(request, () => shell(shells)));
  } else if (pathname.startsWith("/static/build/") || build.files.includes(pathname)) {
    (event as Fetching).respondWith(fileOf(request));
  }
});
