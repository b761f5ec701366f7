// Editing a sentence in a field that stands in its place.

import { closest } from "../../shared/dom.js";
import { act } from "./actions.js";
import { cursor, select } from "./cursor.js";
import { hasChanges } from "./desk.js";
import { texts } from "./elements.js";

/** @typedef {{ field: HTMLTextAreaElement, sentence: HTMLElement, was: string, sending: boolean }} Edited */

/** @type {Edited | null} */
export let edited = null;

/**
 * Opens the sentence of the cursor.
 * @param {string} [text] else what it is
 */
export function edit(text) {
  const sentence = cursor;
  if (!sentence) return;
  const was = sentence.classList.contains("absent") ? "" : sentence.textContent ?? "";
  const field = fieldFor(sentence, text ?? was);
  edited = { field, sentence, was, sending: false };
  sentence.hidden = true;
  sentence.after(field);
  field.focus();
  field.setSelectionRange(0, 0);
}

/**
 * @param {HTMLElement} sentence
 * @param {string} text
 */
function fieldFor(sentence, text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.lang = closest(sentence, ".side", HTMLElement)?.lang ?? "";
  field.setAttribute("aria-label", texts.edit);
  field.title = texts.edit;
  return field;
}

/** Leaves the sentence as it was. */
export function close() {
  if (!edited) return;
  const { field, sentence } = edited;
  field.remove();
  edited = null;
  sentence.hidden = false;
  select(sentence);
}

/** Returns whether something was typed that is not written yet. */
export const isChanged = () => edited !== null && edited.field.value !== edited.was;

/**
 * Writes what stands in the field, cut at `caret` if that is given; a text that does not reach the desk stays open.
 * @param {number} [caret]
 */
export async function write(caret) {
  const now = edited;
  if (!now || now.sending) return;
  const { field } = now;
  const parts = caret === undefined ? [field.value] : [field.value.slice(0, caret), field.value.slice(caret)];
  const text = parts.filter((part) => part.trim());
  if (text.length < 2 && !isChanged()) return close();
  lock(now, true);
  const answer = await act("rewrite", { text });
  lock(now, false);
  if (!hasChanges(answer)) return;
  settle(now);
  if (answer.status === 409) edit(field.value);
  else cursor?.focus();
}

/**
 * @param {Edited} now
 * @param {boolean} sending
 */
function lock(now, sending) {
  now.sending = sending;
  now.field.readOnly = sending;
}

/**
 * Takes the field away. Its row may have been taken over as it is, where nothing but spaces changed.
 * @param {Edited} now
 */
function settle({ field, sentence }) {
  edited = null;
  if (!field.isConnected) return;
  sentence.hidden = false;
  field.remove();
}
