// The editor of a bitext: saves what is typed, confirms, moves between units, takes over suggestions.
//
// A unit's form works without this script. With it, nothing is replaced under the caret, and nobody waits for the desk:
// a confirmation moves on at once, so that what is typed next belongs to the next unit, and is sent behind. What is
// not saved yet, conflicts or is refused is marked at its unit and counted at the top of the page.

/** @import { Unit } from "./unit.js" */
import { isComposing } from "../../shared/composing.js";
import { closest } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { nextRow } from "../../shared/rows.js";
import { editor, problems, texts } from "./elements.js";
import "./leaving.js";
import "./pretranslated.js";
import { confirm, turnTo } from "./turning.js";
import { unitOf, units, withTrouble } from "./units.js";

document.documentElement.classList.add("scripted");

// From one unit that has this problem to the next.
problems.addEventListener("click", (event) => {
  const those = withTrouble(closest(event.target, "button", HTMLButtonElement)?.value);
  const active = unitOf(document.activeElement);
  const unit = those[((active ? those.indexOf(active) : -1) + 1) % those.length];
  if (unit?.item.isConnected) unit.focus();
  else if (unit) turnTo(`${texts.address}?unit=${unit.item.id.replace("unit-", "")}`, unit);
});

editor.addEventListener("input", (event) => {
  if (!isComposing(event)) unitOf(event.target)?.changed();
});
// Chromium fires no input event after the end of a composition.
editor.addEventListener("compositionend", (event) => unitOf(event.target)?.changed());

editor.addEventListener("focusin", (event) => {
  if (closest(event.target, "textarea", Element)) unitOf(event.target)?.offer();
});
editor.addEventListener("focusout", (event) => {
  if (closest(event.target, "textarea", Element)) unitOf(event.target)?.save();
});

editor.addEventListener("submit", (event) => {
  const unit = unitOf(event.target);
  if (!unit) return;
  event.preventDefault();
  const action = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
  if (action === "confirm") confirm(unit);
  else if (action === "confirm-empty") confirm(unit, true);
  else unit.save();
});

editor.addEventListener("click", (event) => {
  const unit = unitOf(event.target);
  const button = closest(event.target, "button", HTMLButtonElement);
  if (!unit || !button) return;
  if (button.matches(".show-history")) unit.loadHistory();
  else if (button.matches(".take-theirs")) unit.settleConflict(true);
  else if (button.matches(".keep-mine")) unit.settleConflict(false);
  else if (button.dataset.text !== undefined) unit.take(button);
});

/** @type {Record<string, (unit: Unit) => unknown>} */
const COMMANDS = {
  "Ctrl+Enter": (unit) => confirm(unit),
  "Ctrl+Shift+Enter": (unit) => confirm(unit, true),
  "Alt+ArrowDown": (unit) => unitOf(nextRow(unit.item, 1))?.focus(),
  "Alt+ArrowUp": (unit) => unitOf(nextRow(unit.item, -1))?.focus(),
  "Alt+S": (unit) => unit.text.value || unit.put(unit.source),
  "Alt+K": concordance,
};

onKey(editor, (event) => {
  const unit = unitOf(event.target);
  if (!unit) return null;
  const shortcut = shortcutOf(event);
  const suggestion = /^Alt\+[1-9]$/.test(shortcut) && unit.suggestions[Number(shortcut.at(-1)) - 1];
  if (suggestion) return () => unit.take(suggestion);
  const command = COMMANDS[shortcut];
  // A key that is held down confirms one unit, not all.
  const held = event.repeat && event.key === "Enter";
  return command && (() => held || command(unit));
});

/**
 * Opens what is selected, or else the source, in the memory's concordance, beside the editor.
 * @param {Unit} unit
 */
function concordance(unit) {
  const { selectionStart, selectionEnd, value } = unit.text;
  const text = value.slice(selectionStart, selectionEnd) || String(getSelection()) || unit.source;
  open(`${texts.concordance}?q=${encodeURIComponent(text.trim())}`, "concordance");
}

// Escape puts an open tip away (WCAG 1.4.13) by leaving the term.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closest(document.activeElement, "mark", HTMLElement)?.blur();
});

units();
