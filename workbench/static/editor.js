// The editor of a bitext: saves what is typed, confirms, moves between units, takes over suggestions.
//
// A unit's form works without this script. With it, nothing is replaced under the caret, and nobody waits for the desk:
// a confirmation moves on at once, so that what is typed next belongs to the next unit, and is sent behind. What is
// not saved yet, conflicts or is refused is marked at its unit and counted at the top of the page.

import { composing, composingIn } from "./composing.js";
import { Saver } from "./saving.js";

const editor = document.querySelector(".editor");
const texts = editor.dataset;
const announcement = document.querySelector("#announcement");
const problems = document.querySelector(".unsaved");
const turning = document.querySelector(".turning");
const ahead = turning.querySelector("textarea");
const AUTOSAVE_AFTER = 700; // ms without typing
const LEAVE_AFTER = 3000; // ms that a link waits for what is being saved
const TURN_AGAIN_AFTER = 2000; // ms after a page that could not be loaded

document.documentElement.classList.add("scripted");

let shownRevision = 0; // that of the progress which the page shows

class Unit {
  static of(element) {
    const item = element?.closest?.(".unit");
    if (!item) return null;
    item.editor ??= new Unit(item);
    return item.editor;
  }

  constructor(item) {
    this.item = item;
    this.form = item.querySelector("form");
    this.text = item.querySelector("textarea");
    this.note = item.querySelector(".saving");
    this.conflict = item.querySelector(".conflict");
    this.suggestion = null;
    this.timer = null;
    // Not form.action: that would be the buttons of this name.
    this.saver = new Saver(this.form.getAttribute("action"), this.form.elements.version.value, this.text.value, {
      sending: () => this.say(texts.saving),
      saved: (state, operation) => this.wasSaved(state, operation),
      waiting: (message) => this.say(message || texts.unsaved, true),
      refused: (message) => this.say(message || texts.refused, true),
      conflict: (state) => this.showConflict(state),
      changed: () => count(this),
    });
    item.querySelector(".show-history").hidden = false;
  }

  // Neither confirmed nor about to be.
  get open() {
    return this.item.dataset.state === "initial" && !this.saver.confirming;
  }

  get empty() {
    return !this.text.value.trim();
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), AUTOSAVE_AFTER);
    this.item.toggleAttribute("data-empty", this.empty);
  }

  save() {
    clearTimeout(this.timer);
    // What an input method is composing is saved when it is done.
    if (!composingIn(this.text)) this.saver.save(this.text.value, { suggestion: this.taken });
  }

  // The suggestion that is the text as it stands.
  get taken() {
    return this.suggestion?.text === this.text.value ? this.suggestion : null;
  }

  confirm(asEmpty = false) {
    clearTimeout(this.timer);
    if (!this.conflict.hidden) {
      announcement.textContent = texts.decide;
      return this.conflict.querySelector("button").focus();
    }
    if (this.empty !== asEmpty) return this.say(asEmpty ? texts.notEmpty : texts.empty, true);
    const action = asEmpty ? "confirm-empty" : "confirm";
    this.saver.save(this.text.value, { action, suggestion: this.taken });
    this.nextOpen();
  }

  wasSaved(state, operation) {
    this.show(state);
    this.say(texts.saved);
    if (operation.action) announcement.textContent = texts.confirmed;
  }

  show(state) {
    this.form.elements.version.value = state.version;
    this.item.dataset.state = state.state;
    const name = this.item.querySelector(".state");
    name.dataset.state = state.state;
    name.textContent = state.state_name;
    this.item.querySelector(".origin").textContent = state.origin;
    // Answers may come in another order than the desk gave them.
    if (state.revision < shownRevision) return;
    shownRevision = state.revision;
    for (const progress of document.querySelectorAll(".bar .progress")) {
      progress.querySelector("progress").value = state.confirmed;
      progress.querySelector(".count").textContent = `${state.confirmed} / ${state.units}`;
    }
  }

  showConflict(state) {
    this.say("");
    this.theirs = state;
    this.conflict.querySelector(".message").textContent = state.message;
    this.conflict.querySelector(".theirs").textContent = state.text;
    this.conflict.hidden = false;
  }

  settleConflict(takeTheirs) {
    this.conflict.hidden = true;
    this.show(this.theirs);
    if (takeTheirs) this.text.value = this.theirs.text;
    this.text.focus();
    this.saver.settle(this.theirs, takeTheirs ? null : this.text.value);
  }

  say(message, problem = false) {
    this.note.textContent = message;
    this.note.toggleAttribute("data-problem", problem);
  }

  nextOpen() {
    let item = this.item.nextElementSibling;
    while (item && !Unit.of(item).open) item = item.nextElementSibling;
    if (item) Unit.of(item).focus();
    else if (texts.nextOpen) turnTo(texts.nextOpen);
    else finish();
  }

  move(step) {
    const item = step > 0 ? this.item.nextElementSibling : this.item.previousElementSibling;
    if (item) Unit.of(item).focus();
  }

  focus() {
    if (!this.visited) this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    this.text.focus({ preventScroll: true });
    this.item.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // Typed in, so that the browser's undo takes it back.
  put(text, { replacing = true } = {}) {
    this.text.focus();
    if (replacing) this.text.select();
    document.execCommand("insertText", false, text) || this.text.setRangeText(text);
    this.changed();
  }

  // Whether the desk answered; suggestions and history can wait until it does.
  async load(url, place) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) this.item.querySelector(`.offers.${place}`).innerHTML = await answer.text();
    this.suggestions.forEach((button, number) => {
      button.querySelector("kbd").textContent = number < 9 ? number + 1 : "";
    });
    return Boolean(answer?.ok);
  }

  get suggestions() {
    return [...this.item.querySelectorAll(".suggestions button")];
  }

  async offer() {
    this.visited = true;
    if (this.offered) return;
    this.offered = true;
    const { suggestions, machine } = this.form.dataset;
    this.offered = await this.load(suggestions, "memory");
    if (machine && this.open) await this.load(machine, "machine");
  }

  take(button) {
    const { text, origin, score, detail } = button.dataset;
    this.suggestion = origin ? { text, origin, score, detail } : null;
    this.put(text);
  }
}

