/** The help buttons of a failed scan bring its reason along, and the code of a place of ours; never what else was scanned. */

export function pointHelp(page: ParentNode, selector: string, reason: string, code = ""): void {
  for (const link of page.querySelectorAll<HTMLAnchorElement>(selector)) {
    const address = new URL(link.href);
    address.search = new URLSearchParams(code ? { reason, scanned: code } : { reason }).toString();
    address.hash = "send";
    link.href = address.toString();
  }
}
