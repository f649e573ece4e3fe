/** Tells the door of a scan that failed: once, without asking who it was, and without waiting for an answer. */
import { enhance } from "../enhance.ts";
import { uuid7 } from "./uuid7.ts";

export type Source = "poster" | "link" | "typed";

export function tellFailedScan(reason: string, source: Source, code?: string): void {
  const body: Record<string, string> = { attempt_id: uuid7(), attempted_at: new Date().toISOString(), reason, source };
  // The bars of an identity card: somebody's name and number are nothing to report.
  if (code && !code.includes("|")) body["code"] = code.slice(0, 4096);
  const headers = { "Content-Type": "application/json", "X-Device-Time": new Date().toISOString() };
  void fetch("/api/v1/scan-attempts", { method: "POST", headers, body: JSON.stringify(body), keepalive: true }).catch(
    () => undefined,
  );
}

/** The page that a refused code opened in the phone's own camera application. */
enhance("[data-refused-scan]", (page) => {
  const reason = page.dataset["refusedScan"];
  if (reason) tellFailedScan(reason, "link", page.dataset["code"]);
});
