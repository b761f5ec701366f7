// Saving a unit behind the person who writes: one request after the other, each with the version the one before gave.
//
// What waits is as short as it can be: a text that is not sent yet gives way to a newer one, but a confirmation stays
// one, however long the desk is away. A request that does not reach the desk is sent again; one that the desk refuses
// is not.

const RETRY_AFTER = 3000; // ms after a save that did not reach the desk
const LEAVING_BYTES = 60_000; // browsers send 64 KiB for a page that is left

/**
 * What a text was taken from.
 * @typedef {{ text: string, origin: string, score: string, detail: string, repaired: string }} Suggestion
 */

/**
 * @typedef {object} Operation
 * @property {string} text
 * @property {string} action "confirm", "confirm-empty", "withdraw" or none
 * @property {Suggestion | null} suggestion
 */

/**
 * A unit as the desk has it, and the progress of its bitext.
 * @typedef {object} UnitState
 * @property {number} version
 * @property {string} text
 * @property {string} state
 * @property {string} state_name
 * @property {string} origin
 * @property {string} findings how many there are, in words; empty for none
 * @property {number} revision
 * @property {string} steps
 * @property {number} confirmed
 * @property {number} units
 * @property {UnitState[]} [others] units that were filled with this one
 * @property {string} [filled] how many, in words
 * @property {string} [message] why a text was not taken
 * @property {string} [conflict] the same with both texts and what can be done, as HTML of the desk
 */

/**
 * What to do in which case.
 * @typedef {object} Listener
 * @property {() => void} sending
 * @property {(state: UnitState, operation: Operation) => void} saved
 * @property {(message?: string) => void} waiting
 * @property {(message?: string) => void} refused
 * @property {(state: UnitState) => void} conflict
 * @property {() => void} changed the answers to `busy` and `trouble` may have changed
 */

export class Saver {
  /** @type {Operation[]} What is to be sent, the first one maybe on its way. */
  waiting = [];
  /** @type {Promise<void> | null} */
  sending = null;
  /** @type {"" | "waiting" | "conflict" | "refused"} */
  trouble = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /**
   * @param {string} address
   * @param {number} version
   * @param {string} text as it is saved
   * @param {Listener} listener
   */
  constructor(address, version, text, listener) {
    this.address = address;
    this.version = version;
    this.saved = text;
    this.listener = listener;
  }

  get busy() {
    return this.waiting.length > 0;
  }

  get confirming() {
    return this.waiting.some(({ action }) => action && action !== "withdraw");
  }

  /**
   * @param {string} text
   * @param {Partial<Operation>} [how]
   */
  save(text, { action = "", suggestion = null } = {}) {
    const last = this.waiting.at(-1)?.text ?? this.saved;
    if (this.trouble === "refused") this.trouble = "";
    if (!action && text === last) return this.listener.changed();
    const first = this.sending ? 1 : 0;
    this.waiting = this.waiting.filter((operation, place) => place < first || (!action && operation.action));
    this.waiting.push({ text, action, suggestion });
    this.listener.changed();
    this.flush();
  }

  /**
   * Goes on where a page that is gone had stopped.
   * @param {import("./unsent.js").Unsent} unsent
   */
  resume({ version, waiting, text }) {
    this.version = version;
    this.waiting = waiting;
    if (text !== waiting.at(-1)?.text) this.waiting.push({ text, action: "", suggestion: null });
    this.listener.changed();
    this.flush();
  }

  /**
   * Takes what the desk has as saved, where nothing waits.
   * @param {UnitState} state
   */
  follow({ version, text }) {
    this.version = version;
    this.saved = text;
  }

  flush() {
    clearTimeout(this.timer);
    if (this.sending || this.trouble === "conflict") return;
    this.sending = this.send().finally(() => {
      this.sending = null;
      this.listener.changed();
    });
  }

  async settled() {
    while (this.sending) await this.sending;
  }

  /** Sends what waits until nothing does, or until something is in the way. */
  async send() {
    for (let operation; (operation = this.waiting[0]); ) {
      this.listener.sending();
      const answer = await this.request(operation).catch(() => null);
      if (!this.take(operation, answer, await stateOf(answer))) return;
    }
  }

