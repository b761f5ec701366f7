// The alignment editor: a cursor on a sentence, keys and buttons that act on its unit, and the map of the bitext.
//
// The desk does the work: an action is one request, and the answer brings the rows that changed, which alone are put
// into the page.

import { closest } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { accept, act, link } from "./actions.js";
import {
  cursor, jump, moveSentence, moveSide, moveUnit, place, rowOf, select, selectIn, selectRemembered, sentencesOf, sideOf,
} from "./cursor.js";
import { body, score, tools } from "./elements.js";
import { draw, nearest, svg } from "./map.js";
import "./news.js";
import { close, edit, edited, isChanged, write } from "./sentence.js";
import { isWaiting, run } from "./tasks.js";

/** @type {Record<string, () => unknown>} What keys and buttons do. */
const COMMANDS = {
  undo: () => act("undo"),
  redo: () => act("redo"),
  merge: () => act("merge"),
  split: () => act("split"),
  "push-up": () => act("push-up"),
  "push-down": () => act("push-down"),
  link,
  "swap-targets": () => act("swap-targets"),
  "swap-units": () => act("swap-units"),
  edit: () => edit(),
  accept,
  "accept-above": () => act("accept-above"),
  "accept-scores": () => act("accept-scores", { score: score.value }),
  withdraw: () => act("withdraw"),
  realign: () => act("realign"),
  "next-open": () => jump("open"),
  "next-irregular": () => jump("irregular"),
  "next-below": () => jump("below"),
  "previous-open": () => jump("open", -1),
  "previous-irregular": () => jump("irregular", -1),
  "previous-below": () => jump("below", -1),
  score: () => score.select(),
  leave: () => place().row.querySelector("a")?.click(),
  down: () => moveUnit(1),
  up: () => moveUnit(-1),
  "sentence-down": () => moveSentence(1),
  "sentence-up": () => moveSentence(-1),
  source: () => moveSide("source"),
  target: () => moveSide("target"),
  first: () => selectIn(body.rows[0], place().side),
  last: () => selectIn(body.rows[body.rows.length - 1], place().side),
};

/** @type {Record<string, string>} */
const KEYS = {
  ArrowDown: "down", ArrowUp: "up", ArrowLeft: "source", ArrowRight: "target", Home: "first", End: "last",
  "Shift+ArrowDown": "sentence-down", "Shift+ArrowUp": "sentence-up",
  "Alt+ArrowDown": "push-down", "Alt+ArrowUp": "push-up",
  "Ctrl+Z": "undo", "Ctrl+Y": "redo", "Ctrl+Shift+Z": "redo",
  "Meta+Z": "undo", "Meta+Y": "redo", "Meta+Shift+Z": "redo",
  J: "down", K: "up", M: "merge", S: "split", L: "link", X: "swap-targets", "Shift+X": "swap-units",
  E: "edit", Enter: "edit", F2: "edit",
  A: "accept", "Shift+A": "accept-above", W: "withdraw", R: "realign", T: "score", G: "leave",
  O: "next-open", N: "next-irregular", B: "next-below",
  "Shift+O": "previous-open", "Shift+N": "previous-irregular", "Shift+B": "previous-below",
};

onKey(body, (event) => {
  const command = event.target === edited?.field ? editing(event) : onSentence(event);
  return command && (() => run(command));
});

/** @param {KeyboardEvent} event */
function onSentence(event) {
  const name = KEYS[shortcutOf(event)];
  return name && event.target instanceof Element && event.target.matches(".sentence") ? COMMANDS[name] : null;
}

/** @param {KeyboardEvent} event */
function editing(event) {
  if (event.key === "Escape") return close;
  if (event.key !== "Enter") return null;
  const caret = event.ctrlKey || event.metaKey ? undefined : edited?.field.selectionStart;
  return () => write(caret);
}

body.addEventListener("focusin", (event) => {
  const { target } = event;
  if (target instanceof HTMLElement && target.matches(".sentence") && target !== cursor) select(target);
});
body.addEventListener("focusout", (event) => {
  if (edited && event.target === edited.field && !edited.sending && document.hasFocus()) run(() => write());
});

body.addEventListener("click", (event) => {
  const row = rowOf(event.target);
  if (!row || closest(event.target, "textarea, a", Element)) return;
  if (closest(event.target, "button.accept", Element)) {
    run(() => acceptByClick(row));
    return;
  }
  const side = sideOf(event.target) ?? place().side;
  const sentence = closest(event.target, ".sentence", HTMLElement) ?? sentencesOf(row, side)[0];
  run(() => select(sentence));
});
body.addEventListener("dblclick", (event) => {
  if (closest(event.target, ".sentence", Element)) run(() => edit());
});

/** @param {HTMLTableRowElement} row */
function acceptByClick(row) {
  if (!row.isConnected) return null;
  select(sentencesOf(row, place().side)[0]);
  return act("accepted" in row.dataset ? "withdraw" : "accept");
}

// A button acts on the unit of the cursor and gives the focus back to it.
tools.addEventListener("mousedown", (event) => {
  if (closest(event.target, "button", Element)) event.preventDefault();
});
tools.addEventListener("click", (event) => {
  const name = closest(event.target, "[data-do]", HTMLElement)?.dataset.do;
  if (name) doFromTools(name);
});
tools.addEventListener("submit", (event) => {
  event.preventDefault();
  doFromTools("accept-scores");
});
score.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cursor?.focus();
});

/** @param {string} name of a command */
function doFromTools(name) {
  run(async () => {
    if (edited) await write();
    if (!cursor || edited) return;
    await COMMANDS[name]?.();
    if (!edited) cursor.focus();
  });
}

svg.addEventListener("click", (event) => {
  const row = nearest(event);
  if (row) run(() => selectIn(row, place().side));
});

window.addEventListener("beforeunload", (event) => {
  if (isChanged()) run(() => write());
  if (isWaiting() || edited) event.preventDefault();
});

draw(null);
if (body.rows.length) selectRemembered();
