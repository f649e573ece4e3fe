/** Keeps this page on the phone: its files and its shell, which belong to nobody, so that it opens without a network. */

const CACHE = "inspecting";

/** Fetches what is new and lets go of what is not needed any more; harmless to repeat. */
export async function keepForOffline(addresses: readonly string[]): Promise<void> {
  if (!("caches" in window)) return;
  const cache = await caches.open(CACHE);
  const wanted = new Set(addresses.map((address) => new URL(address, location.origin).pathname));
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const isShell = (path: string) => path.includes("/shell/");
  const missing = [...wanted].filter((path) => isShell(path) || !kept.has(path));
  // Without cookies: the shell must be the same for everybody.
  await cache.addAll(
    missing.map((path) => new Request(path, { credentials: "omit", cache: isShell(path) ? "reload" : "default" })),
  );
  await Promise.all([...kept].filter((path) => !wanted.has(path)).map((path) => cache.delete(path)));
}
