// What an input method is doing: its keys are none of ours, and what it has not composed to the end is no text yet.

// Whether a key belongs to an input method. Some browsers end a composition before they tell of the key that ended it.
export const composing = (event) => event.isComposing || event.keyCode === 229;

// The field in which something is being composed, if there is one.
let field = null;
addEventListener("compositionstart", (event) => { field = event.target; }, true);
addEventListener("compositionend", () => { field = null; }, true);

export const composingIn = (element) => field !== null && field.isConnected && element.contains(field);
