// The button in the head of a bitext that copies its article: with its headings and lists (HTML), and as plain text.

import { need, seek } from "../shared/dom.js";

const button = seek(document, ".copy-article", HTMLButtonElement);
if (button && "clipboard" in navigator && "ClipboardItem" in window) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button.dataset));
}

/** @param {DOMStringMap} texts The addresses of the article, and what is said afterwards. */
async function copy({ html = "", text = "", copied = "", failed = "" }) {
  const said = need(document, ".copy-said", HTMLOutputElement);
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
