/**
 * Text on its way into and out of a database. Engines store UTF-8: a lone surrogate would become U+FFFD, and PostgreSQL
 * (as some SQLite drivers) has no NUL. Those few characters are escaped so that every string comes back as it went in,
 * two strings never become one, and the order of code points stays:
 *
 * - NUL is written as U+0001 U+0001, U+0001 as U+0001 U+0002;
 * - a surrogate U+D800 + n as U+E000 and the character n + 2, U+E000 as U+E000 U+0802.
 *
 * At most six octets for one character, five nearly always.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const unstorable = /[\u{0}\u{1}\p{Surrogate}\u{e000}]/u
const eachUnstorable = new RegExp(unstorable, 'gu')
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const eachEscape = /([\u{1}\u{e000}])(.)/gsu

/** The form of `text` that any engine can store. */
export function storedText(text: string): string {
  return unstorable.test(text) ? text.replace(eachUnstorable, escapeCharacter) : text
}

/** The inverse of `storedText`. */
export function plainText(stored: string): string {
  return unstorable.test(stored)
    ? stored.replace(eachEscape, (_, mark, character) => unescapeCharacter(mark, character))
    : stored
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 2) return `\u0001${String.fromCharCode(code + 1)}`
  return `\ue000${String.fromCharCode(code === 0xe000 ? 0x802 : code - 0xd800 + 2)}`
}

function unescapeCharacter(mark: string, character: string): string {
  const code = character.charCodeAt(0)
  if (mark === '\u0001') return String.fromCharCode(code - 1)
  return String.fromCharCode(code === 0x802 ? 0xe000 : code - 2 + 0xd800)
}
