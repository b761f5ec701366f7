// Which command a key gives, in the preset that was chosen in this browser, and the sheet with all of them.

import { need } from "../../shared/dom.js";
import { kept, keep } from "../../shared/kept.js";
import { keySheet, texts } from "./elements.js";

const NAME = "keys of the editor";
/** @type {Record<string, Record<string, string>>} */
const presets = JSON.parse(texts.keys);
const choice = need(keySheet, ".preset", HTMLSelectElement);

/**
 * Returns the name of a key's command, empty where it has none.
 * @param {string} shortcut
 */
export const commandOf = (shortcut) => presets[choice.value]?.[shortcut] ?? "";

export const showKeys = () => keySheet.showModal();

/** @param {string} preset */
function choose(preset) {
  choice.value = preset in presets ? preset : "own";
  document.documentElement.dataset.keys = choice.value;
}

choice.addEventListener("change", () => {
  choose(choice.value);
  keep(NAME, choice.value);
});
choose(kept(NAME));
