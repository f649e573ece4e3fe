/** Verifying Ed25519 signatures: by the browser, or by a small library where the browser is too old to know them. */

type Bytes = Uint8Array<ArrayBuffer>;

const imported = new Map<string, Promise<CryptoKey | null>>();

export async function isSigned(message: Bytes, signature: Bytes, publicKey: Bytes): Promise<boolean> {
  const key = await keyFor(publicKey);
  if (key) return crypto.subtle.verify("Ed25519", key, signature, message);
  return isSignedByLibrary(message, signature, publicKey);
}

export async function isSignedByLibrary(message: Bytes, signature: Bytes, publicKey: Bytes): Promise<boolean> {
  const { verifyAsync } = await import("@noble/ed25519");
  return verifyAsync(signature, message, publicKey, { zip215: false });
}

/** Null where this browser knows no Ed25519. */
function keyFor(publicKey: Bytes): Promise<CryptoKey | null> {
  const name = publicKey.join();
  const known = imported.get(name);
  if (known) return known;
  const asked = crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]).catch(() => null);
  imported.set(name, asked);
  return asked;
}
