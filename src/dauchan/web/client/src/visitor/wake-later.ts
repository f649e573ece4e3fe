interface Syncing {
  sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser to wake the service worker when there is a network, also after the page is closed; not all browsers can. */
export async function wakeLater(tag: string): Promise<void> {
  const ready = (await navigator.serviceWorker?.getRegistration()) as (ServiceWorkerRegistration & Syncing) | undefined;
  await ready?.sync?.register(tag).catch(() => undefined);
}
