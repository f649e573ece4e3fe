/** What a gate's device keeps, in IndexedDB: sealed scans that wait, and notes about the gate. Nothing of a visitor. */

export type Direction = "in" | "out" | "undo";
/** What a scan that waits does to the number of people inside; known to the device only. */
export type Effect = "in" | "out" | "undo-in" | "undo-out" | "failed";

/** A scan as the door takes it, and its effect. */
export interface Item {
  scan_id: string;
  direction: Direction;
  /** RFC 3339, by the device's clock. */
  at: string;
  sealed?: string;
  undoes?: string;
  failed?: string;
  effect: Effect;
}

/** Numbered in the order of the scans. */
export interface KeptItem extends Item {
  seq: number;
}

/** The stores within one transaction. */
export interface Within {
  queue: IDBObjectStore;
  notes: IDBObjectStore;
}

const NAME = "dauchan-gate";
const VERSION = 1;
let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const queue = request.result.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
      queue.createIndex("effect", "effect");
      request.result.createObjectStore("notes", { keyPath: "key" });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
  });
  return opened;
}

/** What *work* resolves to, once it is on the disk; nothing of it is kept where any part fails. */
export async function change<Result>(work: (within: Within) => Promise<Result>): Promise<Result> {
  const base = await database();
  const transaction = base.transaction(["queue", "notes"], "readwrite", { durability: "strict" });
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  try {
    const result = await work(within(transaction));
    await done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it has ended by itself
    }
    await done.catch(() => undefined);
    throw transaction.error ?? error;
  }
}

export async function look<Result>(work: (within: Within) => Promise<Result>): Promise<Result> {
  const base = await database();
  return work(within(base.transaction(["queue", "notes"])));
}

export function asked<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Everything goes: this device is no gate any more. */
export function forgetAll(): Promise<void> {
  return change(async ({ queue, notes }) => {
    await asked(queue.clear());
    await asked(notes.clear());
  });
}

function within(transaction: IDBTransaction): Within {
  return { queue: transaction.objectStore("queue"), notes: transaction.objectStore("notes") };
}
