// The editor of a bitext: saves what is typed, confirms, moves between units, takes over suggestions.
//
// A unit's form works without this script. With it, nothing is replaced under the caret, and nobody waits for the desk:
// a confirmation moves on at once, so that what is typed next belongs to the next unit, and is sent behind. What is
// not saved yet, conflicts or is refused is marked at its unit and counted at the top of the page.

/** @import { Unit } from "./unit.js" */
import { isComposing } from "../../shared/composing.js";
import { closest, need } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { editor, keyBar, problems, texts } from "./elements.js";
import { fetchAhead } from "./ahead.js";
import { askWhere } from "./go_to.js";
import "./completion.js";
import { focusFilter } from "./filter.js";
import { commandOf, showKeys } from "./keys.js";
import "./leaving.js";
import { comment, concordance, showTab } from "./pane.js";
import "./pretranslated.js";
import { showLeft } from "./shown.js";
import { start } from "./start.js";
import { turnStep } from "./steps.js";
import { confirm, confirmHere, goOn, goToNoted, goToOpen, turnTo } from "./turning.js";
import { addTerm, askCharacter, changeCase, drawSpaces, editSource, showSpaces } from "./text.js";
import { activate, activeUnit, unitOf, withTrouble } from "./units.js";

document.documentElement.classList.add("scripted");

// From one unit that has this problem to the next.
problems.addEventListener("click", (event) => {
  const those = withTrouble(closest(event.target, "button", HTMLButtonElement)?.value);
  const active = unitOf(document.activeElement);
  const unit = those[((active ? those.indexOf(active) : -1) + 1) % those.length];
  if (unit?.item.isConnected) unit.focus();
  else if (unit) turnTo(`${texts.address}?unit=${unit.id}`, () => unit);
});

editor.addEventListener("input", (event) => {
  if (!isComposing(event)) unitOf(event.target)?.changed();
});
// Chromium fires no input event after the end of a composition.
editor.addEventListener("compositionend", (event) => unitOf(event.target)?.changed());

editor.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain");
  const unit = unitOf(event.target);
  if (text && unit?.text === event.target && unit?.paste(text)) event.preventDefault();
});

editor.addEventListener("focusin", (event) => {
  const unit = unitOf(event.target);
  if (unit) activate(unit);
  if (unit) drawSpaces(unit);
  if (!unit || !closest(event.target, "textarea", Element)) return;
  unit.visited = true;
  fetchAhead(unit);
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
  else if (action === "withdraw") unit.withdraw();
  else unit.save();
});

editor.addEventListener("click", (event) => {
  const unit = unitOf(event.target);
  const button = closest(event.target, "button", HTMLButtonElement);
  if (!unit || !button) return;
  if (button.matches(".findings-count")) showTab("findings");
  else if (button.matches(".settle")) unit.settleConflict(button.value);
  else if (button.matches(".offered, .past [data-text], [data-term]")) unit.offers.click(button, event.shiftKey);
});

/** @type {Record<string, (unit: Unit) => unknown>} What commands do, by the names that the page gives them. */
const COMMANDS = {
  confirm: (unit) => confirm(unit),
  "confirm-empty": (unit) => confirm(unit, true),
  "confirm-here": (unit) => confirmHere(unit),
  withdraw: (unit) => unit.withdraw(),
  next: (unit) => goOn(unit, 1),
  previous: (unit) => goOn(unit, -1),
  "next-open": (unit) => goToOpen(unit),
  "first-open": () => goToOpen(),
  "next-finding": (unit) => goToNoted(unit, "finding"),
  "next-comment": (unit) => goToNoted(unit, "comment"),
  "copy-source": (unit) => unit.copySource(),
  "copy-constants": (unit) => unit.copyWhatStays(),
  "add-term": addTerm,
  "edit-source": editSource,
  case: changeCase,
  characters: askCharacter,
  spaces: showSpaces,
  rearrange: (unit) => need(unit.item, ".rearrange", HTMLAnchorElement).click(),
  clear: (unit) => unit.put(""),
  suggestions: () => showTab("suggestions"),
  findings: () => showTab("findings"),
  comments: comment,
  history: () => showTab("history"),
  concordance,
};

/** @type {Record<string, () => unknown>} Those that need no unit. */
const OF_THE_PAGE = {
  "go-to": askWhere,
  filter: focusFilter,
  undo: () => turnStep("undo"),
  redo: () => turnStep("redo"),
  keys: showKeys,
  replace: () => need(document, ".top a.replace", HTMLAnchorElement).click(),
};

const CHOICES = { "Alt+1": "mine", "Alt+2": "theirs", "Alt+3": "merged" };

/**
 * Takes what has a number: in a conflict a text, else an offer.
 * @param {Unit} unit
 * @param {string} shortcut
 * @param {number} number
 * @param {boolean} shift
 */
function choose(unit, shortcut, number, shift) {
  if (unit.contested && shortcut in CHOICES) unit.settleConflict(CHOICES[/** @type {keyof typeof CHOICES} */ (shortcut)]);
  else unit.offers.choose(number, shift);
}

onKey(editor, (event) => {
  const unit = unitOf(event.target);
  // In a comment, or in a source that is put right, the keys are its own.
  if (!unit || closest(event.target, ".remarks textarea, .source-field", Element)) return null;
  const shortcut = shortcutOf(event);
  const [, shift, number] = /^(?:Ctrl|Alt)\+(Shift\+)?([1-9])$/.exec(shortcut) ?? [];
  const command = number ? () => choose(unit, shortcut, Number(number), Boolean(shift)) : COMMANDS[commandOf(shortcut)];
  // A key that is held down confirms one unit, not all, and takes an offer once.
  const held = event.repeat && (number || event.key === "Enter");
  return command && (() => held || command(unit));
});

onKey(document, (event) => {
  const command = document.querySelector("dialog[open]") ? "" : commandOf(shortcutOf(event));
  return OF_THE_PAGE[command];
});

// The key bar leaves the focus, and what is selected, where it is.
keyBar.addEventListener("mousedown", (event) => event.preventDefault());
keyBar.addEventListener("click", (event) => {
  const command = closest(event.target, "button", HTMLButtonElement)?.value ?? "";
  const unit = activeUnit();
  if (OF_THE_PAGE[command]) OF_THE_PAGE[command]();
  else if (unit) COMMANDS[command]?.(unit);
});

// Escape puts an open tip away (WCAG 1.4.13) by leaving the term.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closest(document.activeElement, "mark", HTMLElement)?.blur();
});

start();
showLeft();
