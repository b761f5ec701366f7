// What happens elsewhere: the page asks the desk every few seconds, as long as it is seen, which of its units were changed
// and who is in which. A unit with nothing unsent becomes what it is in the desk; another one is a conflict when it is saved.

/** @import { UnitState } from "./saver.js" */
/** @import { BitextState } from "./shown.js" */
/** @import { Unit } from "./unit.js" */
import { seek } from "../../shared/dom.js";
import { texts } from "./elements.js";
import { showBitext } from "./shown.js";
import { activeUnit, unitOf, units } from "./units.js";
import { page } from "./unsent.js";

const EVERY = 4000; // ms
const SLOWEST = 60_000; // ms, where the desk does not answer

/** @typedef {Partial<BitextState> & { changed?: (UnitState & { unit: number })[], people?: Record<string, string[]> }} News */

let wait = EVERY;
let asking = false;
let seen = texts.revision;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Asks from now on. */
export function listen() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(ask, wait);
}

async function ask() {
  clearTimeout(timer);
  if (asking) return;
  asking = true;
  const answer = await fetch(`${texts.news}?${question()}`).catch(() => null);
  const news = answer?.status === 200 ? await answer.json().catch(() => null) : {};
  asking = false;
  wait = answer?.ok && news ? EVERY : Math.min(2 * wait, SLOWEST);
  if (answer?.ok && news) show(news);
  listen();
}

function question() {
  const known = units().map((unit) => `${unit.id}.${unit.saver.version}`);
  return new URLSearchParams({ page, unit: String(activeUnit()?.id ?? 0), revision: seen, known: known.join(" ") });
}

/** @param {News} news */
function show({ changed = [], people = {}, ...bitext }) {
  for (const unit of units()) showPeople(unit, people[unit.id] ?? []);
  if (bitext.revision === undefined) return;
  showBitext(/** @type {BitextState} */ (bitext));
  const followed = changed.map((state) => unitOf(document.getElementById(`unit-${state.unit}`))?.follow(state) ?? true);
  // What could not be shown is asked for again.
  if (followed.every(Boolean)) seen = String(bitext.revision);
}

/**
 * @param {Unit} unit
 * @param {string[]} names of those who are in it
 */
function showPeople({ item }, names) {
  const said = names.map((name) => texts.here.replace("{name}", () => name)).join(" · ");
  const label = seek(item, ".presence", HTMLElement);
  if (label?.textContent === said || (!label && !said)) return;
  label?.remove();
  if (!said) return;
  const shown = document.createElement("span");
  shown.className = "presence";
  shown.textContent = said;
  item.append(shown);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") ask();
  else clearTimeout(timer);
});
addEventListener("online", ask);
