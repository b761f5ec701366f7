// The table of proposed pairs by keyboard: its keys go from pair to pair and press the buttons of the one that has the
// focus. Without this script the buttons work as they do anyway; htmx sends them without leaving the page.

import { composing } from "./composing.js";

const table = document.querySelector("table.pairs");
const announcement = document.querySelector("#announcement");
const count = document.querySelector("#count");

const openRows = () => [...table.querySelectorAll('tbody[data-state="open"]')];
let shown = table ? openRows().length : 0;
const focusOn = (row) => row?.querySelector("button.confirm").focus();

// The next open pair after a place in the table, or else the last one before it.
function nextOpen(row, step) {
  let next = row;
  do next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
  while (next && next.dataset.state !== "open");
  return next;
}

function toggle(row) {
  const details = row.querySelector("details");
  details.open = !details.open;
}

const KEYS = {
  ArrowDown: (row) => focusOn(nextOpen(row, 1)),
  ArrowUp: (row) => focusOn(nextOpen(row, -1)),
  Home: () => focusOn(openRows()[0]),
  End: () => focusOn(openRows().at(-1)),
  Delete: (row) => row.querySelector("button[value=reject]")?.click(),
  C: (row) => row.querySelector("a.choose")?.click(),
  O: toggle,
};
KEYS.J = KEYS.ArrowDown;
KEYS.K = KEYS.ArrowUp;
KEYS.X = KEYS.Delete;

table?.addEventListener("keydown", (event) => {
  // A key that an input method is using is none of ours, nor one with another meaning.
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  const row = event.target.closest("tbody");
  // A letter by what it is, or by its place where the layout writes no Latin letters.
  const letter = /^[a-z]$/i.test(event.key) ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1];
  const command = KEYS[letter?.toUpperCase() ?? event.key];
  if (!row || !command) return;
  event.preventDefault();
  if (!event.repeat || event.key.startsWith("Arrow")) command(row);
});

// A click on a pair puts the focus there, so that the keys go on from it.
table?.addEventListener("click", (event) => {
  const row = event.target.closest('tbody[data-state="open"]');
  if (row && !event.target.closest("a, button, summary") && !String(getSelection())) focusOn(row);
});

// After a decision the next pair has the focus; one that was taken back has it itself.
table?.addEventListener("htmx:afterSwap", (event) => {
  const row = document.getElementById(event.detail.target.id) ?? event.target.closest("tbody");
  if (!row) return;
  count.textContent = Number(count.textContent) + openRows().length - shown;
  shown = openRows().length;
  announcement.textContent = row.dataset.state === "open" ? "" : row.querySelector("td").textContent.trim();
  const next = row.dataset.state === "open" ? row : nextOpen(row, 1) ?? nextOpen(row, -1);
  if (next) focusOn(next);
  else announcement.textContent = table.dataset.left;
});
