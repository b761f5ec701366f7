// The candidates by keyboard: arrows go from row to row, Enter is the button's own key, and after it the next has the
// focus. Without this script the buttons work as they do anyway.

import { composing } from "./composing.js";

const table = document.querySelector("table.candidates");
const focusOn = (row) => row?.querySelector(".decide")?.focus();

table?.addEventListener("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  const row = event.target.closest("tbody tr");
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!row || !step) return;
  event.preventDefault();
  focusOn(row[step]);
});

// The row that was accepted is another one now; its number tells which one follows.
table?.addEventListener("htmx:afterSwap", (event) => {
  const row = document.getElementById(event.detail.target.id);
  focusOn(row?.nextElementSibling ?? row);
});

focusOn(table?.querySelector("tbody tr:not([data-accepted])"));
