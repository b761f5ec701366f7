// What a page that is gone has kept is put back into its units and sent, those of other pages of the bitext among them.
//
// A page is gone when it does not answer the others. Its texts are sent with the version that they were written over, so
// that a change made meanwhile is a conflict, as it would have been then.

/** @import { Unit } from "./unit.js" */
/** @import { Unsent } from "./unsent.js" */
import { need, pause } from "../../shared/dom.js";
import { texts } from "./elements.js";
import { unitOf } from "./units.js";
import { claim, forgetUnsent, keptElsewhere, page } from "./unsent.js";

const ANSWER_WITHIN = 300; // ms
const AGAIN_AFTER = 2000; // ms

const WHO_IS_HERE = "?";
const channel = new BroadcastChannel("pages with unsent texts");
/** @type {Set<string>} */
const pages = new Set();
channel.addEventListener("message", ({ data }) => {
  if (data === WHO_IS_HERE) channel.postMessage(page);
  else pages.add(data);
});

/** Takes over what is left of pages that are gone. */
export async function resume() {
  if (!keptElsewhere().length) return;
  pages.clear();
  channel.postMessage(WHO_IS_HERE);
  await pause(ANSWER_WITHIN);
  for (const place of keptElsewhere().filter(({ owner }) => !pages.has(owner))) {
    const unsent = claim(place);
    if (unsent) await putBack(place.unit, unsent);
  }
}

/**
 * @param {string} id of the unit's element
 * @param {Unsent} unsent
 */
async function putBack(id, unsent) {
  const unit = unitOf(document.getElementById(id)) ?? (await unitElsewhere(id));
  if (!unit) return showGone(id, unsent.text);
  if (unit.clean) unit.resume(unsent);
  else await resumeLater(unit, unsent);
}

/**
 * Waits until what was typed meanwhile is in the desk: both texts are shown then.
 * @param {Unit} unit
 * @param {Unsent} unsent
 */
async function resumeLater(unit, unsent) {
  while (!unit.clean) {
    await unit.flush();
    await pause(AGAIN_AFTER);
  }
  unit.resume(unsent);
}

/**
 * Returns a unit of another page of the bitext as if that page had been left, or null where the desk has it no more.
 * @param {string} id of its element
 * @returns {Promise<Unit | null>}
 */
async function unitElsewhere(id) {
  for (;;) {
    const answer = await fetch(`${texts.address}?unit=${id.replace("unit-", "")}`, { headers: { Accept: "text/html" } }).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;
    const item = text ? new DOMParser().parseFromString(text, "text/html").getElementById(id) : null;
    // It comes out of that document, and stands in none until its page is gone to.
    if (item) return unitOf(document.getElementById(id)) ?? unitOf(document.adoptNode(item));
    if (answer?.status === 404) return null;
    await pause(AGAIN_AFTER);
  }
}

const gone = need(document, ".gone-units", HTMLElement);
/** @type {string[]} */
const shown = [];

/**
 * Shows a text whose unit was merged or taken away: it stays here until it is discarded.
 * @param {string} id
 * @param {string} text
 */
function showGone(id, text) {
  const item = document.createElement("li");
  item.lang = need(document, ".turning textarea", HTMLElement).lang;
  item.textContent = text;
  need(gone, "ul", HTMLElement).append(item);
  gone.hidden = false;
  shown.push(id);
}

need(gone, "button", HTMLButtonElement).addEventListener("click", () => {
  shown.splice(0).forEach(forgetUnsent);
  need(gone, "ul", HTMLElement).replaceChildren();
  gone.hidden = true;
  need(document, "#main", HTMLElement).focus();
});
