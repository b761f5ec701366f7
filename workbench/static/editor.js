// The editor of a bitext: saves what is typed, confirms, moves between units, takes over suggestions.
//
// A unit's form works without this script. With it, nothing is replaced under the caret: a save only sends the text
// and takes back the new version, so that an input method can go on composing.

const units = document.querySelector(".units");
const announcement = document.querySelector("#announcement");
const AUTOSAVE_AFTER = 700; // ms without typing
const RETRY_AFTER = 4000; // ms after a save that did not reach the desk

document.documentElement.classList.add("scripted");

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
    // Not form.action: that would be the buttons of this name.
    this.address = this.form.getAttribute("action");
    this.text = item.querySelector("textarea");
    this.note = item.querySelector(".saving");
    this.conflict = item.querySelector(".conflict");
    this.saved = this.text.value;
    this.suggestion = null;
    this.timer = null;
    this.running = null;
    item.querySelector(".show-history").hidden = false;
  }

  get dirty() {
    return this.text.value !== this.saved;
  }

  get confirmed() {
    return this.item.dataset.state !== "initial";
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), AUTOSAVE_AFTER);
  }

  // Saves one after the other: a save that starts while another runs waits for its version.
  async save({ confirm = false } = {}) {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!confirm && !this.dirty) return true;
    if (!this.conflict.hidden) return false;
    this.running = this.send(confirm);
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  async send(confirm) {
    const text = this.text.value;
    const body = new URLSearchParams({ text, version: this.form.elements.version.value });
    if (confirm) body.set("action", "confirm");
    if (this.suggestion?.text === text) {
      for (const [key, value] of Object.entries(this.suggestion)) body.set(`suggestion_${key}`, value);
    }
    this.say(units.dataset.saving);
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: true,
      });
      const state = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
      if (answer.status === 409 && state) return this.showConflict(state);
      if (!answer.ok || !state) throw new Error(answer.statusText);
      this.saved = text;
      this.show(state);
      this.say(units.dataset.saved);
      return true;
    } catch {
      this.say(units.dataset.unsaved, true);
      this.timer = setTimeout(() => this.save({ confirm }), RETRY_AFTER);
      return false;
    }
  }

  show(state) {
    this.form.elements.version.value = state.version;
    this.item.dataset.state = state.state;
    const name = this.item.querySelector(".state");
    name.dataset.state = state.state;
    name.textContent = state.state_name;
    this.item.querySelector(".origin").textContent = state.origin;
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
    return false;
  }

  settleConflict(takeTheirs) {
    this.conflict.hidden = true;
    this.show(this.theirs);
    this.saved = this.theirs.text;
    if (takeTheirs) this.text.value = this.theirs.text;
    this.text.focus();
    return this.save();
  }

  say(message, problem = false) {
    this.note.textContent = message;
    this.note.toggleAttribute("data-problem", problem);
  }

  async confirm() {
    if (!this.text.value.trim()) return;
    if (!(await this.save({ confirm: true }))) return;
    announcement.textContent = units.dataset.confirmed;
    this.nextOpen();
  }

  nextOpen() {
    let item = this.item.nextElementSibling;
    while (item && item.dataset.state !== "initial") item = item.nextElementSibling;
    if (item) return Unit.of(item).focus();
    if (units.dataset.nextPage) return location.assign(units.dataset.nextPage);
    announcement.textContent = units.dataset.allConfirmed;
    this.text.blur();
  }

  move(step) {
    const item = step > 0 ? this.item.nextElementSibling : this.item.previousElementSibling;
    if (item) Unit.of(item).focus();
  }

  focus() {
    this.text.focus();
    this.item.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // Typed in, so that the browser's undo takes it back.
  put(text) {
    this.text.focus();
    this.text.select();
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
    if (this.offered) return;
    this.offered = true;
    const { suggestions, machine } = this.form.dataset;
    this.offered = await this.load(suggestions, "memory");
    if (machine && !this.confirmed) await this.load(machine, "machine");
  }

  take(button) {
    const { text, origin, score, detail } = button.dataset;
    this.suggestion = origin ? { text, origin, score, detail } : null;
    this.put(text);
  }
}

// A key that an input method is using is none of ours.
const composing = (event) => event.isComposing || event.keyCode === 229;

units.addEventListener("input", (event) => {
  if (!event.isComposing) Unit.of(event.target)?.changed();
});
// Chromium fires no input event after the end of a composition.
units.addEventListener("compositionend", (event) => Unit.of(event.target)?.changed());

units.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) Unit.of(event.target).offer();
});
units.addEventListener("focusout", (event) => {
  if (event.target.matches("textarea")) Unit.of(event.target).save();
});

units.addEventListener("submit", (event) => {
  event.preventDefault();
  const unit = Unit.of(event.target);
  if (event.submitter?.value === "confirm") unit.confirm();
  else unit.save();
});

units.addEventListener("click", (event) => {
  const unit = Unit.of(event.target);
  const button = event.target.closest("button");
  if (!unit || !button) return;
  if (button.matches(".show-history")) unit.load(unit.form.dataset.history, "past");
  else if (button.matches(".take-theirs")) unit.settleConflict(true);
  else if (button.matches(".keep-mine")) unit.settleConflict(false);
  else if (button.dataset.text !== undefined) unit.take(button);
});

units.addEventListener("keydown", (event) => {
  const unit = Unit.of(event.target);
  if (!unit || composing(event)) return;
  const action = keyed(event, unit);
  if (!action) return;
  event.preventDefault();
  action();
});

function keyed(event, unit) {
  if (event.ctrlKey && event.key === "Enter") return () => unit.confirm();
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
  open(`${units.dataset.concordance}?q=${encodeURIComponent(text.trim())}`, "concordance");
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
    units.querySelector("textarea")?.focus();
  });
}

const opened = [...units.querySelectorAll(".unit")].map((item) => Unit.of(item));

window.addEventListener("beforeunload", (event) => {
  if (opened.some((unit) => unit.dirty)) {
    opened.forEach((unit) => unit.save());
    event.preventDefault();
  }
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") opened.forEach((unit) => unit.save());
});
