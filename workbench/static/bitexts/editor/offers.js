// What is offered for a unit: the matches, the machine's draft and the terms of its source, numbered as one list.
//
// A number means the same from when it is printed on: the draft has its place before it is there. A key that is pressed
// before waits for what it means, and so does a confirmation that follows it. What is typed meanwhile stays behind what
// was chosen, as it would if the list had been there.

/** @import { Unit } from "./unit.js" */
import { compositionEnd, isComposingIn } from "../../shared/composing.js";
import { all, need, seek } from "../../shared/dom.js";
import { texts } from "./elements.js";

const MOST = 9;

/**
 * What a key chose, and the text as it was then.
 * @typedef {object} Choice
 * @property {number} number
 * @property {boolean} inserting whether a match goes in at the caret, rather than in the place of all
 * @property {string} value
 * @property {number[]} selection
 */

export class Offers {
  /** @type {Promise<void> | null} */
  loading = null;
  /** @type {Promise<void> | null} The same before the unit is gone to. */
  ahead = null;
  /** @type {Set<string>} The places that the desk has answered for. */
  got = new Set();
  matched = false; // Whether the memory has answered, or cannot be reached.
  drafted = true; // Whether the machine has answered, if it was asked.
  /** @type {Choice[]} */
  waiting = [];
  /** @type {(() => unknown) | null} What is done when nothing waits any more. */
  afterwards = null;

  /** @param {Unit} unit */
  constructor(unit) {
    this.unit = unit;
  }

  /** Loads what is not there yet, and again what the desk could not be reached for. */
  load() {
    this.loading ??= this.fetch();
    return this.loading;
  }

  async fetch() {
    this.expect(true);
    await this.ahead;
    await this.collect();
    if (texts.fillByMachine !== undefined) this.fillIn(seek(this.machine, "button.offered", HTMLButtonElement));
    if (!this.complete) this.loading = null;
  }

  /**
   * Loads the list before the unit is gone to.
   * @param {AbortSignal} signal
   */
  async loadAhead(signal) {
    if (this.loading || this.ahead) return;
    this.expect(texts.draftsAhead !== undefined);
    this.ahead = this.collect(signal);
    await this.ahead;
    this.ahead = null;
  }

  /** Lets the matches go that were loaded ahead, so that they are asked for again. */
  forget() {
    this.got.delete("memory");
    this.matched = false;
  }

  get complete() {
    const { machine } = this.unit.form.dataset;
    return this.got.has("memory") && (!machine || !this.unit.open || this.got.has("machine"));
  }

  /**
   * Keeps a number for the machine's draft, if it is to be asked for one.
   * @param {boolean} drafting
   */
  expect(drafting) {
    if (!drafting || !this.unit.form.dataset.machine || !this.unit.open || this.got.has("machine")) return;
    this.drafted = false;
    this.showDrafting();
  }

  /** @param {AbortSignal} [signal] */
  async collect(signal) {
    const { suggestions = "", machine = "" } = this.unit.form.dataset;
    await this.get("memory", suggestions, signal);
    this.matched = true;
    await this.listed();
    this.fillIn(this.bestMatch());
    if (this.drafted) return;
    await this.get("machine", machine, signal);
    this.drafted = true;
    this.keepNumber();
    await this.listed();
  }

  /**
   * @param {string} place
   * @param {string} address
   * @param {AbortSignal} [signal]
   */
  async get(place, address, signal) {
    if (!this.got.has(place) && await this.unit.load(address, `.offers.${place}`, signal)) this.got.add(place);
  }

  /** Without a draft its number stays free. */
  keepNumber() {
    const place = this.machine;
    if (seek(place, "button.offered", HTMLElement)) return;
    place.querySelector("p.offered")?.remove();
    place.append(free());
  }

  get machine() {
    return need(this.unit.item, ".offers.machine", HTMLElement);
  }

  showDrafting() {
    const place = free(texts.drafting);
    place.prepend(document.createElement("kbd"), " ");
    this.machine.replaceChildren(place);
  }

  /** What has a number, in its order; the draft's place is no button until it is there. */
  get list() {
    return all(this.unit.item, ".suggested .offered", HTMLElement);
  }

