/** Tells the door of a scan that failed, without asking who it was; later, where there is no network. */
import { enhance } from "../enhance.ts";
import { attempt } from "./door.ts";
import { keep, sendLater, type Waiting } from "./outbox.ts";
import { uuid7 } from "./uuid7.ts";

export type Source = "poster" | "link" | "typed";

export function tellFailedScan(reason: string, source: Source, code?: string): void {
  const id = uuid7();
  const body: Record<string, string> = { attempt_id: id, attempted_at: new Date().toISOString(), reason, source };
  // The bars of an identity card: somebody's name and number are nothing to report.
  if (code && !code.includes("|")) body["code"] = code.slice(0, 4096);
  void tell({ id, kind: "scan-attempts", mark: "", keptAt: Date.now(), body });
}

async function tell(waiting: Waiting): Promise<void> {
  await keep(waiting);
  if (typeof (await attempt(waiting)) === "number") await sendLater();
}

/** The page that a refused code opened in the phone's own camera application. */
enhance("[data-refused-scan]", (page) => {
  const reason = page.dataset["refusedScan"];
  if (reason) tellFailedScan(reason, "link", page.dataset["code"]);
});
