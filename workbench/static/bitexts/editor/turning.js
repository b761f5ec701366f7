// Going on to the next unit, and to the next page of units. What is typed until that is there is kept, confirmations too,
// and goes into its first open unit. Units that are not in the desk yet stay what they are.

/** @import { Unit } from "./unit.js" */
import { compositionEnd, isComposingIn } from "../../shared/composing.js";
import { need, pause, seek } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { nextRow } from "../../shared/rows.js";
import { forgetAlike, stopFetching } from "./ahead.js";
import { ahead, announcement, editor, filterBar, paneTabs, texts, turning } from "./elements.js";
import { unitOf, units, unsaved } from "./units.js";

const TURN_AGAIN_AFTER = 2000; // ms after a page that could not be loaded

/** @type {string[]} What was typed and confirmed while a page was on its way. */
const confirmedAhead = [];

/** Returns whether there is typed text that has no unit yet. */
export const typedAhead = () => Boolean(ahead.value || confirmedAhead.length);

/**
 * Confirms a unit and stays in it; returns whether it can be confirmed.
 * @param {Unit} unit
 * @param {boolean} [asEmpty]
 */
export function confirmHere(unit, asEmpty = false) {
  if (!unit.confirm(asEmpty)) return false;
  unit.saver.settled().then(() => forgetAlike(unit));
  return true;
}

/**
 * Confirms a unit, and goes on to the next open one.
 * @param {Unit} unit
 * @param {boolean} [asEmpty]
 */
export function confirm(unit, asEmpty = false) {
  if (!confirmHere(unit, asEmpty)) return;
  const next = unitOf(nextRow(unit.item, 1, (item) => Boolean(unitOf(item)?.open)));
  if (next) next.focus();
  else if (texts.nextOpen) turnTo(texts.nextOpen);
  else finish();
}

/**
 * Puts another page of units in the place of this one, and the focus on a unit of it.
 * @param {string} address
 * @param {() => Unit | null | undefined} [begin] says which; else its first open one
 */
export async function turnTo(address, begin = firstOpen) {
  turning.hidden = false;
  ahead.focus({ preventScroll: true });
  const page = await fetchPage(address);
  while (isComposingIn(ahead)) await compositionEnd(ahead);
  showPage(page);
  const typed = [...confirmedAhead.splice(0), ahead.value];
  ahead.value = "";
  const first = begin();
  turning.hidden = true;
  if (first) first.focus();
  else finish();
  typeIn(typed);
}

const firstOpen = () => units().find((unit) => unit.open);

/**
 * Goes to a unit by its number; one that is too high is the last.
 * @param {number} number
 */
export function goTo(number) {
  const value = Math.min(Math.max(number, 1), Number(texts.units));
  const find = () => unitOf(seek(editor, `.unit[value="${value}"]`, HTMLElement));
  const unit = find();
  if (unit) unit.focus();
  else turnTo(`${texts.address}?number=${value}`, find);
}

/**
 * Goes to the unit before or after another one, also over the border of a page.
 * @param {Unit} unit
 * @param {number} step
 */
export function goOn(unit, step) {
  const next = unitOf(nextRow(unit.item, step));
  const address = step > 0 ? texts.after : texts.before;
  if (next) next.focus();
  else if (address) turnTo(address, () => units().at(step > 0 ? 0 : -1));
}

/**
 * Goes to the next unit with a finding or an open comment, if there is one.
 * @param {Unit} unit
 * @param {string} noted "finding" or "comment"
 */
export async function goToNoted(unit, noted) {
  const address = texts.next.replace("finding", noted);
  const answer = await fetch(`${address}?after=${unit.number}`).catch(() => null);
  const { number = 0, message = texts.unreachable } = await answer?.json().catch(() => ({})) ?? {};
  if (number) goTo(number);
  else unit.say(message);
}

/**
 * Goes to the first open unit after another one, or of all.
 * @param {Unit} [unit]
 */
export function goToOpen(unit) {
  const next = unit && unitOf(nextRow(unit.item, 1, (item) => Boolean(unitOf(item)?.open)));
  if (next) next.focus();
  else if (!unit) turnTo(`${texts.address}?after=0`);
  else if (texts.nextOpen) turnTo(texts.nextOpen);
  else announcement.textContent = texts.allConfirmed;
}

/**
 * Puts texts into units, from the one that has the focus on, each but the last one confirmed; what is left when there is
 * no such unit stays on the page.
 * @param {string[]} typed
 */
function typeIn(typed) {
  for (let unit; typed.length && (unit = unitOf(document.activeElement)); ) {
    const text = typed.shift();
    if (text) unit.put(text, unit.selection);
    if (typed.length) confirm(unit);
  }
  ahead.value = typed.pop() ?? ahead.value;
  confirmedAhead.unshift(...typed);
  if (ahead.value) turning.hidden = false;
}

function finish() {
  announcement.textContent = texts.allConfirmed;
  need(document, "#main", HTMLElement).focus({ preventScroll: true });
}

onKey(ahead, (event) => (/^Ctrl\+(Shift\+)?Enter$/.test(shortcutOf(event)) ? confirmAhead : null));

function confirmAhead() {
  if (!ahead.value.trim()) return;
  confirmedAhead.push(ahead.value);
  ahead.value = "";
}

/**
 * Returns the editor of a page and its address; asks again until the desk answers.
 * @param {string} address
 */
async function fetchPage(address) {
  for (;;) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;
    const page = text ? new DOMParser().parseFromString(text, "text/html") : null;
    const found = page?.querySelector(".editor");
    if (answer && found instanceof HTMLElement) return { found, filter: page?.querySelector(".filter-bar")?.innerHTML ?? "", address: answer.url };
    say(texts.unreachable);
    await pause(TURN_AGAIN_AFTER);
  }
}

/** @param {{ found: HTMLElement, filter: string, address: string }} page */
function showPage({ found, filter, address }) {
  say("");
  document.body.append(paneTabs);
  stopFetching();
  for (const unit of unsaved) {
    found.querySelector(`#${unit.item.id}`)?.replaceWith(unit.item);
  }
  editor.replaceChildren(...found.childNodes);
  for (const name of /** @type {const} */ (["before", "after", "nextOpen"])) delete texts[name];
  Object.assign(texts, found.dataset, { tab: texts.tab });
  filterBar.innerHTML = filter;
  history.pushState(null, "", address);
  units();
}

/** @param {string} message */
function say(message) {
  need(turning, "output", HTMLElement).textContent = message;
}
