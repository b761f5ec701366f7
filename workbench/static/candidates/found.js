// The candidates by keyboard: arrows go from row to row, Enter is the button's own key, and after it the next has the
// focus. Without this script the buttons work as they do anyway.

import { closest, seek } from "../shared/dom.js";
import { onKey, plainKeyOf } from "../shared/keys.js";
import { focusIn, nextRow, swappedRow } from "../shared/rows.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

const table = seek(document, "table.candidates", HTMLTableElement);
if (table) {
  onKey(table, (event) => {
    const row = closest(event.target, "tbody tr", HTMLTableRowElement);
    const step = STEPS[plainKeyOf(event)];
    return row && step ? () => decideOn(nextRow(row, step)) : null;
  });
  // The row that was accepted is another one now; its number tells which one follows.
  table.addEventListener("htmx:afterSwap", (event) => {
    const row = swappedRow(event);
    decideOn(row?.nextElementSibling ?? row);
  });
  decideOn(table.querySelector("tbody tr:not([data-accepted])"));
}

/** @param {Element | null | undefined} row */
function decideOn(row) {
  focusIn(row, ".decide");
}
