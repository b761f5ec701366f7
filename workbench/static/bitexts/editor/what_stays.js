// What of a text no translation changes: its numbers, and names in Latin letters.

const ADDRESS = String.raw`(?:https?://|www\.)[\w./?#&=%~+:-]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`;
const LATIN = String.raw`[$€£¥]?[\p{Script=Latin}\p{Nd}]+(?:[.,:/&+'’_–-][\p{Script=Latin}\p{Nd}]+)*[%‰℃°]?`;

/**
 * Returns the numbers and names of a text, one after the other. Where the language is written in others, all in Latin
 * letters is a name; elsewhere what has two capitals or a digit: LIGO, mRNA, COVID-19, but neither Paris nor 20th.
 * @param {string} text
 * @param {string} language
 */
export function whatStays(text, language) {
  if (!isLatin(language)) return matches(text, `${ADDRESS}|${LATIN}(?: ${LATIN})*`).join(" ");
  return matches(text, `${ADDRESS}|${LATIN}`).flatMap(ofWord).join(" ");
}

/**
 * @param {string} text
 * @param {string} pattern
 */
const matches = (text, pattern) => [...text.matchAll(new RegExp(pattern, "gu"))].map(([found]) => found);

/** @param {string} language */
const isLatin = (language) => new Intl.Locale(language).maximize().script === "Latn";

/**
 * Returns what stays of a word: all, its number alone as in “20th”, “1980s” and “86-year-old”, or nothing.
 * @param {string} word
 */
function ofWord(word) {
  const [, number] = /^(\p{Nd}[\p{Nd}.,]*)(?:st|nd|rd|th|s|-\p{Ll}.*)$/u.exec(word) ?? [];
  if (number) return [number];
  return /\p{Nd}|\p{Lu}[^\s-]*\p{Lu}|\p{Ll}\p{Lu}|[@/]/u.test(word) ? [word] : [];
}
