/** What this phone keeps, in IndexedDB, so that pages and the service worker share it and a restart loses nothing. */

/** Each kind of thing with the field that tells one from another. */
const KEYS = { outbox: "id", me: "key", places: "text", visits: "id", family: "name", exposures: "key" } as const;

export type Store = keyof typeof KEYS;

const NAME = "dauchan";
const VERSION = 2;
let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const base = request.result;
      for (const [store, keyPath] of Object.entries(KEYS))
        if (!base.objectStoreNames.contains(store)) base.createObjectStore(store, { keyPath });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // A newer page wants another form of it: this one lets go, and opens it again when it needs it.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
  });
  return opened;
}

/** Resolves when it is on the disk. */
async function write(store: Store, work: (within: IDBObjectStore) => void): Promise<void> {
  const base = await database();
  await new Promise<void>((resolve, reject) => {
    const transaction = base.transaction(store, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(store));
  });
}

async function read<Thing>(store: Store, work: (within: IDBObjectStore) => IDBRequest): Promise<Thing> {
  const base = await database();
  return new Promise((resolve, reject) => {
    const request = work(base.transaction(store).objectStore(store));
    request.onsuccess = () => resolve(request.result as Thing);
    request.onerror = () => reject(request.error);
  });
}

// A private window without storage: what is kept lives as long as its page.
const memory = Object.fromEntries(Object.keys(KEYS).map((store) => [store, new Map()])) as Record<
  Store,
  Map<string, unknown>
>;

export async function put<Thing extends object>(store: Store, thing: Thing): Promise<void> {
  const key = (thing as Record<string, unknown>)[KEYS[store]] as string;
  await write(store, (within) => within.put(thing)).catch(() => memory[store].set(key, thing));
}

export async function drop(store: Store, key: string): Promise<void> {
  memory[store].delete(key);
  await write(store, (within) => within.delete(key)).catch(() => undefined);
}

export async function clear(store: Store): Promise<void> {
  memory[store].clear();
  await write(store, (within) => within.clear()).catch(() => undefined);
}

export async function get<Thing>(store: Store, key: string): Promise<Thing | undefined> {
  const found = await read<Thing | undefined>(store, (within) => within.get(key)).catch(() => undefined);
  return found ?? (memory[store].get(key) as Thing | undefined);
}

export async function all<Thing>(store: Store): Promise<Thing[]> {
  const found = await read<Thing[]>(store, (within) => within.getAll()).catch(() => []);
  return [...found, ...([...memory[store].values()] as Thing[])];
}
