// The alignment editor: a cursor on a sentence, keys and buttons that act on its unit, and the map of the bitext.
//
// The desk does the work: an action is one request, and the answer brings the rows that changed, which alone are put
// into the page. What is pressed while a request runs waits for its answer.

import { composing } from "./composing.js";

const editor = document.querySelector(".aligning");
const table = editor.querySelector("table");
const body = table.tBodies[0];
const tools = editor.querySelector(".tools");
const score = tools.querySelector("input[name=score]");
const announcement = document.querySelector("#announcement");
const alertBox = editor.querySelector(".conflict");
const background = editor.querySelector(".background");
const texts = editor.dataset;
const REMEMBERED = `alignment ${texts.address}`;

let revision = texts.revision;
let cursor = null; // the sentence (or the sign of a missing one) that the keys act on
let open = null; // the textarea in which a sentence is edited

// One thing after the other.
const waiting = [];
let busy = false;
async function run(task) {
  if (busy) {
    waiting.push(task);
    return;
  }
  busy = true;
  table.setAttribute("aria-busy", "true");
  try {
    for (let next = task; next; next = waiting.shift()) await next();
  } finally {
    busy = false;
    waiting.length = 0;
    table.setAttribute("aria-busy", "false");
  }
}

// Where the cursor is

const rowOf = (element) => element?.closest("tbody tr");
const sideOf = (sentence) => sentence.closest(".side").dataset.side;
const sentencesOf = (row, side) => [...row.querySelectorAll(`.side[data-side=${side}] .sentence`)];
const place = () => ({
  row: rowOf(cursor),
  side: sideOf(cursor),
  sentence: sentencesOf(rowOf(cursor), sideOf(cursor)).indexOf(cursor),
});

// Whether the focus is among the units or nowhere: else it is not taken away from where it is.
const focused = () => document.activeElement === document.body || body.contains(document.activeElement);

function select(sentence) {
  if (!sentence?.isConnected) return;
  if (cursor) {
    cursor.tabIndex = -1;
    rowOf(cursor)?.classList.remove("here");
  }
  cursor = sentence;
  cursor.tabIndex = 0;
  rowOf(cursor).classList.add("here");
  if (document.activeElement !== cursor && focused()) cursor.focus();
  sessionStorage.setItem(REMEMBERED, rowOf(cursor).dataset.id);
  map.mark(rowOf(cursor));
}

function selectIn(row, side, sentence = 0) {
  if (!row) return;
  const there = sentencesOf(row, side);
  select(there[Math.min(Math.max(sentence, 0), there.length - 1)]);
}

function moveUnit(step) {
  const { row, side } = place();
  selectIn(step > 0 ? row.nextElementSibling : row.previousElementSibling, side);
}

function moveSentence(step) {
  const { row, side, sentence } = place();
  const next = sentencesOf(row, side)[sentence + step];
  if (next) return select(next);
  if (step > 0) return selectIn(row.nextElementSibling, side);
  return selectIn(row.previousElementSibling, side, Infinity);
}

function moveSide(side) {
  const { row, sentence } = place();
  selectIn(row, side, sentence);
}

const wanted = {
  open: (row) => !("accepted" in row.dataset),
  irregular: (row) => row.classList.contains("irregular"),
  below: (row) => row.dataset.score !== "" && Number(row.dataset.score) < Number(score.value),
};

// To the next unit of a kind, from the end on again from the beginning.
function jump(kind, step = 1, none = texts.none) {
  const rows = [...body.rows];
  const { row, side } = place();
  const here = rows.indexOf(row);
  for (let n = 1; n <= rows.length; n += 1) {
    const candidate = rows[(here + step * n + rows.length * 2) % rows.length];
    if (candidate !== row && wanted[kind](candidate)) return selectIn(candidate, side);
  }
  return say(none);
}

function say(message) {
  announcement.textContent = message;
}

// Actions

async function act(action, values = {}) {
  const { row, side, sentence } = place();
  const form = new URLSearchParams({ action, revision, unit: row.dataset.id, side, sentence });
  for (const seen of [row.previousElementSibling, row, row.nextElementSibling]) {
    if (seen) form.append("seen", `${seen.dataset.id}:${seen.dataset.version}`);
  }
  for (const [name, value] of Object.entries(values)) {
    for (const item of [value].flat()) form.append(name, item);
  }
  if (action === "realign") say(texts.working);
  // A request that outlives its page may have 64 kB at most.
  const answer = await send(texts.address, { method: "POST", body: form, keepalive: String(form).length < 60_000 });
  alarm(answer.status === 409 ? answer.message : "");
  if (answer.job !== undefined) showJob(answer.job);
  if (answer.rows !== undefined) show(answer, action);
  say(answer.status === 409 ? "" : answer.message);
  return answer;
}

