// What an input method is doing: its keys are none of ours, and what it has not composed to the end is no text yet.

/** @type {EventTarget | null} The field in which something is being composed, if there is one. */
let field = null;
addEventListener("compositionstart", (event) => { field = event.target; }, true);
addEventListener("compositionend", () => { field = null; }, true);

/**
 * Returns whether a key or an input belongs to an input method. Some browsers end a composition before they tell of the
 * key that ended it, and call that key 229.
 * @param {Event} event
 */
export const isComposing = (event) =>
  (event instanceof InputEvent && event.isComposing) ||
  (event instanceof KeyboardEvent && (event.isComposing || event.keyCode === 229));

/**
 * Returns whether something is being composed in an element.
 * @param {Element} element
 */
export const isComposingIn = (element) => field instanceof Element && field.isConnected && element.contains(field);

/**
 * Resolves when the composition in a field has ended and its text is there.
 * @param {Element} element
 * @returns {Promise<void>}
 */
export const compositionEnd = (element) =>
  new Promise((resolve) => element.addEventListener("compositionend", () => setTimeout(resolve), { once: true }));
