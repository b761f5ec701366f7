// Sends files with progress, chosen or dropped. Without this script the form sends them as any form does.

const form = document.querySelector("form.upload");
const files = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const progress = form.querySelector("progress");
const said = form.querySelector("output");

for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
  });
}
drop.addEventListener("drop", (event) => {
  files.files = event.dataTransfer.files;
});
// A file that misses the field would otherwise replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest(); // fetch does not tell how much is sent
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = loaded / total;
    said.textContent = loaded < total ? form.dataset.sending : form.dataset.reading;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) return location.assign(request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    fail(page.querySelector(".problem")?.textContent ?? form.dataset.failed);
  });
  request.addEventListener("error", () => fail(form.dataset.failed));
  request.open("POST", form.getAttribute("action"));
  request.send(new FormData(form));
  progress.hidden = false;
  said.textContent = form.dataset.sending;
});

function fail(message) {
  progress.hidden = true;
  said.textContent = message;
  said.setAttribute("data-problem", "");
}