  /** Prints the numbers, and does what was waiting for them. */
  async listed() {
    this.list.forEach((offered, place) => {
      const key = seek(offered, "kbd", HTMLElement);
      if (key) key.textContent = place < MOST ? String(place + 1) : "";
    });
    for (let next; (next = this.waiting[0]) && this.has(next.number); ) {
      while (isComposingIn(this.unit.text)) await compositionEnd(this.unit.text);
      this.waiting.shift();
      this.apply(next);
    }
    if (this.waiting.length) return;
    this.afterwards?.();
    this.afterwards = null;
  }

  /**
   * Returns whether it is known what a number means.
   * @param {number} number
   */
  has(number) {
    return this.matched && (this.drafted || this.list[number - 1] instanceof HTMLButtonElement);
  }

  /**
   * Takes what has a number, at once or when it is there.
   * @param {number} number
   * @param {boolean} inserting
   */
  choose(number, inserting) {
    if (texts.tab === "concordance") return this.chooseHit(number);
    const { selection, text } = this.unit;
    const choice = { number, inserting, value: text.value, selection };
    if (this.waiting.length || !this.has(number)) this.waiting.push(choice);
    else this.apply(choice);
    this.load();
  }

  /**
   * Puts the translation of a hit of the concordance in at the caret.
   * @param {number} number
   */
  chooseHit(number) {
    const hit = all(this.unit.item, ".hits .offered", HTMLButtonElement)[number - 1];
    if (hit) this.take(hit, this.unit.selection);
  }

  /**
   * Does something when what was chosen is there; returns whether anything is waited for.
   * @param {() => unknown} something
   */
  wait(something) {
    if (!this.waiting.length) return false;
    this.afterwards = something;
    return true;
  }

  /** Returns the best match if it is good enough to be put in by itself, or null. */
  bestMatch() {
    const [best] = all(this.unit.item, ".offers.memory button", HTMLButtonElement);
    const least = Number(texts.fillFrom);
    return best && least && Number(best.dataset.score) * 100 >= least ? best : null;
  }

  /**
   * Puts an offer into a unit that is gone to while it is empty.
   * @param {HTMLButtonElement | null} offered
   */
  fillIn(offered) {
    const { unit } = this;
    if (offered && unit.open && unit.empty && unit.item.matches("[data-active]")) this.take(offered, [0, 0]);
  }

  /** @param {Choice} choice */
  apply({ number, inserting, value, selection }) {
    const offered = this.list[number - 1];
    if (!(offered instanceof HTMLButtonElement)) return;
    const whole = !inserting && !isTerm(offered);
    const stretch = whole ? [0, value.length] : selection;
    const { text } = this.unit;
    const typed = text.value.length - value.length;
    if (!text.value.startsWith(value.slice(0, stretch[1]))) return this.unit.say(texts.changed, true);
    this.take(offered, stretch);
    const end = text.selectionEnd;
    for (const other of this.waiting) Object.assign(other, { value: text.value.slice(0, end), selection: [end, end] });
    if (typed > 0) text.setSelectionRange(end + typed, end + typed);
  }

  /**
   * Puts an offer in, in the place of a stretch.
   * @param {HTMLButtonElement} offered
   * @param {number[]} stretch
   */
  take(offered, stretch) {
    const { text = "", term, origin, score = "", detail = "", repaired = "" } = offered.dataset;
    if (!isTerm(offered)) this.unit.suggestion = origin ? { text, origin, score, detail, repaired } : null;
    const active = this.unit.item.contains(document.activeElement);
    if (active) this.unit.put(term ?? text, stretch);
    else this.unit.putBehind(term ?? text, stretch);
  }

  /**
   * Takes what was clicked.
   * @param {HTMLButtonElement} offered
   * @param {boolean} inserting
   */
  click(offered, inserting) {
    const whole = [0, this.unit.text.value.length];
    this.take(offered, inserting || isTerm(offered) ? this.unit.selection : whole);
  }
}

/** @param {HTMLButtonElement} offered */
const isTerm = (offered) => offered.dataset.term !== undefined; // a term, or a hit of the concordance

/** Returns the place of a number that nothing stands for, or nothing yet. */
function free(text = "") {
  const place = document.createElement("p");
  place.className = "offered empty";
  place.textContent = text;
  place.hidden = !text;
  return place;
}
