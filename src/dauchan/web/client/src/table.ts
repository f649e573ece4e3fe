import { enhance } from "./enhance.ts";

/** On a phone each cell is named by its column: cells without data-label take it from the heading. */
enhance(".table-box .table", (table) => {
  const headings = [...table.querySelectorAll("thead tr:last-child > *")].map((cell) => cell.textContent?.trim() ?? "");
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.children].forEach((cell, index) => {
      const heading = headings[index];
      if (heading && cell instanceof HTMLTableCellElement && cell.colSpan === 1) cell.dataset["label"] ??= heading;
    });
  }
});
