/** Where the browser has it, an installed app fetches the feed some times a day without being opened. */
import { NOTICES_TAG } from "../addresses.ts";

interface Waking {
  periodicSync?: { register(tag: string, how: { minInterval: number }): Promise<void> };
}

const HALF_A_DAY_MS = 12 * 3_600_000;

export async function wakeSometimes(): Promise<void> {
  const worker = (await navigator.serviceWorker?.getRegistration()) as (ServiceWorkerRegistration & Waking) | undefined;
  // Without the permission, which only an installed app gets, the browser refuses, and nothing is lost.
  await worker?.periodicSync?.register(NOTICES_TAG, { minInterval: HALF_A_DAY_MS }).catch(() => undefined);
}
