// Moving between the rows of a table or a list, and the row that a decision brought.

/**
 * Returns the nearest row below (`step` 1) or above (-1) that fits, or null.
 * @param {Element} row
 * @param {number} step
 * @param {(row: HTMLElement) => boolean} [fits]
 * @returns {HTMLElement | null}
 */
export function nextRow(row, step, fits = () => true) {
  const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  if (!(next instanceof HTMLElement)) return null;
  return fits(next) ? next : nextRow(next, step, fits);
}

/**
 * Returns the row that htmx put in the place of another one of the same number, or null.
 * @param {CustomEvent<{ target: Element }>} event
 */
export const swappedRow = (event) => document.getElementById(event.detail.target.id);

/**
 * Puts the focus on a control of a row.
 * @param {Element | null | undefined} row
 * @param {string} control
 */
export function focusIn(row, control) {
  const element = row?.querySelector(control);
  if (element instanceof HTMLElement) element.focus();
}
