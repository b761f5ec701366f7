// The table of proposed pairs by keyboard: its keys go from pair to pair and press the buttons of the one that has the
// focus. Without this script the buttons work as they do anyway; htmx sends them without leaving the page.

import { all, closest, need, seek } from "../shared/dom.js";
import { onKey, plainKeyOf } from "../shared/keys.js";
import { focusIn, nextRow, swappedRow } from "../shared/rows.js";

const OPEN = 'tbody[data-state="open"]';

/** @param {HTMLElement} row */
const isOpen = (row) => row.dataset.state === "open";

/**
 * Returns the open pairs of the table in which a row is.
 * @param {HTMLElement} row
 */
const openRows = (row) => all(row.closest("table") ?? document, OPEN, HTMLElement);

/** @param {Element | null | undefined} row */
const focusOn = (row) => focusIn(row, "button.confirm");

/**
 * @param {Element} row
 * @param {string} control
 */
const press = (row, control) => seek(row, control, HTMLElement)?.click();

/** @param {Element} row */
function toggle(row) {
  const details = need(row, "details", HTMLDetailsElement);
  details.open = !details.open;
}

/** @type {Record<string, (row: HTMLElement) => void>} */
const KEYS = {
  ArrowDown: (row) => focusOn(nextRow(row, 1, isOpen)),
  ArrowUp: (row) => focusOn(nextRow(row, -1, isOpen)),
  Home: (row) => focusOn(openRows(row).at(0)),
  End: (row) => focusOn(openRows(row).at(-1)),
  Delete: (row) => press(row, "button[value=reject]"),
  C: (row) => press(row, "a.choose"),
  O: toggle,
};
Object.assign(KEYS, { J: KEYS.ArrowDown, K: KEYS.ArrowUp, X: KEYS.Delete });

/** @param {KeyboardEvent} event */
function commandOf(event) {
  const row = closest(event.target, "tbody", HTMLElement);
  const command = KEYS[plainKeyOf(event)];
  // A key that is held down goes from pair to pair, but decides about one alone.
  return row && command && (() => { if (!event.repeat || event.key.startsWith("Arrow")) command(row); });
}

/**
 * After a decision the next pair has the focus; one that was taken back has it itself.
 * @param {HTMLTableElement} table
 */
function followDecisions(table) {
  const announcement = need(document, "#announcement", HTMLElement);
  const count = need(document, "#count", HTMLElement);
  let shown = all(table, OPEN, HTMLElement).length;
  table.addEventListener("htmx:afterSwap", (event) => {
    const row = swappedRow(event) ?? closest(event.target, "tbody", HTMLElement);
    if (!row) return;
    const left = all(table, OPEN, HTMLElement).length;
    count.textContent = String(Number(count.textContent) + left - shown);
    shown = left;
    announcement.textContent = isOpen(row) ? "" : need(row, "td", HTMLElement).textContent.trim();
    const next = isOpen(row) ? row : nextRow(row, 1, isOpen) ?? nextRow(row, -1, isOpen);
    if (next) focusOn(next);
    else announcement.textContent = table.dataset.left ?? "";
  });
}

const table = seek(document, "table.pairs", HTMLTableElement);
if (table) {
  onKey(table, commandOf);
  // A click on a pair puts the focus there, so that the keys go on from it.
  table.addEventListener("click", (event) => {
    const row = closest(event.target, OPEN, HTMLElement);
    if (row && !closest(event.target, "a, button, summary", Element) && !String(getSelection())) focusOn(row);
  });
  followDecisions(table);
}
