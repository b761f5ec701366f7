// Where work begins: on load the focus is in a unit, and the first stop of Tab on the page leads back to it.

import { closest, need } from "../../shared/dom.js";
import { editor, texts } from "./elements.js";
import { unitOf, units } from "./units.js";

const kept = `unit of ${texts.address}`;

// Some browsers are told to keep nothing: then the first open unit it is.
editor.addEventListener("focusin", (event) => {
  const unit = closest(event.target, ".unit", HTMLElement);
  try {
    if (unit) localStorage.setItem(kept, unit.id);
  } catch {}
});

function lastLeft() {
  try {
    return localStorage.getItem(kept);
  } catch {
    return null;
  }
}

/** Returns the unit to begin with: the one left last if the page has it, else the first open one, else the first. */
function first() {
  const here = units();
  const last = lastLeft();
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

/** Puts the focus where work begins, unless somebody has put it elsewhere. */
export function start() {
  begin();
  // Going to an anchor takes the focus away, which browsers do when the page is drawn.
  if (named()) addEventListener("load", () => requestAnimationFrame(() => setTimeout(begin)));
}
