/** Scans that the door has not acknowledged yet. They outlive the page; who waits is told by a mark, never by a name. */

export type Kind = "check-ins" | "check-outs";

export interface Waiting {
  /** The scan's own identifier: sending it twice is harmless. */
  id: string;
  kind: Kind;
  /** Whose it is: a scan kept by one person is never sent by another who signs in on the same phone. */
  mark: string;
  keptAt: number;
  body: Record<string, unknown>;
}

const NAME = "dauchan-outbox";
const KEPT_MS = 21 * 86_400_000;

function read(): Waiting[] {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "[]") as Waiting[];
    return kept.filter((waiting) => Date.now() - waiting.keptAt < KEPT_MS);
  } catch {
    return []; // storage is forbidden, or holds something that is not ours
  }
}

function write(all: Waiting[]): void {
  try {
    if (all.length === 0) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, JSON.stringify(all));
  } catch {
    // A private window without storage: the scan lives as long as its page.
  }
}

export function keep(waiting: Waiting): void {
  write([...read().filter(({ id }) => id !== waiting.id), waiting]);
}

export function drop(id: string): void {
  write(read().filter((waiting) => waiting.id !== id));
}

export function keptBy(mark: string): Waiting[] {
  return read().filter((waiting) => waiting.mark === mark);
}
