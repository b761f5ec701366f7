// Shortcuts: what a key is called, and what it does.

import { isComposing } from "./composing.js";

/**
 * Returns what a key is called: a letter by what it is, or by its place where the layout writes no Latin letters. With
 * Alt letters and digits go by their place alone, since layouts give other characters then, and so do digits with Ctrl,
 * since Shift makes other signs of them.
 * @param {KeyboardEvent} event
 * @returns {string}
 */
function keyOf(event) {
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code);
  if (place && (event.altKey || (event.ctrlKey && place[2]))) return place[1] ?? place[2] ?? "";
  const letter = /^[a-z]$/i.test(event.key) ? event.key : place?.[1];
  return letter?.toUpperCase() ?? event.key;
}

/**
 * Returns a key with its modifiers, such as `Ctrl+Shift+Enter` or `J`.
 * @param {KeyboardEvent} event
 */
export function shortcutOf(event) {
  const held = [event.ctrlKey && "Ctrl+", event.altKey && "Alt+", event.metaKey && "Meta+", event.shiftKey && "Shift+"];
  return held.filter(Boolean).join("") + keyOf(event);
}

/**
 * Returns a key without modifiers, be Shift held or not; nothing for a key that Ctrl, Alt or Meta gives another meaning.
 * @param {KeyboardEvent} event
 */
export const plainKeyOf = (event) => (event.ctrlKey || event.altKey || event.metaKey ? "" : keyOf(event));

/**
 * Does what `commandOf` returns for a key, in the place of what the browser would do; a key that an input method is using
 * is none of ours.
 * @param {EventTarget} target
 * @param {(event: KeyboardEvent) => (() => unknown) | null | undefined} commandOf
 */
export function onKey(target, commandOf) {
  target.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || isComposing(event)) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    command();
  });
}
