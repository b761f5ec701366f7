// Saving a unit behind the person who writes: one request after the other, each with the version the one before gave.
//
// What waits is as short as it can be: a text that is not sent yet gives way to a newer one, but a confirmation stays
// one, however long the desk is away. A request that does not reach the desk is sent again; one that the desk refuses
// is not.

const RETRY_AFTER = 3000; // ms after a save that did not reach the desk
const LEAVING_BYTES = 60_000; // browsers send 64 KiB for a page that is left

export class Saver {
  // `told` has what to do when something is being sent, was saved, waits, was refused or conflicts, and whenever the
  // answers to `busy` and `trouble` may have changed.
  constructor(address, version, text, told) {
    Object.assign(this, { address, version, saved: text, told });
    this.waiting = []; // what is to be sent, the first one maybe on its way
    this.sending = null;
    this.trouble = ""; // "waiting", "conflict", "refused"
    this.timer = null;
  }

  get busy() {
    return this.waiting.length > 0;
  }

  get confirming() {
    return this.waiting.some((operation) => operation.action);
  }

  // `action` is "confirm", "confirm-empty" or none; `suggestion` what the text was taken from.
  save(text, { action = "", suggestion = null } = {}) {
    const last = this.waiting.at(-1)?.text ?? this.saved;
    if (this.trouble === "refused") this.trouble = "";
    if (!action && text === last) return this.told.changed();
    const first = this.sending ? 1 : 0;
    const superseded = (operation, place) => place >= first && (action || !operation.action);
    this.waiting = this.waiting.filter((operation, place) => !superseded(operation, place));
    this.waiting.push({ text, action, suggestion });
    this.told.changed();
    this.flush();
  }

  flush() {
    clearTimeout(this.timer);
    if (!this.sending && this.trouble !== "conflict") {
      this.sending = this.send().finally(() => {
        this.sending = null;
        this.told.changed();
      });
    }
    return this.sending;
  }

  async settled() {
    while (this.sending) await this.sending;
  }

  async send() {
    while (this.waiting.length) {
      const operation = this.waiting[0];
      this.told.sending();
      const answer = await this.request(operation).catch(() => null);
      const state = await json(answer);
      if (answer?.ok && state) this.accept(operation, state);
      else if (answer?.status === 409 && state && !this.isOwn(operation, state)) return this.contradict(state);
      else if (answer?.status === 409 && state) this.rebase(operation, state);
      else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) return this.refuse(state);
      else return this.retry(answer, state);
    }
  }

  request(operation, options = {}) {
    return fetch(this.address, {
      method: "POST",
      body: this.body(operation),
      headers: { Accept: "application/json" },
      ...options,
    });
  }

  body({ text, action, suggestion }) {
    const body = new URLSearchParams({ text, version: this.version });
    if (action) body.set("action", action);
    for (const [key, value] of Object.entries(suggestion ?? {})) body.set(`suggestion_${key}`, value);
    return body;
  }

  accept(operation, state) {
    this.waiting.shift();
    this.trouble = "";
    this.version = state.version;
    this.saved = operation.text;
    this.told.saved(state, operation);
  }

  // An answer that got lost: the desk has this text already.
  isOwn(operation, state) {
    return operation.text.trim() === state.text.trim();
  }

  rebase(operation, state) {
    if (operation.action && state.state === "initial") this.version = state.version;
    else this.accept(operation, state);
  }

  contradict(state) {
    this.trouble = "conflict";
    this.told.conflict(state);
  }

  // Somebody decided: `text` stands, or theirs if there is none. What was to be confirmed still is.
  settle(theirs, text) {
    const action = this.waiting.findLast((operation) => operation.action)?.action ?? "";
    this.trouble = "";
    this.waiting = [];
    this.version = theirs.version;
    this.saved = theirs.text;
    if (text !== null) this.save(text, { action: text.trim() || action !== "confirm" ? action : "" });
    this.told.changed();
  }

  refuse(state) {
    this.trouble = "refused";
    this.waiting = [];
    this.told.refused(state?.message);
  }

  retry(answer, state) {
    const wait = Number(answer?.headers.get("Retry-After")) * 1000 || RETRY_AFTER;
    this.trouble = "waiting";
    this.told.waiting(state?.message);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  // Whether pages can be left without asking: all that is left to send arrives by itself.
  static canLeave(savers) {
    const bytes = savers.map((saver) => (saver.busy ? saver.body(saver.waiting.at(-1)).toString().length : 0));
    const simple = savers.every((saver) => !saver.trouble && saver.waiting.length < 2);
    return simple && bytes.reduce((sum, size) => sum + size, 0) < LEAVING_BYTES;
  }

  leave() {
    if (this.busy && this.trouble !== "conflict") this.request(this.waiting.at(-1), { keepalive: true }).catch(() => {});
  }
}

async function json(answer) {
  const isJson = answer?.headers.get("Content-Type")?.startsWith("application/json");
  return isJson ? answer.json().catch(() => null) : null;
}
