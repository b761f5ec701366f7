// A prompt for the number of a unit.

import { need } from "../../shared/dom.js";
import { goToPrompt } from "./elements.js";
import { goTo } from "./turning.js";

const field = need(goToPrompt, "input", HTMLInputElement);

export function askWhere() {
  field.value = "";
  goToPrompt.showModal();
}

// The dialog gives the focus back first. Input methods write wide digits.
goToPrompt.addEventListener("submit", (event) => {
  event.preventDefault();
  goToPrompt.close();
  goTo(Number(field.value.normalize("NFKC")));
});
