// One thing after the other: what is pressed while a request runs waits for its answer.

import { table } from "./elements.js";

/** @typedef {() => unknown} Task */

/** @type {Task[]} */
const waiting = [];
let busy = false;

/** Returns whether something waits for its turn. */
export const isWaiting = () => waiting.length > 0;

/**
 * Does a task, now or when those before it are done; after one that fails, those that wait are forgotten.
 * @param {Task} task
 */
export async function run(task) {
  if (busy) {
    waiting.push(task);
    return;
  }
  setBusy(true);
  try {
    for (let next = /** @type {Task | undefined} */ (task); next; next = waiting.shift()) await next();
  } finally {
    setBusy(false);
    waiting.length = 0;
  }
}

/** @param {boolean} value */
function setBusy(value) {
  busy = value;
  table.setAttribute("aria-busy", String(value));
}