function alarm(message) {
  alertBox.hidden = !message;
  alertBox.textContent = message;
}

async function send(address, options = {}) {
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    if (answer.status === 204) return { status: 204 };
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(answer.statusText);
    return { ...(await answer.json()), status: answer.status };
  } catch {
    return { status: 0, message: texts.unsaved };
  }
}

function show(answer, action) {
  const { row, side, sentence } = place();
  const was = { id: row.dataset.id, number: [...body.rows].indexOf(row), side, sentence };
  const shown = answer.whole ? showAll(answer.rows) : showChanges(answer);
  revision = answer.revision;
  showState(answer);
  // The rows first, then the map.
  requestAnimationFrame(() => map.draw());
  const turned = ["undo", "redo"].includes(action) && shown[0];
  const same = document.getElementById(`unit-${was.id}`);
  selectIn(turned || same || body.rows[Math.min(was.number, body.rows.length - 1)], was.side, was.sentence);
}

function rowsFrom(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return [...template.content.querySelectorAll("tr")];
}

// The rows of an answer stand in their order, so that each finds those before it in place.
function showChanges({ gone, rows }) {
  const before = body.rows.length;
  for (const id of gone) document.getElementById(`unit-${id}`)?.remove();
  const fresh = rowsFrom(rows);
  for (const row of fresh) body.insertBefore(row, body.rows[Number(row.dataset.position)] ?? null);
  if (before !== body.rows.length) number();
  return fresh;
}

function number() {
  let position = 0;
  for (const row of body.rows) {
    position += 1;
    const link = row.firstElementChild.firstElementChild;
    if (link.textContent !== String(position)) link.textContent = position;
  }
}

// After somebody else's changes: all rows, those that are new here marked.
function showAll(markup) {
  const known = new Map([...body.rows].map((row) => [row.dataset.id, row.dataset.version]));
  const rows = rowsFrom(markup);
  for (const row of rows) row.classList.toggle("theirs", known.get(row.dataset.id) !== row.dataset.version);
  body.replaceChildren(...rows);
  return rows.filter((row) => row.classList.contains("theirs"));
}

function showState(answer) {
  document.querySelector(".summary").innerHTML = answer.summary;
  const progress = document.querySelector(".bar progress");
  progress.max = answer.units || 1;
  progress.value = answer.confirmed;
  document.querySelector(".bar .count").textContent = `${answer.confirmed} / ${answer.units}`;
  for (const name of ["undo", "redo"]) {
    const button = tools.querySelector(`[data-do=${name}]`);
    button.title = answer[name] ? `${texts[name]}: ${answer[name]}` : texts.nothing;
  }
}

async function accept() {
  const answer = await act("accept");
  if (answer.status === 200) jump("open", 1, texts.all);
}

function link() {
  const { row } = place();
  const both = row.dataset.sources !== "0" && row.dataset.targets !== "0";
  return act(both ? "unlink" : "link");
}

async function look() {
  if (document.visibilityState !== "visible" || open) return;
  const answer = await send(`${texts.now}?revision=${revision}`);
  if (answer.status !== 200) return;
  show(answer, "look");
  say(answer.message);
}

// Work in the background: htmx asks how far it is, and here is what follows from its end.

function showJob(markup) {
  background.innerHTML = markup;
  window.htmx.process(background);
}

background.addEventListener("htmx:afterSwap", () => {
  const { state } = background.querySelector("[data-state]").dataset;
  if (!["queued", "running"].includes(state)) run(() => takeOver(state));
});

async function takeOver(state) {
  if (open) {
    // What is being written comes first; that its unit is gone is said when it is sent.
    setTimeout(() => run(() => takeOver(state)), 500);
    return;
  }
  const problem = background.querySelector(".problem")?.textContent ?? "";
  const said = background.querySelector("output").textContent;
  const answer = await send(`${texts.now}?revision=${revision}&done=1`);
  if (answer.status === 200) show(answer, "look");
  background.replaceChildren();
  alarm(problem);
  if (state === "done") say(answer.status === 204 ? texts.unchanged : answer.message);
  else say(problem ? "" : said);
}

// Editing a sentence

function edit(text = null) {
  const sentence = cursor;
  const value = sentence.classList.contains("absent") ? "" : sentence.textContent;
  const field = document.createElement("textarea");
  field.value = text ?? value;
  field.lang = sentence.closest(".side").lang;
  field.setAttribute("aria-label", texts.edit);
  field.title = texts.edit;
  field.was = value;
  open = field;
  sentence.hidden = true;
  sentence.after(field);
  field.focus();
  field.setSelectionRange(0, 0);
}

