// What the head of the editor shows of the bitext: how far it is, what can be undone, at which revision.

import { need, pause } from "../../shared/dom.js";
import { stepsForm } from "./elements.js";

const field = need(stepsForm, "[name=revision]", HTMLInputElement);

/** Returns the revision of the bitext that the page knows. */
export const revision = () => field.value;

/**
 * A bitext as an answer of the desk tells of it.
 * @typedef {object} BitextState
 * @property {number} revision
 * @property {string} [steps] what can be undone and redone, as HTML of the desk
 * @property {number} [confirmed]
 * @property {number} [units]
 */

/**
 * Shows how far the bitext is. Answers may come in another order than the desk gave them: an earlier one is left out.
 * @param {BitextState} state
 */
export function showBitext(state) {
  if (state.revision < Number(field.value)) return;
  field.value = String(state.revision);
  if (state.steps !== undefined) {
    for (const button of stepsForm.querySelectorAll("button")) button.remove();
    stepsForm.insertAdjacentHTML("beforeend", state.steps);
  }
  for (const progress of document.querySelectorAll(".top .progress")) {
    need(progress, "progress", HTMLProgressElement).value = state.confirmed ?? 0;
    need(progress, ".count", HTMLElement).textContent = `${state.confirmed} / ${state.units}`;
  }
  showLeft();
}

const LEFT_AGAIN_AFTER = 10_000; // ms: counting the words of a long bitext takes the desk a moment
const left = need(document, ".left", HTMLElement);
let counting = false;

/** Shows how much is left to do, now and then. */
export async function showLeft() {
  if (counting) return;
  counting = true;
  const answer = await fetch(left.dataset.address ?? "").catch(() => null);
  if (answer?.ok) left.textContent = await answer.text().catch(() => "");
  await pause(LEFT_AGAIN_AFTER);
  counting = false;
}
