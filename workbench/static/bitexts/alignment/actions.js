// What is done to the unit of the cursor: an action is one request, and the answer brings the rows that changed.

import { nextRow } from "../../shared/rows.js";
import { revision, show } from "./changes.js";
import { jump, place } from "./cursor.js";
import { hasChanges, send } from "./desk.js";
import { alarm, background, say, texts } from "./elements.js";

const KEEPALIVE_BYTES = 60_000; // a request that outlives its page may have 64 kB at most

/**
 * Has the desk do an action on the unit of the cursor, and shows what comes of it.
 * @param {string} action
 * @param {Record<string, string | string[]>} [values]
 */
export async function act(action, values = {}) {
  const form = formOf(action, values);
  if (action === "realign") say(texts.working);
  const answer = await send(texts.address, { method: "POST", body: form, keepalive: String(form).length < KEEPALIVE_BYTES });
  const conflict = answer.status === 409;
  alarm(conflict ? answer.message : "");
  if (answer.job !== undefined) showJob(answer.job);
  if (hasChanges(answer)) show(answer, action);
  say(conflict ? "" : answer.message);
  return answer;
}

/**
 * Returns an action with its place, and with the versions of the units that its user sees there.
 * @param {string} action
 * @param {Record<string, string | string[]>} values
 */
function formOf(action, values) {
  const { row, side, sentence } = place();
  const form = new URLSearchParams({ action, side, unit: row.dataset.id ?? "" });
  form.set("revision", String(revision));
  form.set("sentence", String(sentence));
  for (const seen of [nextRow(row, -1), row, nextRow(row, 1)]) {
    if (seen) form.append("seen", `${seen.dataset.id}:${seen.dataset.version}`);
  }
  for (const [name, value] of Object.entries(values)) {
    for (const item of [value].flat()) form.append(name, item);
  }
  return form;
}

/**
 * Shows a job in the background; htmx asks how far it is.
 * @param {string} markup
 */
function showJob(markup) {
  background.innerHTML = markup;
  window.htmx.process(background);
}

/** Accepts the unit, and goes on to the next one. */
export async function accept() {
  const answer = await act("accept");
  if (answer.status === 200) jump("open", 1, texts.all);
}

/** Takes the two sides of a unit apart, or links a unit that has one side alone. */
export function link() {
  const { row } = place();
  const both = row.dataset.sources !== "0" && row.dataset.targets !== "0";
  return act(both ? "unlink" : "link");
}
