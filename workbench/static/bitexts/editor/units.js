// The units of the page, and which of them are not as they are in the desk.

import { all, closest, need } from "../../shared/dom.js";
import { editor, filterBar, paneTabs, problems, texts } from "./elements.js";
import { Unit } from "./unit.js";

/** @type {WeakMap<HTMLElement, Unit>} */
const made = new WeakMap();

/** @type {Set<Unit>} The units that are not saved, also those of a page that was left meanwhile. */
export const unsaved = new Set();

/**
 * Returns the unit round an element, or null.
 * @param {EventTarget | null} element
 */
export function unitOf(element) {
  const item = closest(element, ".unit", HTMLElement);
  if (!item) return null;
  const unit = made.get(item) ?? new Unit(item, count);
  made.set(item, unit);
  return unit;
}

// A selection in the source is gone as soon as something is selected in the target: it is kept for a term of both.
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const source = closest(selection?.anchorNode?.parentElement ?? null, ".source", HTMLElement);
  const unit = selection?.isCollapsed ? null : unitOf(source);
  if (unit) unit.selectedSource = String(selection).trim();
});

// Repetitions that were filled with a unit.
editor.addEventListener("filled", (event) => {
  if (!(event instanceof CustomEvent)) return;
  for (const state of event.detail) unitOf(document.getElementById(`unit-${state.unit}`))?.follow(state);
});

/** Returns the units in their order. */
export const units = () => all(editor, ".unit", HTMLElement).flatMap((item) => unitOf(item) ?? []);

/**
 * Returns the units that have this problem.
 * @param {string | undefined} trouble
 */
export const withTrouble = (trouble) => [...unsaved].filter((unit) => unit.saver.trouble === trouble);

/**
 * Makes a unit the one whose offers are shown. It stays where it is on the screen, whatever is put away above it, so that
 * nothing moves away from under a pointer.
 * @param {Unit} unit
 */
export function activate(unit) {
  const { item } = unit;
  if (item.matches("[data-active]")) return;
  const { top } = item.getBoundingClientRect();
  for (const other of all(editor, "[data-active]", HTMLElement)) other.removeAttribute("data-active");
  item.setAttribute("data-active", "");
  paneTabs.hidden = false;
  need(item, ".pane", HTMLElement).prepend(paneTabs);
  unit.fill(texts.tab);
  showPlace(unit);
  scrollBy({ top: item.getBoundingClientRect().top - top, behavior: "instant" });
}

/** Returns the unit that is worked on, or null. */
export const activeUnit = () => unitOf(editor.querySelector("[data-active]"));

/** @param {Unit} unit */
function showPlace({ number }) {
  need(filterBar, ".place", HTMLElement).textContent = texts.place.replace("{number}", String(number));
  need(filterBar, ".position", HTMLInputElement).value = String(number);
}

/** @param {Unit} unit */
function count(unit) {
  if (unit.saver.busy || unit.saver.trouble) unsaved.add(unit);
  else unsaved.delete(unit);
  for (const button of all(problems, "button", HTMLButtonElement)) {
    const number = withTrouble(button.value).length;
    button.hidden = !number;
    need(button, ".count", HTMLElement).textContent = String(number);
  }
  problems.hidden = !problems.querySelector("button:not([hidden])");
}
