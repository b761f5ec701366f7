// What is pasted into a translation: no line breaks, and nothing that is not seen, unless the writing needs it.

const HAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF65]`;
const BREAKS = /[\t\p{Zs}]*[\r\n\v\f\u0085\u2028\u2029][\s\u0085]*/gu;
const BETWEEN_HAN = new RegExp(`(?<=${HAN})\n(?=${HAN})`, "gu");
const UNSEEN = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u200B-\u200F\u2060\uFEFF]/gu;

// Joiners choose the forms of letters, and make one emoji of several; marks of direction order what is written from right
// to left; spaces without width say where a line may break where words are not told apart.
const JOINED = ["Arab", "Syrc", "Mong", "Nkoo", "Adlm", "Rohg", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Tibt", "Khmr", "Mymr"];
const RIGHT_TO_LEFT = ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"];
const WITHOUT_SPACES = ["Thai", "Laoo", "Khmr", "Mymr", "Tibt"];
const NEEDED = /** @type {const} */ ([["\u200C\u200D", JOINED], ["\u200E\u200F", RIGHT_TO_LEFT], ["\u200B", WITHOUT_SPACES]]);
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u;

/**
 * Returns a text as it goes into a unit, and how many characters were left out.
 * @param {string} text
 * @param {string} language of the unit
 */
export function cleaned(text, language) {
  const script = new Intl.Locale(language).maximize().script ?? "";
  let leftOut = 0;
  const seen = text.replace(UNSEEN, (sign, place) => {
    if (isNeeded(sign, script, before(text, place), after(text, place + 1))) return sign;
    leftOut += 1;
    return "";
  });
  return { kept: inOneLine(seen), leftOut };
}

/** @param {string} text */
const inOneLine = (text) =>
  text.replace(BREAKS, "\n").replace(/^\n|\n$/g, "").replace(BETWEEN_HAN, "").replace(/[\n\t]/g, " ");

/**
 * Returns whether a sign is of the writing of the language or of its neighbours.
 * @param {string} sign
 * @param {string} script
 * @param {string} left
 * @param {string} right
 */
function isNeeded(sign, script, left, right) {
  if (sign === "\u200D" && EMOJI.test(left) && /^\p{Extended_Pictographic}$/u.test(right)) return true;
  const scripts = NEEDED.find(([signs]) => signs.includes(sign))?.[1] ?? [];
  return scripts.some((each) => each === script || isOf(left, each) || isOf(right, each));
}

/**
 * @param {string} character
 * @param {string} script
 */
const isOf = (character, script) => new RegExp(`^\\p{Script=${script}}$`, "u").test(character);

/**
 * @param {string} text
 * @param {number} end
 */
const before = (text, end) => /.$/su.exec(text.slice(Math.max(end - 2, 0), end))?.[0] ?? "";

/**
 * @param {string} text
 * @param {number} start
 */
const after = (text, start) => String.fromCodePoint(text.codePointAt(start) ?? 0);

/**
 * Returns two texts one after the other, with a space between them where they are written with spaces.
 * @param {string} first
 * @param {string} second
 */
export const joined = (first, second) => `${first.trimEnd()}\n${second.trimStart()}`.replace(BETWEEN_HAN, "").replace("\n", " ");
