// Sends files with progress, chosen or dropped, folders with all that is in them. Without this script the form sends
// them as any form does.
//
// Where the field says `data-anywhere`, they may be dropped anywhere on the page, and are sent at once.

import { need } from "./dom.js";

const form = need(document, "form.upload", HTMLFormElement);
const files = need(form, "input[type=file]", HTMLInputElement);
const drop = need(form, ".drop", HTMLElement);
const progress = need(form, "progress", HTMLProgressElement);
const said = need(form, "output", HTMLOutputElement);
const texts = /** @type {{ sending: string, reading: string, failed: string }} */ ({ ...form.dataset });
const anywhere = "anywhere" in files.dataset;
const place = anywhere ? document : drop;

for (const name of ["dragover", "dragleave", "drop"]) {
  place.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
  });
}
place.addEventListener("drop", async (event) => {
  const dropped = event instanceof DragEvent && event.dataTransfer ? await filesOf(event.dataTransfer) : [];
  if (!dropped.length) return;
  const held = new DataTransfer();
  for (const file of dropped) held.items.add(file);
  files.files = held.files;
  if (anywhere) form.requestSubmit();
});
form.classList.toggle("at-once", anywhere);
if (anywhere) files.addEventListener("change", () => form.requestSubmit());
// A file that misses the field would otherwise replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());

/**
 * Returns the files that were dropped, those in folders among them; hidden ones are no articles.
 * @param {DataTransfer} dropped
 */
async function filesOf(dropped) {
  const plain = [...dropped.files];
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])));
  return found.flat().filter((file) => !file.name.startsWith("."));
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<File[]>}
 */
async function filesIn(entry) {
  if (entry instanceof FileSystemFileEntry) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  /** @type {File[]} */
  const found = [];
  for (;;) {
    // A folder gives its entries some at a time, and none when there are no more.
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!entries.length) return found;
    for (const each of entries) found.push(...(await filesIn(each)));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(new FormData(form));
  progress.hidden = false;
  said.textContent = texts.sending;
});

/** @param {FormData} data */
function send(data) {
  const request = new XMLHttpRequest(); // fetch does not tell how much is sent
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = loaded / total;
    said.textContent = loaded < total ? texts.sending : texts.reading;
  });
  request.addEventListener("load", () => arrived(request));
  request.addEventListener("error", () => fail(texts.failed));
  request.open("POST", form.getAttribute("action") ?? "");
  request.send(data);
}

/** @param {XMLHttpRequest} request */
function arrived(request) {
  if (request.status < 400) return location.assign(request.responseURL);
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  fail(page.querySelector(".problem")?.textContent ?? texts.failed);
}

/** @param {string} message */
function fail(message) {
  progress.hidden = true;
  said.textContent = message;
  said.setAttribute("data-problem", "");
}