function close() {
  const sentence = open.previousElementSibling;
  open.remove();
  open = null;
  sentence.hidden = false;
  return sentence;
}

// Writes what stands in the field, cut at `caret` if that is given; a text that does not reach the desk stays open.
async function write(caret = null) {
  if (!open || open.sending) return;
  const field = open;
  const parts = caret === null ? [field.value] : [field.value.slice(0, caret), field.value.slice(caret)];
  const said = parts.filter((part) => part.trim());
  if (said.length < 2 && field.value === field.was) {
    select(close());
    return;
  }
  field.sending = true;
  field.readOnly = true;
  const answer = await act("rewrite", { text: said });
  field.sending = false;
  field.readOnly = false;
  if (answer.rows === undefined) return;
  open = null;
  // The row may have been taken over as it is, where nothing but spaces changed.
  if (field.isConnected) {
    field.previousElementSibling.hidden = false;
    field.remove();
  }
  if (answer.status === 409) edit(field.value);
  else cursor.focus();
}

// The map: the source from left to right, the target from top to bottom; at its edge what is not regular.

const map = {
  svg: editor.querySelector(".map svg"),
  width: 200,
  height: 600,
  boxes: new Map(),

  draw() {
    const rows = [...body.rows];
    const sources = rows.reduce((sum, row) => sum + Number(row.dataset.sources), 0) || 1;
    const targets = rows.reduce((sum, row) => sum + Number(row.dataset.targets), 0) || 1;
    this.boxes.clear();
    let [x, y] = [0, 0];
    const beads = [];
    const edges = [];
    for (const row of rows) {
      const width = (row.dataset.sources / sources) * this.width;
      const height = (row.dataset.targets / targets) * this.height;
      this.boxes.set(row, { x, y, width, height });
      beads.push(this.rect(row.dataset.band, x, y, Math.max(width, 2), height));
      edges.push(...this.edge(row, y, height));
      x += width;
      y += height;
    }
    // In a long bitext marks lie on each other: the worst come last, and so on top.
    const last = (mark) => mark.includes('"poor"') || mark.includes('"irregular"');
    const marks = [...beads, ...edges];
    this.svg.querySelector(".beads").innerHTML = [
      ...marks.filter((mark) => !last(mark)),
      ...marks.filter(last),
    ].join("");
    if (cursor?.isConnected) this.mark(rowOf(cursor));
  },

  rect(name, x, y, width, height) {
    return `<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${Math.max(height, 2)}"/>`;
  },

  edge(row, y, height) {
    const { band } = row.dataset;
    const marks = [];
    if (row.classList.contains("irregular")) marks.push(this.rect("irregular", 206, y, 8, height));
    if (band === "poor" || band === "fair") marks.push(this.rect(band, 217, y, 8, height));
    if ("accepted" in row.dataset) marks.push(this.rect("accepted", 228, y, 8, height));
    return marks;
  },

  mark(row) {
    const box = this.boxes.get(row);
    if (!box) return;
    const here = this.svg.querySelector(".here");
    here.setAttribute("y", box.y);
    here.setAttribute("height", Math.max(box.height, 3));
  },

  // The row whose middle is nearest to a point; at the edge only the height counts.
  nearest(event) {
    const frame = this.svg.getBoundingClientRect();
    const x = ((event.clientX - frame.left) / frame.width) * 240;
    const y = ((event.clientY - frame.top) / frame.height) * this.height;
    let [best, least] = [null, Infinity];
    for (const [row, box] of this.boxes) {
      const far = Math.abs(box.y + box.height / 2 - y) / this.height;
      const aside = x > this.width ? 0 : Math.abs(box.x + box.width / 2 - x) / this.width;
      if (far + aside < least) [best, least] = [row, far + aside];
    }
    return best;
  },
};

// What a key or a button does

const COMMANDS = {
  undo: () => act("undo"),
  redo: () => act("redo"),
  merge: () => act("merge"),
  split: () => act("split"),
  "push-up": () => act("push-up"),
  "push-down": () => act("push-down"),
  link,
  "swap-targets": () => act("swap-targets"),
  "swap-units": () => act("swap-units"),
  edit: () => edit(),
  accept,
  "accept-above": () => act("accept-above"),
  "accept-scores": () => act("accept-scores", { score: score.value }),
  withdraw: () => act("withdraw"),
  realign: () => act("realign"),
  "next-open": () => jump("open"),
  "next-irregular": () => jump("irregular"),
  "next-below": () => jump("below"),
  "previous-open": () => jump("open", -1),
  "previous-irregular": () => jump("irregular", -1),
  "previous-below": () => jump("below", -1),
  score: () => score.select(),
  leave: () => rowOf(cursor).querySelector("a").click(),
  down: () => moveUnit(1),
  up: () => moveUnit(-1),
  "sentence-down": () => moveSentence(1),
  "sentence-up": () => moveSentence(-1),
  source: () => moveSide("source"),
  target: () => moveSide("target"),
  first: () => selectIn(body.rows[0], place().side),
  last: () => selectIn(body.rows[body.rows.length - 1], place().side),
};

