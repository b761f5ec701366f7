// A box over a list of terms that chooses all of it. Without this script each is chosen by itself.

import { all, closest } from "../shared/dom.js";

function showChooseAll() {
  for (const box of all(document, "input.all", HTMLInputElement)) box.hidden = false;
}

document.addEventListener("change", (event) => {
  const chosen = closest(event.target, "input.all", HTMLInputElement);
  const table = closest(chosen, "table", HTMLTableElement);
  if (!chosen || !table) return;
  for (const box of all(table, "[name=uid]", HTMLInputElement)) box.checked = chosen.checked;
});
document.addEventListener("htmx:afterSwap", showChooseAll);
showChooseAll();
