// Undo and redo of the bitext's steps, whoever took them: the page goes to where the step was.

import { closest } from "../../shared/dom.js";
import { announcement, stepsForm, texts } from "./elements.js";
import { revision, showBitext } from "./shown.js";
import { turnTo } from "./turning.js";
import { unitOf, unsaved } from "./units.js";

/**
 * Takes the last step back, or takes it again, when all that is typed is in the desk.
 * @param {string} turn "undo" or "redo"
 */
export async function turnStep(turn) {
  await Promise.all([...unsaved].map((unit) => unit.flush()));
  const answer = await fetch(texts.steps, {
    method: "POST",
    body: new URLSearchParams({ turn, revision: revision() }),
    headers: { Accept: "application/json" },
  }).catch(() => null);
  const done = await answer?.json().catch(() => null);
  announcement.textContent = done?.message ?? texts.unreachable;
  if (!done) return;
  showBitext(done);
  if (done.unit) await turnTo(`${texts.address}?unit=${done.unit}`, () => unitOf(document.getElementById(`unit-${done.unit}`)));
  announcement.textContent = done.message;
}

stepsForm.addEventListener("mousedown", (event) => event.preventDefault());
stepsForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = closest(event.submitter, "button", HTMLButtonElement);
  if (button) turnStep(button.value);
});
