// What a browser keeps for its person. Some browsers are told to keep nothing: then nothing is kept, and nothing fails.

/**
 * Keeps a value; returns whether it is kept.
 * @param {string} name
 * @param {string} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

/** Returns the names of all that is kept. */
export function namesKept() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** @param {string} name */
export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {}
}

/**
 * Returns what is kept, empty where nothing is.
 * @param {string} name
 */
export function kept(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}
