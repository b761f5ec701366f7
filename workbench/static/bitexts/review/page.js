// The reviewer's page: keys press what is printed beside them, and the focus is in the text to be judged.

import { closest, seek } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";

/** @type {Record<string, string>} */
const printed = { "Alt+ArrowUp": "Alt+↑", "Alt+ArrowDown": "Alt+↓" };

onKey(document, (event) => {
  const shortcut = shortcutOf(event);
  // What is being written in the comment is sent as what it is.
  const comment = closest(event.target, "textarea[name=comment]", HTMLTextAreaElement);
  const selector = comment && shortcut === "Ctrl+Enter" ? "[value=return]" : `[data-key="${printed[shortcut] ?? shortcut}"]`;
  const control = seek(document, selector, HTMLElement);
  return control && (() => press(control));
});

/** @param {HTMLElement} control */
function press(control) {
  control.click();
  const details = closest(control, "details", HTMLDetailsElement);
  if (details?.open) seek(details, "textarea", HTMLTextAreaElement)?.focus();
}

// The address of a unit names its text, where the browser puts the focus; the first one has none.
const text = seek(document, "#current", HTMLElement);
// A finger that reads wants no keyboard over the text.
if (matchMedia("(pointer: fine)").matches) text?.focus({ preventScroll: true });
document.querySelector(".current")?.scrollIntoView({ block: "center" });
