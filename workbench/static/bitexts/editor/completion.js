// Completion while typing: how a term, a match or the machine's draft would go on stands behind the caret, faintly.
//
// Tab takes it whole, Alt+→ a word of it, Escape puts it away; it is never there while an input method composes.

/** @import { Unit } from "./unit.js" */
import { isComposing, isComposingIn } from "../../shared/composing.js";
import { all, need } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { editor } from "./elements.js";
import { activeUnit, unitOf } from "./units.js";

const LONGEST = 24; // characters before the caret that are compared
const MOST = 5000; // characters of a unit in which it is offered
const HAN = /\p{Script=Han}$/u;

let shown = ""; // what Tab would put in

/**
 * Returns how a text goes on, by what is offered for it: by a term from its first character on in Chinese, from its second
 * in other scripts; by a sentence where more of it has been typed. The longest piece that fits decides.
 * @param {string} before the text before the caret
 * @param {string[]} terms
 * @param {string[]} sentences
 */
export function goesOn(before, terms, sentences) {
  const least = HAN.test(before) ? 1 : 2;
  for (let length = Math.min(LONGEST, before.length); length >= least; length--) {
    const piece = before.slice(-length);
    if (/^\s/.test(piece)) continue;
    const term = beginsWord(before, length) && terms.find((each) => each.length > length && startsWith(each, piece));
    if (term) return term.slice(length);
    const sentence = length > least && sentences.find((each) => each.includes(piece) && !each.endsWith(piece));
    if (sentence) return sentence.slice(sentence.indexOf(piece) + length);
  }
  return "";
}

/**
 * Returns whether the last so many characters begin a word; in Chinese any does.
 * @param {string} text
 * @param {number} length
 */
function beginsWord(text, length) {
  const [before = "", first = ""] = text.slice(-length - 1);
  return text.length === length || HAN.test(before) || HAN.test(first) || !/[\p{L}\p{N}]/u.test(before);
}

/**
 * @param {string} text
 * @param {string} piece
 */
const startsWith = (text, piece) => text.toLocaleLowerCase().startsWith(piece.toLocaleLowerCase());

/** @param {Unit} unit */
function offerFor(unit) {
  const { text } = unit;
  const atEnd = text.selectionStart === text.selectionEnd && text.selectionEnd === text.value.length;
  if (!atEnd || !text.value || text.value.length > MOST || isComposingIn(text)) return "";
  const terms = all(unit.item, ".offers.terms [data-term]", HTMLElement).map((each) => each.dataset.term ?? "");
  const sentences = all(unit.item, ".offers [data-text]", HTMLElement).map((each) => each.dataset.text ?? "");
  return goesOn(text.value, terms, sentences);
}

/**
 * Shows what Tab would put in, or nothing.
 * @param {Unit} unit
 * @param {string} rest
 */
function show(unit, rest) {
  shown = rest;
  const ghost = need(unit.item, ".ghost", HTMLElement);
  ghost.hidden = !rest;
  need(ghost, ".typed", HTMLElement).textContent = rest ? unit.text.value : "";
  need(ghost, ".rest", HTMLElement).textContent = rest;
}

/**
 * Returns the first word of a text with what stands before it; as ICU cuts it, Chinese too.
 * @param {string} text
 * @param {string} language
 */
function firstWord(text, language) {
  const pieces = [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)];
  const word = pieces.findIndex((piece) => piece.isWordLike);
  return pieces.slice(0, word + 1).map((piece) => piece.segment).join("") || text;
}

/**
 * @param {Unit} unit
 * @param {string} text
 */
function take(unit, text) {
  unit.put(text, unit.selection);
  show(unit, offerFor(unit));
}

editor.addEventListener("input", (event) => {
  const unit = unitOf(event.target);
  if (unit && event.target === unit.text) show(unit, isComposing(event) ? "" : offerFor(unit));
});
editor.addEventListener("compositionstart", () => hide());
editor.addEventListener("compositionend", (event) => {
  const unit = unitOf(event.target);
  // The composed text is there after the event.
  if (unit && event.target === unit.text) setTimeout(() => show(unit, offerFor(unit)));
});
editor.addEventListener("focusout", () => hide());
document.addEventListener("selectionchange", () => {
  const unit = shown ? activeUnit() : null;
  if (unit && !offerFor(unit)) hide();
});

function hide() {
  const unit = shown ? activeUnit() : null;
  if (unit) show(unit, "");
}

onKey(editor, (event) => {
  const unit = shown ? activeUnit() : null;
  if (!unit || event.target !== unit.text) return null;
  if (shortcutOf(event) === "Tab") return () => take(unit, shown);
  if (shortcutOf(event) === "Alt+ArrowRight") return () => take(unit, firstWord(shown, unit.text.lang));
  return event.key === "Escape" ? hide : null;
});
