// Texts that are not in the desk yet are kept in the browser, by bitext, person, page and unit, until they are: they
// outlive a reload, a crash of the page and the desk's absence.

/** @import { Operation } from "./saver.js" */
/** @import { Unit } from "./unit.js" */
import { forget, keep, kept, namesKept } from "../../shared/kept.js";
import { texts } from "./elements.js";

/**
 * A text with what is to be done with it, and the version of the unit that it was written over.
 * @typedef {{ version: number, waiting: Operation[], text: string }} Unsent
 */

const PREFIX = "unsent text ";

/** This page as long as it is shown: two of one person do not take each other's texts. */
export const page = Math.random().toString(36).slice(2);

/**
 * @param {string} unit the id of its element
 * @param {string} [owner]
 */
const nameOf = (unit, owner = page) => PREFIX + JSON.stringify([texts.bitext, texts.person, owner, unit]);

/**
 * Keeps what of a unit is not in the desk; forgets what is.
 * @param {Unit} unit
 */
export function keepUnsent(unit) {
  const name = nameOf(unit.item.id);
  if (unit.clean) forget(name);
  unit.kept = unit.clean || keep(name, JSON.stringify(unit.unsent));
}

/**
 * Where a text is kept: by which page, of which unit.
 * @typedef {{ name: string, owner: string, unit: string }} Place
 */

/**
 * Returns where other pages have kept texts of this bitext. What was written before a name was given is of whoever
 * gives one.
 * @returns {Place[]}
 */
export const keptElsewhere = () =>
  namesKept().filter((name) => name.startsWith(PREFIX)).flatMap((name) => {
    const [bitext, person, owner, unit] = JSON.parse(name.slice(PREFIX.length));
    const mine = bitext === texts.bitext && (person === texts.person || !person) && owner !== page;
    return mine ? [{ name, owner, unit }] : [];
  });

/**
 * Makes what another page has kept this page's; returns it, or null where this page has its own text for the unit.
 * @param {Place} place
 * @returns {Unsent | null}
 */
export function claim({ name, unit }) {
  const [text, own] = [kept(name), nameOf(unit)];
  if (!text || kept(own) || !keep(own, text)) return null;
  forget(name);
  return JSON.parse(text);
}

/** @param {string} unit the id of its element */
export const forgetUnsent = (unit) => forget(nameOf(unit));