const KEYS = {
  ArrowDown: "down", ArrowUp: "up", ArrowLeft: "source", ArrowRight: "target", Home: "first", End: "last",
  "Shift+ArrowDown": "sentence-down", "Shift+ArrowUp": "sentence-up",
  "Alt+ArrowDown": "push-down", "Alt+ArrowUp": "push-up",
  "Ctrl+Z": "undo", "Ctrl+Y": "redo", "Ctrl+Shift+Z": "redo",
  J: "down", K: "up", M: "merge", S: "split", L: "link", X: "swap-targets", "Shift+X": "swap-units",
  E: "edit", Enter: "edit", F2: "edit",
  A: "accept", "Shift+A": "accept-above", W: "withdraw", R: "realign", T: "score", G: "leave",
  O: "next-open", N: "next-irregular", B: "next-below",
  "Shift+O": "previous-open", "Shift+N": "previous-irregular", "Shift+B": "previous-below",
};

function commandOf(event) {
  // A letter by what it is, or by its place where the layout writes no Latin letters.
  const letter = /^[a-z]$/i.test(event.key) ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1];
  const modifiers = [(event.ctrlKey || event.metaKey) && "Ctrl+", event.altKey && "Alt+", event.shiftKey && "Shift+"];
  return COMMANDS[KEYS[modifiers.filter(Boolean).join("") + (letter?.toUpperCase() ?? event.key)]];
}

body.addEventListener("keydown", (event) => {
  if (composing(event)) return;
  const command = event.target === open ? editing(event) : event.target.matches(".sentence") && commandOf(event);
  if (!command) return;
  event.preventDefault();
  run(command);
});

function editing(event) {
  if (event.key === "Escape") return () => select(close());
  if (event.key !== "Enter") return null;
  const caret = event.ctrlKey || event.metaKey ? null : open.selectionStart;
  return () => write(caret);
}

body.addEventListener("focusin", (event) => {
  if (event.target.matches(".sentence") && event.target !== cursor) select(event.target);
});
body.addEventListener("focusout", (event) => {
  if (event.target === open && !open.sending && document.hasFocus()) run(() => write());
});

body.addEventListener("click", (event) => {
  const row = rowOf(event.target);
  if (!row || event.target.closest("textarea, a")) return;
  if (event.target.closest("button.accept")) {
    run(() => {
      if (!row.isConnected) return null;
      select(sentencesOf(row, sideOf(cursor))[0]);
      return act("accepted" in row.dataset ? "withdraw" : "accept");
    });
    return;
  }
  const side = event.target.closest(".side")?.dataset.side ?? sideOf(cursor);
  run(() => select(event.target.closest(".sentence") ?? sentencesOf(row, side)[0]));
});
body.addEventListener("dblclick", (event) => {
  if (event.target.closest(".sentence")) run(() => edit());
});

// A button acts on the unit of the cursor and gives the focus back to it.
tools.addEventListener("mousedown", (event) => {
  if (event.target.closest("button")) event.preventDefault();
});
tools.addEventListener("click", (event) => {
  const command = COMMANDS[event.target.closest("[data-do]")?.dataset.do];
  if (command) doFromTools(command);
});
tools.addEventListener("submit", (event) => {
  event.preventDefault();
  doFromTools(COMMANDS["accept-scores"]);
});
score.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cursor?.focus();
});

function doFromTools(command) {
  run(async () => {
    if (open) await write();
    if (!cursor || open) return;
    await command();
    if (!open) cursor.focus();
  });
}

map.svg.addEventListener("click", (event) => {
  const row = map.nearest(event);
  if (row) run(() => selectIn(row, sideOf(cursor)));
});

window.addEventListener("focus", () => run(look));
document.addEventListener("visibilitychange", () => run(look));
window.addEventListener("beforeunload", (event) => {
  if (open && open.value !== open.was) run(() => write());
  if (waiting.length || open) event.preventDefault();
});

map.draw();
if (body.rows.length) {
  const remembered = document.getElementById(`unit-${sessionStorage.getItem(REMEMBERED)}`);
  const first = sentencesOf(remembered ?? body.rows[0], "source")[0];
  select(first);
}
