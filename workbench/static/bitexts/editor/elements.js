// The parts of the editor's page, and what it says in which case.

import { need } from "../../shared/dom.js";

/**
 * @typedef {object} Texts
 * @property {string} address of the bitext's editor
 * @property {string} concordance the address of the memory's search
 * @property {string} [nextOpen] the address of the next page with an open unit
 * @property {string} saving
 * @property {string} saved
 * @property {string} unsaved
 * @property {string} refused
 * @property {string} unreachable
 * @property {string} empty
 * @property {string} notEmpty
 * @property {string} decide
 * @property {string} confirmed
 * @property {string} allConfirmed
 */

export const editor = need(document, ".editor", HTMLElement);
export const announcement = need(document, "#announcement", HTMLElement);
export const problems = need(document, ".unsaved", HTMLElement);
// What is shown while the next page of units is on its way, and the field for what is typed until it is there.
export const turning = need(document, ".turning", HTMLElement);
export const ahead = need(turning, "textarea", HTMLTextAreaElement);

/** Changes with each page of units. */
export const texts = /** @type {Texts} */ (/** @type {unknown} */ (editor.dataset));
