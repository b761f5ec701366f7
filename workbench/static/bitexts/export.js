// The menu in the head of a bitext: how much is unfinished now, and the copy of its article, with its headings and
// lists (HTML) and as plain text.

import { need } from "../shared/dom.js";

const menu = need(document, ".export", HTMLDetailsElement);
menu.addEventListener("toggle", count);
menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menu.open = false;
  need(menu, "summary", HTMLElement).focus();
});
menu.addEventListener("focusout", (event) => {
  // Into something else on the page: a file dialogue or another window takes the focus, too.
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
});

const button = need(menu, ".copy-article", HTMLButtonElement);
if ("clipboard" in navigator && "ClipboardItem" in window) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button.dataset));
}

/** Says how many units are unfinished, which may be others than when the page was made. */
function count() {
  const shown = need(document, ":is(.bar, .editor-head) .progress .count", HTMLElement).textContent ?? "";
  const [confirmed = 0, units = 0] = shown.split("/").map(Number);
  const unfinished = need(menu, ".unfinished", HTMLElement);
  unfinished.hidden = confirmed === units;
  const said = need(unfinished, "strong", HTMLElement);
  said.textContent = (said.dataset.said ?? "").replace("{open}", `${units - confirmed}`).replace("{units}", `${units}`);
}

/** @param {DOMStringMap} texts The addresses of the article, and what is said afterwards. */
async function copy({ html = "", text = "", copied = "", failed = "" }) {
  const said = need(menu, ".copy-said", HTMLOutputElement);
  try {
    // Given the promises, the clipboard still knows that somebody asked for it.
    const item = { "text/html": fetched(html, "text/html"), "text/plain": fetched(text, "text/plain") };
    await navigator.clipboard.write([new ClipboardItem(item)]);
    said.textContent = copied;
  } catch {
    said.textContent = failed;
  }
}

/** @param {string} address @param {string} type */
async function fetched(address, type) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return new Blob([await answer.text()], { type });
}
