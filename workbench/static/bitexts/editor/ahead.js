// The offers of the next units are fetched while one is translated, so that they are there when they are gone to.
//
// That is one request at a time, after the unit's own and after a pause: whoever jumps about asks for nothing but the
// units gone to, and what is there is not asked for again.

/** @import { Unit } from "./unit.js" */
import { pause } from "../../shared/dom.js";
import { nextRow } from "../../shared/rows.js";
import { unitOf } from "./units.js";

const UNITS = 2;
const CALM = 400; // ms in a unit

let turn = 0; // counts the units gone to and the pages turned
let leaving = new AbortController();
let running = Promise.resolve();

/**
 * Fetches the offers of the open units after one, unless it is left meanwhile.
 * @param {Unit} unit
 */
export async function fetchAhead(unit) {
  const mine = ++turn;
  await unit.offers.load();
  await pause(CALM);
  for (const next of following(unit)) {
    running = running.then(() => (mine === turn ? next.offers.loadAhead(leaving.signal) : undefined));
  }
}

/**
 * Lets go what was fetched ahead for units like one that was confirmed since: the memory has a match for them now.
 * @param {Unit} confirmed
 */
export function forgetAlike(confirmed) {
  for (const next of following(confirmed)) {
    if (!next.visited && areAlike(confirmed.source, next.source)) next.offers.forget();
  }
}

/**
 * Returns whether two texts have half of their words, or of their Chinese characters, in common.
 * @param {string} one
 * @param {string} other
 */
function areAlike(one, other) {
  const [some, others] = [partsOf(one), partsOf(other)];
  const common = [...some].filter((part) => others.has(part));
  return common.length * 2 >= Math.min(some.size, others.size);
}

/** @param {string} text */
const partsOf = (text) => new Set(text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu));

/** Cancels what is fetched for a page that is left. */
export function stopFetching() {
  turn++;
  leaving.abort();
  leaving = new AbortController();
}

/**
 * Returns the next open units.
 * @param {Unit} unit
 * @returns {Unit[]}
 */
function following(unit, count = UNITS) {
  const next = unitOf(nextRow(unit.item, 1, (item) => Boolean(unitOf(item)?.open)));
  return next && count ? [next, ...following(next, count - 1)] : [];
}
