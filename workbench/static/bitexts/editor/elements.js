// The parts of the editor's page, and what it says in which case.

import { need } from "../../shared/dom.js";

/**
 * @typedef {object} Texts
 * @property {string} address of the bitext's editor
 * @property {string} bitext tells it from all others, also those of another desk at the same address
 * @property {string} person the name that was given in this browser, empty for none
 * @property {string} news the address of what happens elsewhere
 * @property {string} here says who is in a unit, with {name} to be filled in
 * @property {string} leftOut says how many characters of what was pasted were left out, with {number} to be filled in
 * @property {string} tab what is shown beside the active unit
 * @property {string} concordance the address of the memory's search
 * @property {string} hits the address of what it finds, for the pane
 * @property {string} next the address of the number of the next unit with a finding
 * @property {string} steps the address that undoes and redoes
 * @property {string} keys the names of commands by their keys, in each preset
 * @property {string} [before] the address of the page before
 * @property {string} [after] the address of the page after
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
 * @property {string} drafting
 * @property {string} changed
 * @property {string} nothingStays
 * @property {string} units how many the bitext has
 * @property {string} place says where the active unit is, with {number} and {units} to be filled in
 * @property {string} revision of the bitext, as the page was made
 * @property {string} [draftsAhead] there if the machine may be asked for units that are not gone to yet
 * @property {string} withdrawn
 * @property {string} sourceField names the field of a source that is put right
 * @property {string} newTerm the address of the form of a new term
 * @property {string} sourceLanguage
 * @property {string} targetLanguage
 * @property {string} fillFrom the match in percent from which on an empty unit is filled, 0 for none
 * @property {string} [fillByMachine] there if one without a match is filled by the machine
 */

export const editor = need(document, ".editor", HTMLElement);
export const announcement = need(document, "#announcement", HTMLElement);
export const problems = need(document, ".unsaved", HTMLElement);
// What is shown while the next page of units is on its way, and the field for what is typed until it is there.
export const turning = need(document, ".turning", HTMLElement);
export const ahead = need(turning, "textarea", HTMLTextAreaElement);
export const keyBar = need(document, ".key-bar", HTMLElement);
export const keySheet = need(document, ".key-sheet", HTMLDialogElement);
export const characterSheet = need(document, ".characters", HTMLDialogElement);
export const goToPrompt = need(document, ".go-to", HTMLDialogElement);
export const filterBar = need(document, ".filter-bar", HTMLFormElement);
export const stepsForm = need(document, ".editor-head .steps", HTMLFormElement);
// The tabs of what is beside the active unit: one list, which goes from unit to unit.
export const paneTabs = need(document, ".pane-tabs", HTMLElement);

/** Changes with each page of units. */
export const texts = /** @type {Texts} */ (/** @type {unknown} */ (editor.dataset));
