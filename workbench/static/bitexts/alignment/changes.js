// What the desk's answers change on the page.

/** @import { Changes } from "./desk.js" */
import { all, need } from "../../shared/dom.js";
import { cursor, place, rowOf, selectIn } from "./cursor.js";
import { body, texts, tools } from "./elements.js";
import { draw } from "./map.js";

/** The revision of the bitext that the page shows. */
export let revision = Number(texts.revision);

/**
 * Shows changes, and puts the cursor where it was: or, after an undo or redo, to what that brought.
 * @param {Changes} changes
 * @param {string} [action]
 */
export function show(changes, action) {
  const { row, side, sentence } = place();
  const number = [...body.rows].indexOf(row);
  const shown = changes.whole ? showAll(changes.rows) : showRows(changes);
  revision = changes.revision;
  showState(changes);
  // The rows first, then the map.
  requestAnimationFrame(() => draw(cursor?.isConnected ? rowOf(cursor) : null));
  const turned = (action === "undo" || action === "redo") && shown[0];
  const same = document.getElementById(`unit-${row.dataset.id}`);
  selectIn(turned || same || body.rows[Math.min(number, body.rows.length - 1)], side, sentence);
}

/** @param {string} markup */
function rowsFrom(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return all(template.content, "tr", HTMLTableRowElement);
}

/**
 * Shows the rows of an answer, and returns them. They stand in their order, so that each finds those before it in place.
 * @param {Changes} changes
 */
function showRows({ gone, rows }) {
  const before = body.rows.length;
  for (const id of gone) document.getElementById(`unit-${id}`)?.remove();
  const fresh = rowsFrom(rows);
  for (const row of fresh) body.insertBefore(row, body.rows[Number(row.dataset.position)] ?? null);
  if (before !== body.rows.length) numberRows();
  return fresh;
}

function numberRows() {
  [...body.rows].forEach((row, position) => {
    const link = need(row, ".number a", HTMLElement);
    const number = String(position + 1);
    if (link.textContent !== number) link.textContent = number;
  });
}

/**
 * Shows all rows after somebody else's changes, and returns those that are new here, which are marked.
 * @param {string} markup
 */
function showAll(markup) {
  const known = new Map([...body.rows].map((row) => [row.dataset.id, row.dataset.version]));
  const rows = rowsFrom(markup);
  for (const row of rows) row.classList.toggle("theirs", known.get(row.dataset.id) !== row.dataset.version);
  body.replaceChildren(...rows);
  return rows.filter((row) => row.classList.contains("theirs"));
}

/** @param {Changes} changes */
function showState(changes) {
  need(document, ".summary", HTMLElement).innerHTML = changes.summary;
  const progress = need(document, ".bar progress", HTMLProgressElement);
  progress.max = changes.units || 1;
  progress.value = changes.confirmed;
  need(document, ".bar .count", HTMLElement).textContent = `${changes.confirmed} / ${changes.units}`;
  for (const name of /** @type {const} */ (["undo", "redo"])) {
    const button = need(tools, `[data-do=${name}]`, HTMLElement);
    button.title = changes[name] ? `${texts[name]}: ${changes[name]}` : texts.nothing;
  }
}
