// The parts of the alignment's page, and what it says in which case.

import { need } from "../../shared/dom.js";

/**
 * @typedef {object} Texts
 * @property {string} address to which actions are sent
 * @property {string} now the address that tells what others changed
 * @property {string} revision that of the rows as they came with the page
 * @property {string} working
 * @property {string} unsaved
 * @property {string} all
 * @property {string} none
 * @property {string} undo
 * @property {string} redo
 * @property {string} edit
 * @property {string} nothing
 * @property {string} unchanged
 */

export const editor = need(document, ".aligning", HTMLElement);
export const table = need(editor, "table", HTMLTableElement);
export const body = need(table, "tbody", HTMLTableSectionElement);
export const tools = need(editor, ".tools", HTMLElement);
export const score = need(tools, "input[name=score]", HTMLInputElement);
export const background = need(editor, ".background", HTMLElement);
export const texts = /** @type {Texts} */ (/** @type {unknown} */ (editor.dataset));

const announcement = need(document, "#announcement", HTMLElement);
const alertBox = need(editor, ".conflict", HTMLElement);

/** @param {string} [message] */
export function say(message = "") {
  announcement.textContent = message;
}

/** @param {string} [message] */
export function alarm(message = "") {
  alertBox.hidden = !message;
  alertBox.textContent = message;
}
