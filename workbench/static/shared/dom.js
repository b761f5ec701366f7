// Elements by selector, each of the class that the caller works with.

/**
 * Returns the first element that fits; a page without it is a defect.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function need(root, selector, type) {
  const element = seek(root, selector, type);
  if (!element) throw new TypeError(`There is no ${type.name} ${selector}`);
  return element;
}

/**
 * Returns the first element that fits, or null.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T | null}
 */
export function seek(root, selector, type) {
  const element = root.querySelector(selector);
  return element instanceof type ? element : null;
}

/**
 * Returns all elements that fit, in their order.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T[]}
 */
export const all = (root, selector, type) =>
  [...root.querySelectorAll(selector)].flatMap((element) => (element instanceof type ? [element] : []));

/**
 * Returns the element itself or the nearest round it that fits, or null; asked of the targets of events.
 * @template {Element} T
 * @param {EventTarget | null} from
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T | null}
 */
export function closest(from, selector, type) {
  const element = from instanceof Element ? from.closest(selector) : null;
  return element instanceof type ? element : null;
}

/**
 * Resolves after so many milliseconds.
 * @param {number} [milliseconds]
 * @returns {Promise<void>}
 */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
