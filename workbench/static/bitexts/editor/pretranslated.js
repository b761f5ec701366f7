// What a pretranslation did is told once: neither a reload nor a link to this page says it again.

import { need, seek } from "../../shared/dom.js";
import { editor } from "./elements.js";

const told = seek(document, ".pretranslated", HTMLElement);
if (told) {
  const address = new URL(location.href);
  address.searchParams.delete("pretranslated");
  history.replaceState(null, "", address);
  need(told, ".dismiss", HTMLElement).addEventListener("click", (event) => {
    event.preventDefault();
    told.remove();
    seek(editor, "textarea", HTMLTextAreaElement)?.focus();
  });
}
