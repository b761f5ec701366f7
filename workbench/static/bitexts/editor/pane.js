// What is beside the active unit, in tabs: suggestions and terms, its history, hits of the concordance.

/** @import { Unit } from "./unit.js" */
import { all, closest, seek } from "../../shared/dom.js";
import { onKey, shortcutOf } from "../../shared/keys.js";
import { editor, paneTabs, texts } from "./elements.js";
import { activeUnit } from "./units.js";

const tabs = () => all(paneTabs, "button", HTMLButtonElement);

/**
 * Shows a tab, and loads what it needs.
 * @param {string} name
 */
export function showTab(name) {
  texts.tab = name;
  for (const tab of tabs()) {
    const chosen = tab.value === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  activeUnit()?.fill(name);
}

/**
 * Searches the memory for what is selected, or else for the source, and shows the hits beside the unit.
 * @param {Unit} unit
 */
export function concordance(unit) {
  const { selectionStart, selectionEnd, value } = unit.text;
  const text = value.slice(selectionStart, selectionEnd) || String(getSelection()).trim() || unit.source;
  unit.search(text.trim());
  showTab("concordance");
}

/**
 * Shows the comments on a unit, the caret in that of a new one.
 * @param {Unit} unit
 */
export async function comment(unit) {
  showTab("comments");
  await unit.commenting;
  seek(unit.item, ".remarks textarea", HTMLTextAreaElement)?.focus();
}

// In a comment, Ctrl+Enter sends it and Escape goes back to the unit.
onKey(editor, (event) => {
  const field = closest(event.target, ".remarks textarea", HTMLTextAreaElement);
  if (!field) return null;
  if (event.key === "Escape") return () => activeUnit()?.focus();
  return shortcutOf(event) === "Ctrl+Enter" ? () => field.form?.requestSubmit() : null;
});

paneTabs.addEventListener("mousedown", (event) => event.preventDefault());
paneTabs.addEventListener("click", (event) => {
  const tab = closest(event.target, "button", HTMLButtonElement);
  if (tab) showTab(tab.value);
});

onKey(paneTabs, (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return null;
  return () => {
    const list = tabs();
    const place = list.findIndex((tab) => tab.value === editor.dataset.tab);
    const next = list[(place + step + list.length) % list.length];
    if (!next) return;
    showTab(next.value);
    next.focus();
  };
});

showTab("suggestions");
