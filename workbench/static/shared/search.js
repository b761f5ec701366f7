// Searches that answer while somebody types wait for the end of a composition: half-typed pinyin is no query.
//
// htmx could be told so in the page, but runs its condition by eval, which the content security policy forbids.

import { isComposing, isComposingIn } from "./composing.js";
import { closest } from "./dom.js";

/** @param {Event} event */
const searchOf = (event) => closest(event.target, "[data-search]", HTMLElement);

// Before htmx hears of it: what is being composed starts no request,
document.addEventListener("input", (event) => {
  if (isComposing(event) && searchOf(event)) event.stopPropagation();
}, true);

// and one that was waiting for a pause in typing is not sent in the middle of it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = searchOf(event);
  if (form && isComposingIn(form)) event.preventDefault();
});
