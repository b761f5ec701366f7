// A unit on the page: its text, what is said of it, and what is offered for it.

/** @import { Operation, Suggestion, UnitState } from "./saver.js" */
import { isComposingIn } from "../../shared/composing.js";
import { all, need } from "../../shared/dom.js";
import { announcement, texts } from "./elements.js";
import { Saver } from "./saver.js";

const AUTOSAVE_AFTER = 700; // ms without typing

export class Unit {
  /** @type {Suggestion | null} The last one that was taken. */
  suggestion = null;
  /** @type {UnitState | null} What somebody else wrote. */
  theirs = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  visited = false;
  offered = false;

  /**
   * @param {HTMLElement} item
   * @param {(unit: Unit) => void} changed told that the unit is saved, or that something is in the way
   */
  constructor(item, changed) {
    this.item = item;
    this.form = need(item, "form", HTMLFormElement);
    this.text = need(item, "textarea", HTMLTextAreaElement);
    this.note = need(item, ".saving", HTMLElement);
    this.conflict = need(item, ".conflict", HTMLElement);
    this.version = need(item, "[name=version]", HTMLInputElement);
    // Not form.action: that would be the buttons of this name.
    this.saver = new Saver(this.form.getAttribute("action") ?? "", Number(this.version.value), this.text.value, {
      sending: () => this.say(texts.saving),
      saved: (state, operation) => this.wasSaved(state, operation),
      waiting: (message) => this.say(message || texts.unsaved, true),
      refused: (message) => this.say(message || texts.refused, true),
      conflict: (state) => this.showConflict(state),
      changed: () => changed(this),
    });
    need(item, ".show-history", HTMLElement).hidden = false;
  }

  /** Whether it is neither confirmed nor about to be. */
  get open() {
    return this.item.dataset.state === "initial" && !this.saver.confirming;
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

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), AUTOSAVE_AFTER);
    this.item.toggleAttribute("data-empty", this.empty);
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

  /** Confirms the text, or that there is none; returns whether it can be. */
  confirm(asEmpty = false) {
    clearTimeout(this.timer);
    if (!this.conflict.hidden) {
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

  /**
   * @param {UnitState} state
   * @param {Operation} operation
   */
  wasSaved(state, operation) {
    this.show(state);
    this.say(texts.saved);
    if (operation.action) announcement.textContent = texts.confirmed;
  }

  /** @param {UnitState} state */
  show(state) {
    this.version.value = String(state.version);
    this.item.dataset.state = state.state;
    const name = need(this.item, ".state", HTMLElement);
    name.dataset.state = state.state;
    name.textContent = state.state_name;
    need(this.item, ".origin", HTMLElement).textContent = state.origin;
    showProgress(state);
  }

  /** @param {UnitState} state */
  showConflict(state) {
    this.say("");
    this.theirs = state;
    need(this.conflict, ".message", HTMLElement).textContent = state.message ?? "";
    need(this.conflict, ".theirs", HTMLElement).textContent = state.text;
    this.conflict.hidden = false;
  }

  /** @param {boolean} takeTheirs */
  settleConflict(takeTheirs) {
    if (!this.theirs) return;
    this.conflict.hidden = true;
    this.show(this.theirs);
    if (takeTheirs) this.text.value = this.theirs.text;
    this.text.focus();
    this.saver.settle(this.theirs, takeTheirs ? null : this.text.value);
  }

  /** @param {string} message */
  say(message, problem = false) {
    this.note.textContent = message;
    this.note.toggleAttribute("data-problem", problem);
  }

  focus() {
    if (!this.visited) this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    this.text.focus({ preventScroll: true });
    this.item.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /**
   * Types a text in, so that the browser's undo takes it back.
   * @param {string} text
   */
  put(text, { replacing = true } = {}) {
    this.text.focus();
    if (replacing) this.text.select();
    document.execCommand("insertText", false, text) || this.text.setRangeText(text);
    this.changed();
  }

  /**
   * Shows what the desk answers; returns whether it did. Suggestions and history can wait until it does.
   * @param {string} url
   * @param {string} place
   */
  async load(url, place) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) need(this.item, `.offers.${place}`, HTMLElement).innerHTML = await answer.text();
    this.suggestions.forEach((button, number) => {
      need(button, "kbd", HTMLElement).textContent = number < 9 ? String(number + 1) : "";
    });
    return Boolean(answer?.ok);
  }

  loadHistory() {
    return this.load(this.form.dataset.history ?? "", "past");
  }

  get suggestions() {
    return all(this.item, ".suggestions button", HTMLElement);
  }

  async offer() {
    this.visited = true;
    if (this.offered) return;
    this.offered = true;
    const { suggestions = "", machine } = this.form.dataset;
    this.offered = await this.load(suggestions, "memory");
    if (machine && this.open) await this.load(machine, "machine");
  }

  /** @param {HTMLElement} button */
  take(button) {
    const { text = "", origin, score = "", detail = "", repaired = "" } = button.dataset;
    this.suggestion = origin ? { text, origin, score, detail, repaired } : null;
    this.put(text);
  }
}

let shownRevision = 0; // that of the progress which the page shows

/**
 * Shows how far the bitext is. Answers may come in another order than the desk gave them: an earlier one is left out.
 * @param {UnitState} state
 */
function showProgress(state) {
  if (state.revision < shownRevision) return;
  shownRevision = state.revision;
  for (const progress of document.querySelectorAll(".bar .progress")) {
    need(progress, "progress", HTMLProgressElement).value = state.confirmed;
    need(progress, ".count", HTMLElement).textContent = `${state.confirmed} / ${state.units}`;
  }
}
