/**
 * What an inspector's phone keeps, in IndexedDB, sealed with a key that never leaves this browser and cannot be read out of it
 * by a script. Names, statements, photos and signatures lie there as ciphertext until they are handed in.
 */

/** Each kind of thing with the field that tells one from another. */
const KEYS = { keys: "key", notes: "key", drafts: "key", queue: "id", photos: "id" } as const;

export type Store = keyof typeof KEYS;

const NAME = "dauchan-inspections";
const VERSION = 1;
let opened: Promise<IDBDatabase> | undefined;

/** Sealed bytes with the number that was used once. */
export interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  closed: ArrayBuffer;
}

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(KEYS)) request.result.createObjectStore(store, { keyPath });
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

/** Resolves when all of it is on the disk; rejects, and keeps nothing of it, where any part fails. */
export async function change(stores: Store[], work: (store: (name: Store) => IDBObjectStore) => void): Promise<void> {
  const base = await database();
  await new Promise<void>((resolve, reject) => {
    const transaction = base.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    work((name) => transaction.objectStore(name));
  });
}

async function asked<Thing>(store: Store, ask: (within: IDBObjectStore) => IDBRequest): Promise<Thing> {
  const base = await database();
  return new Promise((resolve, reject) => {
    const request = ask(base.transaction(store).objectStore(store));
    request.onsuccess = () => resolve(request.result as Thing);
    request.onerror = () => reject(request.error);
  });
}

export const put = (store: Store, thing: object): Promise<void> => change([store], (at) => at(store).put(thing));
export const drop = (store: Store, key: string): Promise<void> => change([store], (at) => at(store).delete(key));
export const get = <Thing>(store: Store, key: string) => asked<Thing | undefined>(store, (within) => within.get(key));
export const all = <Thing>(store: Store) => asked<Thing[]>(store, (within) => within.getAll());

/** Everything goes, the key too: what is left anywhere cannot be opened any more. */
export async function forgetAll(): Promise<void> {
  const stores = Object.keys(KEYS) as Store[];
  await change(stores, (at) => {
    for (const store of stores) at(store).clear();
  });
  key = undefined;
}

let key: Promise<CryptoKey> | undefined;

/** Made once; of two tabs that make one at the same moment the first on the disk counts. */
async function ownKey(): Promise<CryptoKey> {
  const kept = await get<{ made: CryptoKey }>("keys", "own");
  if (kept) return kept.made;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await change(["keys"], (at) => at("keys").add({ key: "own", made })).catch(() => undefined);
  const found = await get<{ made: CryptoKey }>("keys", "own");
  if (!found) throw new DOMException("no key was kept", "UnknownError");
  return found.made;
}

function keyOnce(): Promise<CryptoKey> {
  key ??= ownKey().catch((error) => {
    key = undefined;
    throw error;
  });
  return key;
}

export async function seal(bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  return { nonce, closed: await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await keyOnce(), bytes) };
}

export async function open(sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  const how = { name: "AES-GCM", iv: sealed.nonce };
  return new Uint8Array(await crypto.subtle.decrypt(how, await keyOnce(), sealed.closed));
}

export const sealText = (text: string): Promise<Sealed> => seal(new TextEncoder().encode(text));
export const openText = async (sealed: Sealed): Promise<string> => new TextDecoder().decode(await open(sealed));
