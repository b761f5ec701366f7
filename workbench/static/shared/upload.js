// Sends files with progress, chosen or dropped. Without this script the form sends them as any form does.

import { need } from "./dom.js";

const form = need(document, "form.upload", HTMLFormElement);
const files = need(form, "input[type=file]", HTMLInputElement);
const drop = need(form, ".drop", HTMLElement);
const progress = need(form, "progress", HTMLProgressElement);
const said = need(form, "output", HTMLOutputElement);
const texts = /** @type {{ sending: string, reading: string, failed: string }} */ ({ ...form.dataset });

for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
  });
}
drop.addEventListener("drop", (event) => {
  files.files = event.dataTransfer?.files ?? null;
});
// A file that misses the field would otherwise replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());

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