// The units that are not as they are in the desk, also those of a page that was left meanwhile.
const unsaved = new Set();
const withTrouble = (trouble) => [...unsaved].filter((unit) => unit.saver.trouble === trouble);

function count(unit) {
  if (unit.saver.busy || unit.saver.trouble) unsaved.add(unit);
  else unsaved.delete(unit);
  for (const button of problems.querySelectorAll("button")) {
    const number = withTrouble(button.value).length;
    button.hidden = !number;
    button.querySelector(".count").textContent = number;
  }
  problems.hidden = !problems.querySelector("button:not([hidden])");
}

// From one unit that has this problem to the next.
problems.addEventListener("click", (event) => {
  const those = withTrouble(event.target.closest("button")?.value);
  const unit = those[(those.indexOf(Unit.of(document.activeElement)) + 1) % those.length];
  if (unit?.item.isConnected) unit.focus();
  else if (unit) turnTo(`${texts.address}?unit=${unit.item.id.replace("unit-", "")}`, unit);
});

// Another page of units in the place of this one. What is typed until it is there is kept, confirmations too, and goes
// into its first open unit. Units that are not in the desk yet stay what they are.
async function turnTo(address, unit = null) {
  turning.hidden = false;
  ahead.focus({ preventScroll: true });
  const page = await fetchPage(address);
  while (composingIn(ahead)) await compositionEnd();
  showPage(page);
  const typed = [...confirmedAhead.splice(0), ahead.value];
  ahead.value = "";
  const first = unit ?? units().find((candidate) => candidate.open);
  turning.hidden = true;
  if (first) first.focus();
  else finish();
  typeIn(typed);
}

// Texts into units, from the one that has the focus on, each but the last one confirmed; what is left when there is no
// such unit stays on the page.
function typeIn(typed) {
  for (let unit; typed.length && (unit = Unit.of(document.activeElement)); ) {
    const text = typed.shift();
    if (text) unit.put(text, { replacing: false });
    if (typed.length) unit.confirm();
  }
  ahead.value = typed.pop() ?? ahead.value;
  confirmedAhead.unshift(...typed);
  if (ahead.value) turning.hidden = false;
}

function finish() {
  announcement.textContent = texts.allConfirmed;
  document.querySelector("#main").focus({ preventScroll: true });
}

const compositionEnd = () =>
  new Promise((resolve) => ahead.addEventListener("compositionend", () => setTimeout(resolve), { once: true }));

const confirmedAhead = [];
ahead.addEventListener("keydown", (event) => {
  if (composing(event) || !event.ctrlKey || event.key !== "Enter") return;
  event.preventDefault();
  if (!ahead.value.trim()) return;
  confirmedAhead.push(ahead.value);
  ahead.value = "";
});

async function fetchPage(address) {
  for (;;) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;
    const page = text && new DOMParser().parseFromString(text, "text/html");
    const found = page?.querySelector(".editor");
    if (found) return { found, address: answer.url };
    turning.querySelector("output").textContent = texts.unreachable;
    await new Promise((resolve) => setTimeout(resolve, TURN_AGAIN_AFTER));
  }
}

