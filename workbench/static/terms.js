// The term base by keyboard: Ctrl+Enter saves the form of a concept, Alt+A adds a term to the language that has the
// focus; and a box that chooses all of a list. Without this script the forms work, with one empty term a language.

import { composing } from "./composing.js";

const form = document.querySelector(".concept-form");
let added = 0;

// Another empty term, made of the one that the form came with.
function addTerm(section) {
  const blanks = section.querySelectorAll(".term-form");
  const blank = blanks[blanks.length - 1];
  const term = blank.cloneNode(true);
  const number = `${section.dataset.language}-added-${(added += 1)}`;
  const old = blank.querySelector("[name=term]").value;
  for (const field of term.querySelectorAll("[name]")) {
    if (field.name === "term") field.value = number;
    else field.name = field.name.replace(old, number);
    if (field.type !== "hidden") field.value = field.tagName === "SELECT" ? field.options[0].value : "";
  }
  term.querySelector("[name$='-was']").value = "";
  blank.after(term);
  term.querySelector("[name$='-text']").focus();
}

for (const button of form?.querySelectorAll(".add-term") ?? []) {
  button.hidden = false;
  button.addEventListener("click", () => addTerm(button.closest("section")));
}

form?.addEventListener("keydown", (event) => {
  // A key that an input method is using is none of ours.
  if (composing(event) || event.repeat) return;
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.altKey && !event.ctrlKey && event.code === "KeyA") {
    event.preventDefault();
    addTerm(event.target.closest("section[data-language]") ?? form.querySelector("section[data-language]"));
  }
});

function showChooseAll() {
  for (const box of document.querySelectorAll("input.all")) box.hidden = false;
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("input.all")) return;
  for (const box of event.target.closest("table").querySelectorAll("[name=uid]")) box.checked = event.target.checked;
});
document.addEventListener("htmx:afterSwap", showChooseAll);
showChooseAll();
