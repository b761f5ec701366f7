// The bar that says which units are shown: a filter puts its units in the place of the page's, and nothing typed is lost.

import { closest, need } from "../../shared/dom.js";
import { filterBar, texts } from "./elements.js";
import { goTo, turnTo } from "./turning.js";
import { activeUnit, units } from "./units.js";

export function focusFilter() {
  const field = need(filterBar, "[type=search]", HTMLInputElement);
  const selected = String(getSelection());
  if (selected && !field.value) field.value = selected.trim();
  field.select();
  field.focus();
}

function apply() {
  const asked = [...new FormData(filterBar)].filter(([, value]) => value);
  const query = new URLSearchParams(/** @type {[string, string][]} */ (asked.length ? asked : [["page", "1"]]));
  turnTo(`${texts.address}?${query}`, () => units()[0]);
}

filterBar.addEventListener("submit", (event) => {
  event.preventDefault();
  apply();
});
filterBar.addEventListener("change", (event) => {
  if (closest(event.target, ".position", HTMLInputElement)) goTo(Number(need(filterBar, ".position", HTMLInputElement).value));
  else if (!closest(event.target, "[type=search]", HTMLInputElement)) apply();
});
filterBar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of filterBar.querySelectorAll("details")) menu.open = false;
  activeUnit()?.focus();
});
