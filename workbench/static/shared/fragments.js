// Forms of a part of a page that stay in their place: what the desk answers stands where the part stood.
//
// A form says so by `data-fragment`; without this script it is sent as any form is, and a whole page answers.

import { closest, seek } from "./dom.js";

document.addEventListener("submit", async (event) => {
  const form = closest(event.target, "form[data-fragment]", HTMLFormElement);
  const part = form?.closest("section");
  if (!form || !part) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: withButton(form, event) }).catch(() => null);
  if (answer?.ok) return show(part, await answer.text());
  const said = seek(form, "output", HTMLElement);
  if (said) said.textContent = await problem(answer, part);
});

/**
 * @param {HTMLFormElement} form
 * @param {SubmitEvent} event
 */
const withButton = (form, event) => new FormData(form, event.submitter);

/**
 * Puts an answer in the place of a part, and the focus where it was.
 * @param {Element} part
 * @param {string} text
 */
function show(part, text) {
  const range = document.createRange();
  const parent = part.parentElement;
  part.replaceWith(range.createContextualFragment(text));
  if (parent) seek(parent, "section textarea", HTMLElement)?.focus();
}

/**
 * Returns what an answer says went wrong; it is a page with one sentence.
 * @param {Response | null} answer
 * @param {Element} part
 */
async function problem(answer, part) {
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  return page?.querySelector(".problem")?.textContent ?? part.getAttribute("data-failed") ?? "";
}
