/** Who went in and out here since the page was opened: keyed hashes in memory, so that the device knows nobody. */

export interface Seen {
  isInside: boolean;
  /** Milliseconds by the device's clock. */
  at: number;
}

export class Inside {
  private readonly key = crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  private readonly seen = new Map<string, Seen>();

  /** A name for *subject* that means nothing outside this page. */
  async hash(subject: string): Promise<string> {
    const mac = await crypto.subtle.sign("HMAC", (await this.key) as CryptoKey, new TextEncoder().encode(subject));
    return String.fromCharCode(...new Uint8Array(mac));
  }

  of(hash: string): Seen | undefined {
    return this.seen.get(hash);
  }

  note(hash: string, seen: Seen | undefined): void {
    if (seen) this.seen.set(hash, seen);
    else this.seen.delete(hash);
  }
}