function showPage({ found, address }) {
  turning.querySelector("output").textContent = "";
  for (const unit of unsaved) {
    found.querySelector(`#${unit.item.id}`)?.replaceWith(unit.item);
  }
  editor.replaceChildren(...found.childNodes);
  delete texts.nextOpen;
  Object.assign(texts, found.dataset);
  history.pushState(null, "", address);
  units();
}

addEventListener("popstate", () => location.reload());

const units = () => [...editor.querySelectorAll(".unit")].map((item) => Unit.of(item));

editor.addEventListener("input", (event) => {
  if (!event.isComposing) Unit.of(event.target)?.changed();
});
// Chromium fires no input event after the end of a composition.
editor.addEventListener("compositionend", (event) => Unit.of(event.target)?.changed());

editor.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) Unit.of(event.target).offer();
});
editor.addEventListener("focusout", (event) => {
  if (event.target.matches("textarea")) Unit.of(event.target).save();
});

editor.addEventListener("submit", (event) => {
  const unit = Unit.of(event.target);
  if (!unit) return;
  event.preventDefault();
  const action = event.submitter?.value;
  if (action === "confirm") unit.confirm();
  else if (action === "confirm-empty") unit.confirm(true);
  else unit.save();
});

editor.addEventListener("click", (event) => {
  const unit = Unit.of(event.target);
  const button = event.target.closest("button");
  if (!unit || !button) return;
  if (button.matches(".show-history")) unit.load(unit.form.dataset.history, "past");
  else if (button.matches(".take-theirs")) unit.settleConflict(true);
  else if (button.matches(".keep-mine")) unit.settleConflict(false);
  else if (button.dataset.text !== undefined) unit.take(button);
});

editor.addEventListener("keydown", (event) => {
  const unit = Unit.of(event.target);
  if (!unit || composing(event)) return;
  const action = keyed(event, unit);
  if (!action) return;
  event.preventDefault();
  action();
});

function keyed(event, unit) {
  // A key that is held down confirms one unit, not all.
  if (event.ctrlKey && event.key === "Enter") return () => event.repeat || unit.confirm(event.shiftKey);
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === "ArrowDown") return () => unit.move(1);
  if (event.key === "ArrowUp") return () => unit.move(-1);
  if (event.code === "KeyS") return () => unit.text.value || unit.put(plainSource(unit));
  if (event.code === "KeyK") return () => concordance(unit);
  // By the place of the key: with Alt, layouts give other characters.
  const digit = /^Digit([1-9])$/.exec(event.code);
  const button = digit && unit.suggestions[digit[1] - 1];
  return button ? () => unit.take(button) : null;
}

// What is selected, or else the source, in the memory's concordance, beside the editor.
function concordance(unit) {
  const { selectionStart, selectionEnd, value } = unit.text;
  const text = value.slice(selectionStart, selectionEnd) || String(getSelection()) || plainSource(unit);
  open(`${texts.concordance}?q=${encodeURIComponent(text.trim())}`, "concordance");
}

// The source's text without what its terms' tips say.
function plainSource(unit) {
  const copy = unit.item.querySelector(".source").cloneNode(true);
  for (const tip of copy.querySelectorAll(".tip")) tip.remove();
  return copy.textContent.trim();
}

// Escape puts an open tip away (WCAG 1.4.13) by leaving the term.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement.matches("mark")) document.activeElement.blur();
});

// What a pretranslation did is told once: neither a reload nor a link to this page says it again.
const told = document.querySelector(".pretranslated");
if (told) {
  const address = new URL(location.href);
  address.searchParams.delete("pretranslated");
  history.replaceState(null, "", address);
  told.querySelector(".dismiss").addEventListener("click", (event) => {
    event.preventDefault();
    told.remove();
    editor.querySelector("textarea")?.focus();
  });
}

// Leaving: what is typed is sent, and what cannot be is asked about.
const saveAll = () => units().forEach((unit) => unit.save());

// A link is followed when what is under way has arrived, which is at once or soon.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target || link?.hasAttribute("download");
  if (!link || elsewhere || link.getAttribute("href").startsWith("#")) return;
  saveAll();
  const busy = [...unsaved].filter((unit) => !unit.saver.trouble);
  if (!busy.length) return;
  event.preventDefault();
  const arrived = Promise.all(busy.map((unit) => unit.saver.settled()));
  await Promise.race([arrived, new Promise((resolve) => setTimeout(resolve, LEAVE_AFTER))]);
  location.assign(link.href);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveAll();
});
addEventListener("online", () => [...unsaved].forEach((unit) => unit.saver.flush()));
addEventListener("beforeunload", (event) => {
  saveAll();
  if (!Saver.canLeave([...unsaved].map((unit) => unit.saver)) || ahead.value || confirmedAhead.length) event.preventDefault();
});
addEventListener("pagehide", () => [...unsaved].forEach((unit) => unit.saver.leave()));

units();
