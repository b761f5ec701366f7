// A unit on the page: its text, what is said of it, and what is offered for it.

/** @import { Operation, Suggestion, UnitState } from "./saver.js" */
/** @import { Unsent } from "./unsent.js" */
import { isComposingIn } from "../../shared/composing.js";
import { need, seek } from "../../shared/dom.js";
import { announcement, texts } from "./elements.js";
import { Offers } from "./offers.js";
import { cleaned, joined } from "./pasted.js";
import { Saver } from "./saver.js";
import { showBitext } from "./shown.js";
import { keepUnsent } from "./unsent.js";
import { whatStays } from "./what_stays.js";

const LONG = 5000; // characters from which on a field no longer grows with its text: that lays all of it out at each key
const AUTOSAVE_AFTER = 700; // ms without typing

export class Unit {
  /** @type {Suggestion | null} The last one that was taken. */
  suggestion = null;
  /** @type {UnitState | null} What somebody else wrote. */
  theirs = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  visited = false;
  kept = true; // Whether the browser keeps what is not in the desk.
  /** @type {Promise<boolean> | null} */
  commenting = null;
  selectedSource = ""; // What was selected in the source last.
  searched = ""; // What the memory was searched for last.

  /**
   * @param {HTMLElement} item
   * @param {(unit: Unit) => void} told that the unit is saved, or that something is in the way
   */
  constructor(item, told) {
    this.item = item;
    this.told = told;
    this.form = need(item, "form", HTMLFormElement);
    this.text = need(this.form, "textarea", HTMLTextAreaElement);
    this.note = need(item, ".saving", HTMLElement);
    this.conflict = need(item, ".conflict", HTMLElement);
    this.version = need(item, "[name=version]", HTMLInputElement);
    // Not form.action: that would be the buttons of this name.
    this.saver = new Saver(this.form.getAttribute("action") ?? "", Number(this.version.value), this.text.defaultValue, {
      sending: () => this.say(texts.saving),
      saved: (state, operation) => this.wasSaved(state, operation),
      waiting: (message) => this.say(message || texts.unsaved, true),
      refused: (message) => this.say(message || texts.refused, true),
      conflict: (state) => this.showConflict(state),
      changed: () => this.tell(),
    });
    this.offers = new Offers(this);
  }

  /** Whether it is neither confirmed nor about to be. */
  get open() {
    return this.item.dataset.state === "initial" && !this.saver.confirming;
  }

  /** Its number in the bitext, from 1 on. */
  get number() {
    return Number(this.item.getAttribute("value"));
  }

  /** Its number in the desk. */
  get id() {
    return Number(this.item.id.replace("unit-", ""));
  }

  get mark() {
    return need(this.item, ".mark", HTMLElement);
  }

  get empty() {
    return !this.text.value.trim();
  }

  /** The source's text without what its terms' tips say. */
  get source() {
    const copy = /** @type {HTMLElement} */ (need(this.item, ".source", HTMLElement).cloneNode(true));
    for (const tip of copy.querySelectorAll(".tip")) tip.remove();
    return (copy.textContent ?? "").trim();
  }

  /** Whether the desk has all that is written here. */
  get clean() {
    return !this.saver.busy && !this.saver.trouble && this.text.value === this.saver.saved;
  }

