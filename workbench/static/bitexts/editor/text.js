// What is done with the text of a unit beside typing: its source put right, case, special characters, white space.

/** @import { Unit } from "./unit.js" */
import { need, seek } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { characterSheet, texts } from "./elements.js";
import { activeUnit } from "./units.js";

/**
 * Puts a field in the place of the source; Ctrl+Enter saves it, Escape leaves it as it was.
 * @param {Unit} unit
 */
export function editSource(unit) {
  const source = need(unit.item, ".source", HTMLElement);
  if (seek(source, "textarea", HTMLTextAreaElement)) return;
  const shown = [...source.childNodes];
  const field = document.createElement("textarea");
  field.value = unit.source;
  field.className = "source-field";
  field.lang = source.lang;
  field.setAttribute("aria-label", texts.sourceField);
  source.replaceChildren(field);
  field.focus();
  const leave = () => {
    source.replaceChildren(...shown);
    unit.focus();
  };
  onKey(field, (event) => {
    const shortcut = shortcutOf(event);
    if (shortcut === "Escape") return leave;
    return shortcut === "Ctrl+Enter" ? () => unit.saveSource(field.value, leave) : null;
  });
}

/**
 * Makes what is selected, or the word at the caret, small, Capitalised or CAPITAL, one after the other.
 * @param {Unit} unit
 */
export function changeCase(unit) {
  const { value, selectionStart, selectionEnd, lang } = unit.text;
  const [start = 0, end = 0] = selectionStart < selectionEnd ? [selectionStart, selectionEnd] : wordAt(value, selectionEnd);
  const text = value.slice(start, end);
  const small = text.toLocaleLowerCase(lang);
  const capitalised = small.replace(/(?<!\p{L}['’]?)\p{L}/gu, (letter) => letter.toLocaleUpperCase(lang));
  const forms = [small, capitalised, text.toLocaleUpperCase(lang)];
  const next = forms[(forms.indexOf(text) + 1) % forms.length] ?? small;
  if (next === text) return;
  unit.put(next, [start, end]);
  unit.text.setSelectionRange(start, start + next.length);
}

/**
 * Returns where the word at a place begins and ends.
 * @param {string} text
 * @param {number} place
 */
function wordAt(text, place) {
  const before = /[\p{L}\p{N}'’-]*$/u.exec(text.slice(0, place))?.[0] ?? "";
  const after = /^[\p{L}\p{N}'’-]*/u.exec(text.slice(place))?.[0] ?? "";
  return [place - before.length, place + after.length];
}

/** @type {number[]} Where the caret was: some browsers put it elsewhere when the dialogue gives the focus back. */
let caret = [];

/** @param {Unit} unit */
export function askCharacter(unit) {
  caret = unit.selection;
  characterSheet.returnValue = "";
  characterSheet.showModal();
}

characterSheet.addEventListener("close", () => {
  if (characterSheet.returnValue) activeUnit()?.put(characterSheet.returnValue, caret);
});

/**
 * Opens the form of a new term with what is selected in the source and in the target, beside the editor.
 * @param {Unit} unit
 */
export function addTerm(unit) {
  const { value, selectionStart, selectionEnd } = unit.text;
  const terms = {
    [`term.${texts.sourceLanguage}`]: unit.selectedSource,
    [`term.${texts.targetLanguage}`]: value.slice(selectionStart, selectionEnd).trim(),
  };
  open(`${texts.newTerm}?${new URLSearchParams(terms)}`, "term");
}

const SIGNS = { " ": "·", "\u00a0": "⍽", "\u3000": "□", "\t": "→", "\u2009": "·", "\u202f": "⍽" };

/** Shows white space in the active unit, or hides it again. */
export function showSpaces() {
  document.documentElement.toggleAttribute("data-spaces");
  const unit = activeUnit();
  if (unit) drawSpaces(unit);
}

/**
 * Draws signs for white space over the target of a unit, if they are to be shown.
 * @param {Unit} unit
 */
export function drawSpaces(unit) {
  const over = need(unit.item, ".spaces", HTMLElement);
  over.hidden = !document.documentElement.hasAttribute("data-spaces");
  if (over.hidden) return;
  over.replaceChildren(...unit.text.value.split(/([ \u00a0\u3000\t\u2009\u202f])/).map((piece) => {
    const sign = /** @type {Record<string, string>} */ (SIGNS)[piece];
    if (!sign) return piece;
    const space = document.createElement("span");
    space.dataset.sign = sign;
    space.textContent = piece;
    return space;
  }));
}

document.addEventListener("input", () => {
  const unit = document.documentElement.hasAttribute("data-spaces") ? activeUnit() : null;
  if (unit) drawSpaces(unit);
});
