// Where work begins: on load the focus is in a unit, and the first stop of Tab on the page leads back to it.

import { closest, need } from "../../shared/dom.js";
import { keep, kept } from "../../shared/kept.js";
import { editor, texts } from "./elements.js";
import { listen } from "./news.js";
import { resume } from "./resuming.js";
import { unitOf, units } from "./units.js";

const PLACE = `unit of ${texts.address}`;

editor.addEventListener("focusin", (event) => {
  const unit = closest(event.target, ".unit", HTMLElement);
  if (unit) keep(PLACE, unit.id);
});

/** Returns the unit to begin with: the one left last if the page has it, else the first open one, else the first. */
function first() {
  const here = units();
  const last = kept(PLACE);
  return here.find((unit) => unit.item.id === last) ?? here.find((unit) => unit.open) ?? here[0];
}

/** Returns the unit that the address names, or null. */
const named = () => unitOf(document.getElementById(location.hash.slice(1)));

const focused = () => document.activeElement !== document.body && document.activeElement !== null;

need(document, ".skip", HTMLAnchorElement).addEventListener("click", (event) => {
  const unit = first();
  if (!unit) return;
  event.preventDefault();
  unit.focus();
});

function begin() {
  if (!focused()) (named() ?? first())?.focus();
}

/** Puts the focus where work begins, unless somebody has put it elsewhere; what was typed before this script counts. */
export function start() {
  for (const unit of units()) if (unit.text.value !== unit.text.defaultValue) unit.changed();
  begin();
  resume();
  listen();
  // Going to an anchor takes the focus away, which browsers do when the page is drawn.
  if (named()) addEventListener("load", () => requestAnimationFrame(() => setTimeout(begin)));
}