  /** @returns {Unsent} */
  get unsent() {
    return { version: this.saver.version, waiting: this.saver.waiting, text: this.text.value };
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), AUTOSAVE_AFTER);
    this.measure();
    // The comparison is with what was there before.
    seek(this.conflict, ".mine-side", HTMLElement)?.remove();
    this.sayLeftOut(0);
    keepUnsent(this);
  }

  /** Marks whether there is a text, and whether it is a long one. */
  measure() {
    this.item.toggleAttribute("data-empty", this.empty);
    this.text.toggleAttribute("data-long", this.text.value.length > LONG);
  }

  tell() {
    keepUnsent(this);
    this.told(this);
  }

  /**
   * Puts back what a page that is gone had not sent, and sends it.
   * @param {Unsent} unsent
   */
  resume(unsent) {
    this.text.value = unsent.text;
    this.measure();
    this.saver.resume(unsent);
  }

  save() {
    clearTimeout(this.timer);
    // What an input method is composing is saved when it is done.
    if (!isComposingIn(this.text)) this.saver.save(this.text.value, { suggestion: this.taken });
  }

  /** The suggestion that is the text as it stands. */
  get taken() {
    return this.suggestion?.text === this.text.value ? this.suggestion : null;
  }

  /** Confirms the text, or that there is none; returns whether it can be. What was chosen goes in first. */
  confirm(asEmpty = false) {
    clearTimeout(this.timer);
    if (this.offers.wait(() => this.confirm(asEmpty))) return true;
    if (this.contested) {
      announcement.textContent = texts.decide;
      need(this.conflict, "button", HTMLElement).focus();
      return false;
    }
    if (this.empty !== asEmpty) {
      this.say(asEmpty ? texts.notEmpty : texts.empty, true);
      return false;
    }
    this.saver.save(this.text.value, { action: asEmpty ? "confirm-empty" : "confirm", suggestion: this.taken });
    return true;
  }

  /** Makes it a draft again. */
  withdraw() {
    clearTimeout(this.timer);
    if (!this.open) this.saver.save(this.text.value, { action: "withdraw" });
  }

  copySource() {
    this.put(this.source);
  }

  /** Puts in at the caret what no translation changes. */
  copyWhatStays() {
    const text = whatStays(this.source, need(this.item, ".source", HTMLElement).lang);
    if (text) this.put(text, this.selection);
    else this.say(texts.nothingStays);
  }

  /**
   * @param {UnitState} state
   * @param {Operation} operation
   */
  wasSaved(state, operation) {
    this.show(state);
    this.say(texts.saved);
    if (operation.action) announcement.textContent = operation.action === "withdraw" ? texts.withdrawn : texts.confirmed;
    if (!state.others) return;
    this.say(`${texts.saved}, ${state.filled}`);
    this.item.dispatchEvent(new CustomEvent("filled", { bubbles: true, detail: state.others }));
  }

  /** @param {UnitState} state */
  show(state) {
    this.version.value = String(state.version);
    this.item.dataset.state = state.state;
    const name = need(this.item, ".state", HTMLElement);
    name.dataset.state = state.state;
    name.textContent = state.state_name;
    need(this.item, ".origin", HTMLElement).textContent = state.origin;
    this.mark.setAttribute("aria-label", state.state_name);
    this.mark.title = state.state_name;
    this.showFindings(state.findings);
    showBitext(state);
  }

  /**
   * Becomes what it is in the desk, as somebody else or another page made it; returns whether it is that now, which it
   * is not while something here is unsent.
   * @param {UnitState} state
   */
  follow(state) {
    if (state.version <= this.saver.version) return true;
    if (!this.clean || isComposingIn(this.text)) return false;
    this.saver.follow(state);
    this.replaceText(state.text);
    this.show(state);
    this.say("");
    return true;
  }

  /**
   * Puts another text in the place of this one. The caret stays behind what it was behind, if that is still there, else
   * before what it was before.
   * @param {string} text
   */
  replaceText(text) {
    const { value, selectionStart, selectionEnd } = this.text;
    const moved = (/** @type {number} */ place) =>
      text.startsWith(value.slice(0, place)) ? place : Math.max(text.length - (value.length - place), 0);
    if (text === value) return;
    this.text.value = text;
    // Some browsers give the focus to what they select in.
    if (document.activeElement === this.text) this.text.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    this.measure();
  }

  /** @param {string} found how many there are, in words */
  showFindings(found) {
    const button = need(this.item, ".findings-count", HTMLButtonElement);
    button.textContent = found;
    button.hidden = !found;
    if (texts.tab === "findings" && this.item.matches("[data-active]")) this.fill("findings");
  }

  /** @param {UnitState} state */
  showConflict(state) {
    this.say("");
    this.theirs = state;
    this.conflict.innerHTML = state.conflict ?? "";
    this.conflict.hidden = false;
  }

  /** Whether it is to be decided which text stands. */
  get contested() {
    return !this.conflict.hidden;
  }

  /**
   * Decides which text stands. Merged, both are in the field one after the other, as a draft to be edited.
   * @param {string} choice "mine", "theirs" or "merged"
   */
  settleConflict(choice) {
    if (!this.theirs || !choice) return;
    const { theirs } = this;
    const mine = this.text.value;
    this.conflict.hidden = true;
    this.show(theirs);
    this.saver.settle(theirs, choice === "mine" ? mine : null);
    if (choice === "mine") this.text.focus();
    else this.put(choice === "merged" ? joined(mine, theirs.text) : theirs.text);
  }

  /** @param {string} message */
  say(message, problem = false) {
    this.note.textContent = message;
    this.note.toggleAttribute("data-problem", problem);
  }

  /** @param {number} count how many characters of what was pasted were left out */
  sayLeftOut(count) {
    need(this.item, ".left-out", HTMLElement).textContent = count ? texts.leftOut.replace("{number}", String(count)) : "";
  }

  /**
   * Types what was pasted in, without what is not seen; returns whether there was a reason to.
   * @param {string} text
   */
  paste(text) {
    const { kept, leftOut } = cleaned(text, this.text.lang);
    if (kept === text) return false;
    this.put(kept, this.selection);
    this.sayLeftOut(leftOut);
    return true;
  }

  focus() {
    if (!this.visited) this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    this.text.focus({ preventScroll: true });
    this.bringToTheMiddle();
  }

  /** Scrolls the unit into the middle third of the window, unless it is there; one that is taller begins at its top. */
  bringToTheMiddle() {
    const { top, bottom, height } = this.item.getBoundingClientRect();
    const middle = (top + bottom) / 2 / innerHeight;
    if (height > innerHeight / 2) this.item.scrollIntoView({ block: "start", behavior: "instant" });
    else if (middle < 1 / 3 || middle > 2 / 3) this.item.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** Where the caret is, or what is selected. */
  get selection() {
    return [this.text.selectionStart, this.text.selectionEnd];
  }

  /**
   * Types a text in, in the place of a stretch or of all. Only what `execCommand` writes can be taken back by the
   * browser's undo; `setRangeText` cannot, and stands in where there is no such command.
   * @param {string} text
   * @param {number[]} [stretch]
   */
  put(text, [start = 0, end = 0] = [0, this.text.value.length]) {
    this.text.focus();
    this.text.setSelectionRange(start, end);
    document.execCommand("insertText", false, text) || this.text.setRangeText(text, start, end, "end");
    this.changed();
  }

  /**
   * Writes a text in the place of a stretch without going to this unit, for somebody who has gone on.
   * @param {string} text
   * @param {number[]} stretch
   */
  putBehind(text, [start = 0, end = 0]) {
    this.text.setRangeText(text, start, end, "end");
    this.changed();
  }

  /**
   * Shows what the desk answers; returns whether it did. Suggestions and history can wait until it does.
   * @param {string} url
   * @param {string} place where it is shown, as a selector
   * @param {AbortSignal} [signal]
   */
  async load(url, place, signal) {
    const answer = await fetch(url, { headers: { Accept: "*/*" }, signal: signal ?? null }).catch(() => null);
    const shown = answer?.ok ? await answer.text().catch(() => null) : null;
    if (shown !== null) need(this.item, place, HTMLElement).innerHTML = shown;
    return shown !== null;
  }

  /**
   * Loads what a tab beside the unit shows.
   * @param {string} tab
   */
  fill(tab) {
    const { history = "", findings = "", comments = "" } = this.form.dataset;
    if (tab === "history") this.load(history, ".panel.past");
    if (tab === "findings") this.load(findings, ".panel.found");
    if (tab === "comments" && !this.commenting) this.commenting = this.load(comments, ".panel.remarks");
    if (tab === "concordance" && !this.searched) this.search(this.source);
  }

  /**
   * Searches the memory for a text, and shows the hits.
   * @param {string} text
   */
  search(text) {
    this.searched = text;
    this.load(`${this.form.dataset.hits}?q=${encodeURIComponent(text)}`, ".panel.hits");
  }

  /**
   * Writes the source; what is offered follows it.
   * @param {string} text
   * @param {() => void} leave what is done first when there is nothing to write
   */
  async saveSource(text, leave) {
    await this.flush();
    const answer = await fetch(this.form.dataset.source ?? "", {
      method: "POST",
      body: new URLSearchParams({ text, version: String(this.saver.version) }),
      headers: { Accept: "application/json" },
    }).catch(() => null);
    const state = await answer?.json().catch(() => null);
    if (!answer?.ok || !state) return this.say(state?.message ?? texts.unreachable, true);
    leave();
    need(this.item, ".source", HTMLElement).innerHTML = state.source;
    need(this.item, ".offers.terms", HTMLElement).innerHTML = state.offered_terms;
    this.saver.version = state.version;
    this.show(state);
    this.say(texts.saved);
    this.offers = new Offers(this);
    this.offers.load();
  }

  /** Sends what is typed; resolves when the desk has answered. */
  flush() {
    this.save();
    return this.saver.settled();
  }
}
