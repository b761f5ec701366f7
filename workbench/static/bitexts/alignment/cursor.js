// The cursor: the sentence (or the sign of a missing one) that keys and buttons act on, and how it moves.

import { all, closest } from "../../shared/dom.js";
import { nextRow } from "../../shared/rows.js";
import { body, say, score, texts } from "./elements.js";
import { mark } from "./map.js";

/** @typedef {HTMLTableRowElement} Row */
/** @typedef {"source" | "target"} Side */

const REMEMBERED = `alignment ${texts.address}`;

/** @type {HTMLElement | null} */
export let cursor = null;

/**
 * Returns the row round an element, or null.
 * @param {EventTarget | null} element
 */
export const rowOf = (element) => closest(element, "tbody tr", HTMLTableRowElement);

/**
 * Returns the side on which an element is, or null.
 * @param {EventTarget | null} element
 */
export const sideOf = (element) =>
  /** @type {Side | undefined} */ (closest(element, ".side", HTMLElement)?.dataset.side) ?? null;

/**
 * Returns a row's sentences on a side, or the sign that there is none.
 * @param {Row} row
 * @param {Side} side
 */
export const sentencesOf = (row, side) => all(row, `.side[data-side=${side}] .sentence`, HTMLElement);

/** Returns where the cursor is: row, side, number of the sentence. There is always one where there are rows. */
export function place() {
  const row = rowOf(cursor);
  const side = sideOf(cursor);
  if (!cursor || !row || !side) throw new Error("There is no cursor");
  return { row, side, sentence: sentencesOf(row, side).indexOf(cursor) };
}

/** Whether the focus is among the units or nowhere: else it is not taken away from where it is. */
const isFocused = () => document.activeElement === document.body || body.contains(document.activeElement);

/** @param {HTMLElement | undefined} sentence */
export function select(sentence) {
  const row = rowOf(sentence ?? null);
  if (!sentence?.isConnected || !row) return;
  if (cursor) {
    cursor.tabIndex = -1;
    rowOf(cursor)?.classList.remove("here");
  }
  cursor = sentence;
  cursor.tabIndex = 0;
  row.classList.add("here");
  if (document.activeElement !== cursor && isFocused()) cursor.focus();
  sessionStorage.setItem(REMEMBERED, row.dataset.id ?? "");
  mark(row);
}

/**
 * @param {HTMLElement | null | undefined} row
 * @param {Side} side
 * @param {number} [sentence] or the nearest to it that there is
 */
export function selectIn(row, side, sentence = 0) {
  if (!(row instanceof HTMLTableRowElement)) return;
  const there = sentencesOf(row, side);
  select(there[Math.min(Math.max(sentence, 0), there.length - 1)]);
}

/** Selects the first sentence of the unit in which the cursor was last, or else of the first one. */
export function selectRemembered() {
  const remembered = document.getElementById(`unit-${sessionStorage.getItem(REMEMBERED)}`);
  selectIn(remembered ?? body.rows[0], "source");
}

/** @param {number} step */
export function moveUnit(step) {
  const { row, side } = place();
  selectIn(nextRow(row, step), side);
}

/** @param {number} step */
export function moveSentence(step) {
  const { row, side, sentence } = place();
  const next = sentencesOf(row, side)[sentence + step];
  if (next) select(next);
  else selectIn(nextRow(row, step), side, step > 0 ? 0 : Infinity);
}

/** @param {Side} side */
export function moveSide(side) {
  const { row, sentence } = place();
  selectIn(row, side, sentence);
}

/** Units that one may look for. */
const WANTED = {
  open: (/** @type {Row} */ row) => !("accepted" in row.dataset),
  irregular: (/** @type {Row} */ row) => row.classList.contains("irregular"),
  below: (/** @type {Row} */ row) => row.dataset.score !== "" && Number(row.dataset.score) < Number(score.value),
};

/**
 * Goes to the next unit of a kind, from the end on again from the beginning.
 * @param {keyof typeof WANTED} kind
 * @param {number} [step] 1 down, -1 up
 * @param {string} [none] what is said where there is none
 */
export function jump(kind, step = 1, none = texts.none) {
  const rows = [...body.rows];
  const { row, side } = place();
  const here = rows.indexOf(row);
  for (let n = 1; n <= rows.length; n += 1) {
    const candidate = rows[(here + step * n + rows.length * 2) % rows.length];
    if (candidate && candidate !== row && WANTED[kind](candidate)) return selectIn(candidate, side);
  }
  return say(none);
}
