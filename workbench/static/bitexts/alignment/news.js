// What others did meanwhile, and what a job in the background did: htmx asks how far that is, and here is what follows
// from its end.

import { need, pause, seek } from "../../shared/dom.js";
import { revision, show } from "./changes.js";
import { hasChanges, send } from "./desk.js";
import { alarm, background, say, texts } from "./elements.js";
import { edited } from "./sentence.js";
import { run } from "./tasks.js";

const LATER = 500; // ms until it is looked again whether nothing is being written

/** Shows what changed since, if anything did. */
async function look() {
  if (document.visibilityState !== "visible" || edited) return;
  const answer = await send(`${texts.now}?revision=${revision}`);
  if (answer.status !== 200 || !hasChanges(answer)) return;
  show(answer);
  say(answer.message);
}

window.addEventListener("focus", () => run(look));
document.addEventListener("visibilitychange", () => run(look));

background.addEventListener("htmx:afterSwap", () => {
  const { state = "" } = need(background, "[data-state]", HTMLElement).dataset;
  if (state !== "queued" && state !== "running") run(() => takeOver(state));
});

/**
 * Shows what a job that is over has done.
 * @param {string} state
 */
async function takeOver(state) {
  if (edited) {
    // What is being written comes first; that its unit is gone is said when it is sent.
    pause(LATER).then(() => run(() => takeOver(state)));
    return;
  }
  const problem = seek(background, ".problem", HTMLElement)?.textContent ?? "";
  const said = need(background, "output", HTMLElement).textContent ?? "";
  const answer = await send(`${texts.now}?revision=${revision}&done=1`);
  if (answer.status === 200 && hasChanges(answer)) show(answer);
  background.replaceChildren();
  alarm(problem);
  if (state === "done") say(answer.status === 204 ? texts.unchanged : answer.message);
  else say(problem ? "" : said);
}
