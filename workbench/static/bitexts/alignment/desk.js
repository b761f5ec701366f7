// What is asked of the desk, and what it answers.

import { texts } from "./elements.js";

/**
 * @typedef {object} Answer
 * @property {number} status of HTTP; 0 for a request that did not reach the desk
 * @property {string} [message]
 * @property {string} [job] a job in the background, as HTML
 */

/**
 * What an action changed, here or elsewhere.
 * @typedef {object} Changes
 * @property {string} rows as HTML: those that changed, or all
 * @property {boolean} whole whether they are all
 * @property {number[]} gone the numbers of units that are no more
 * @property {number} revision
 * @property {string} summary as HTML
 * @property {number} units
 * @property {number} confirmed
 * @property {string} undo what it would take back; nothing if there is nothing
 * @property {string} redo
 */

/**
 * Returns the desk's answer; one that did not come, or is none, is said to be so.
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<Answer & Partial<Changes>>}
 */
export async function send(address, options = {}) {
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    if (answer.status === 204) return { status: 204 };
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(answer.statusText);
    return { ...(await answer.json()), status: answer.status };
  } catch {
    return { status: 0, message: texts.unsaved };
  }
}

/**
 * Returns whether an answer brings changes.
 * @param {Answer & Partial<Changes>} answer
 * @returns {answer is Answer & Changes}
 */
export const hasChanges = (answer) => answer.rows !== undefined;
