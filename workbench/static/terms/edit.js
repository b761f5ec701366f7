// The form of a concept by keyboard: Ctrl+Enter saves it, Alt+A adds a term to the language that has the focus. Without
// this script the form works, with one empty term a language.

import { all, closest, need } from "../shared/dom.js";
import { onKey, shortcutOf } from "../shared/keys.js";

const LANGUAGE = "section[data-language]";
const form = need(document, ".concept-form", HTMLFormElement);
let added = 0;

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/**
 * Adds another empty term, made of the one that the form came with.
 * @param {HTMLElement} section
 */
function addTerm(section) {
  const blank = all(section, ".term-form", HTMLElement).at(-1);
  if (!blank) return;
  const term = /** @type {HTMLElement} */ (blank.cloneNode(true));
  const number = `${section.dataset.language}-added-${(added += 1)}`;
  const old = need(blank, "[name=term]", HTMLInputElement).value;
  for (const field of /** @type {NodeListOf<Field>} */ (term.querySelectorAll("[name]"))) renumber(field, old, number);
  need(term, "[name$='-was']", HTMLInputElement).value = "";
  blank.after(term);
  need(term, "[name$='-text']", HTMLInputElement).focus();
}

/**
 * Gives a field of a copied term the number of the new term, and empties it.
 * @param {Field} field
 * @param {string} old
 * @param {string} number
 */
function renumber(field, old, number) {
  if (field.name === "term") field.value = number;
  else field.name = field.name.replace(old, number);
  if (field.type !== "hidden") field.value = field instanceof HTMLSelectElement ? field.options[0]?.value ?? "" : "";
}

for (const button of all(form, ".add-term", HTMLButtonElement)) {
  button.hidden = false;
  button.addEventListener("click", () => addTerm(/** @type {HTMLElement} */ (button.closest("section"))));
}

onKey(form, (event) => {
  if (event.repeat) return null;
  const shortcut = shortcutOf(event);
  if (shortcut === "Ctrl+Enter") return () => form.requestSubmit();
  if (shortcut !== "Alt+A") return null;
  const section = closest(event.target, LANGUAGE, HTMLElement) ?? need(form, LANGUAGE, HTMLElement);
  return () => addTerm(section);
});