  /**
   * Takes the desk's answer to an operation; returns whether the next one can be sent.
   * @param {Operation} operation
   * @param {Response | null} answer
   * @param {UnitState | null} state
   */
  take(operation, answer, state) {
    if (answer?.ok && state) return this.accept(operation, state);
    if (answer?.status === 409 && state) {
      const own = this.waiting.findIndex(({ text }) => text.trim() === state.text.trim());
      return own < 0 ? this.contradict(state) : this.rebase(own, state);
    }
    const refused = answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    return refused ? this.refuse(state) : this.retry(answer, state);
  }

  /**
   * @param {Operation} operation
   * @param {RequestInit} [options]
   */
  request(operation, options = {}) {
    return fetch(this.address, {
      method: "POST",
      body: this.body(operation),
      headers: { Accept: "application/json" },
      ...options,
    });
  }

  /** @param {Operation} operation */
  body({ text, action, suggestion }) {
    const body = new URLSearchParams({ text, version: String(this.version) });
    if (action) body.set("action", action);
    for (const [key, value] of Object.entries(suggestion ?? {})) body.set(`suggestion_${key}`, value);
    return body;
  }

  /**
   * @param {Operation} operation
   * @param {UnitState} state
   */
  accept(operation, state) {
    this.waiting.shift();
    this.trouble = "";
    this.version = state.version;
    this.saved = operation.text;
    this.listener.saved(state, operation);
    return true;
  }

  /**
   * Goes on from a text that the desk has already: its answer got lost, and with it those to the ones before.
   * @param {number} place of that text
   * @param {UnitState} state
   */
  rebase(place, state) {
    const operation = /** @type {Operation} */ (this.waiting[place]);
    this.waiting.splice(0, place);
    const withdraws = operation.action === "withdraw";
    if (!operation.action || withdraws === (state.state === "initial")) return this.accept(operation, state);
    this.version = state.version;
    return true;
  }

  /** @param {UnitState} state */
  contradict(state) {
    this.trouble = "conflict";
    this.listener.conflict(state);
    return false;
  }

  /**
   * Somebody decided: `text` stands, or theirs if there is none. What was to be confirmed still is.
   * @param {UnitState} theirs
   * @param {string | null} text
   */
  settle(theirs, text) {
    const action = this.waiting.findLast((operation) => operation.action)?.action ?? "";
    this.trouble = "";
    this.waiting = [];
    this.version = theirs.version;
    this.saved = theirs.text;
    if (text !== null) this.save(text, { action: text.trim() || action !== "confirm" ? action : "" });
    this.listener.changed();
  }

  /** @param {UnitState | null} state */
  refuse(state) {
    this.trouble = "refused";
    this.waiting = [];
    this.listener.refused(state?.message);
    return false;
  }

  /**
   * @param {Response | null} answer
   * @param {UnitState | null} state
   */
  retry(answer, state) {
    const wait = Number(answer?.headers.get("Retry-After")) * 1000 || RETRY_AFTER;
    this.trouble = "waiting";
    this.listener.waiting(state?.message);
    this.timer = setTimeout(() => this.flush(), wait);
    return false;
  }

  /**
   * Returns whether pages can be left without asking: all that is left to send arrives by itself.
   * @param {Saver[]} savers
   */
  static canLeave(savers) {
    const bytes = savers.reduce((sum, saver) => sum + saver.bytes, 0);
    return bytes < LEAVING_BYTES && savers.every((saver) => !saver.trouble && saver.waiting.length < 2);
  }

  /** How long the last request is that waits. */
  get bytes() {
    const last = this.waiting.at(-1);
    return last ? this.body(last).toString().length : 0;
  }

  leave() {
    const last = this.waiting.at(-1);
    if (last && this.trouble !== "conflict") this.request(last, { keepalive: true }).catch(() => {});
  }
}

/**
 * Returns what an answer says of the unit, or null where it says nothing.
 * @param {Response | null} answer
 * @returns {Promise<UnitState | null>}
 */
async function stateOf(answer) {
  const isJson = answer?.headers.get("Content-Type")?.startsWith("application/json");
  return answer && isJson ? answer.json().catch(() => null) : null;
}
