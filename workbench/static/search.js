// Searches that answer while somebody types wait for the end of a composition: half-typed pinyin is no query.
//
// htmx could be told so in the page, but runs its condition by eval, which the content security policy forbids.

import { composingIn } from "./composing.js";

const searching = (element) => element.closest?.("[data-search]");

// Before htmx hears of it: what is being composed starts no request,
document.addEventListener("input", (event) => {
  if (event.isComposing && searching(event.target)) event.stopPropagation();
}, true);

// and one that was waiting for a pause in typing is not sent in the middle of it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = searching(event.target);
  if (form && composingIn(form)) event.preventDefault();
});
