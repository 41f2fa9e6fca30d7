import { bidiFault } from './idna-bidi.js'

/** PVALID and DISALLOWED by RFC 5892 section 2.6, although the rules say otherwise. */
const exceptionsValid = /^[\u06fd\u06fe\u0f0b\u3007]$/u
const exceptionsDisallowed = /^[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]$/u

/** Letters, digits and marks of RFC 5892 section 2.1. */
const letterDigit = /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$/u

/** Ignorable by its properties or its block (RFC 5892 sections 2.3 and 2.4), and old Hangul Jamo (section 2.9). */
const ignorable =
  /^(?:[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Noncharacter_Code_Point}\u{1d100}-\u{1d1ff}\u{1d200}-\u{1d24f}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]|[\u20d0-\u20ff])$/u

/** Whether a character may stand in a label whatever its neighbours are: PVALID, RFC 5892 section 3. */
function isProtocolValid(character: string): boolean {
  if (/^[a-z0-9-]$/.test(character) || exceptionsValid.test(character)) return true
  if (exceptionsDisallowed.test(character) || ignorable.test(character)) return false
  return letterDigit.test(character) && !isUnstable(character)
}

/** Changed by normalization or case folding: another character stands for it (RFC 5892 section 2.2). */
const isUnstable = (character: string): boolean =>
  Array.from(character.normalize('NFKC'), foldCharacter).join('').normalize('NFKC') !== character

/**
 * Case folding of one character as IDNA2008 wants it: full folding, which is lower case of what has the same capital, but
 * for the dotless i. The sharp s and the final sigma are letters of their own (RFC 5892 section 2.6), and Cherokee folds to
 * its capitals.
 *
 * @internal
 */
export function foldCharacter(character: string): string {
  const lower = character.toLowerCase()
  if (/^[\u00df\u03c2\u0131]$/.test(lower)) return lower
  if (/^\p{Script=Cherokee}$/u.test(character)) return character.toUpperCase()
  return lower.toUpperCase().toLowerCase()
}

/** Marks of canonical combining class 9 (Virama), after which a joiner has a meaning; as of Unicode 15. */
const virama =
  /^[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e3a\u0eba\u0f84\u1039\u103a\u1714\u1715\u1734\u17d2\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\u2d7f\ua806\ua82c\ua8c4\ua953\ua9c0\uaaf6\uabed\u{10a3f}\u{11046}\u{11070}\u{1107f}\u{110b9}\u{11133}\u{11134}\u{111c0}\u{11235}\u{112ea}\u{1134d}\u{11442}\u{114c2}\u{115bf}\u{1163f}\u{116b6}\u{1172b}\u{11839}\u{1193d}\u{1193e}\u{119e0}\u{11a34}\u{11a47}\u{11a99}\u{11c3f}\u{11d44}\u{11d45}\u{11d97}]$/u

/**
 * A zero width non-joiner between Arabic letters that would join (RFC 5892 appendix A.1): the one before it joins on both
 * sides, the one after it on its right. Right-joining letters (alef, dal, reh, waw and theirs) are left out before it.
 */
const joins =
  /[\u0620\u0626\u0628\u062a-\u062e\u0633-\u063f\u0641-\u0647\u0649\u064a\u066e\u066f\u0678-\u0687\u069a-\u06bf\u06c1\u06c2\u06cc\u06ce\u06d0\u06d1\u06fa-\u06fc\u06ff]\p{Mn}*\u200c\p{Mn}*[\u0620\u0622-\u063f\u0641-\u064a\u066e\u066f\u0671-\u0673\u0675-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff]/u

/** Characters that need neighbours: the contextual rules of RFC 5892 appendix A. */
const contextual: ReadonlyMap<string, (points: readonly string[], index: number) => boolean> = new Map([
  ['\u200c', (points, index) => virama.test(points[index - 1] ?? '') || joinsAt(points, index)],
  ['\u200d', (points, index) => virama.test(points[index - 1] ?? '')],
  ['\u00b7', (points, index) => points[index - 1] === 'l' && points[index + 1] === 'l'],
  ['\u0375', (points, index) => /^\p{Script=Greek}$/u.test(points[index + 1] ?? '')],
  ['\u05f3', (points, index) => /^\p{Script=Hebrew}$/u.test(points[index - 1] ?? '')],
  ['\u05f4', (points, index) => /^\p{Script=Hebrew}$/u.test(points[index - 1] ?? '')],
  [
    '\u30fb',
    (points) => points.some((point) => /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]$/u.test(point)),
  ],
])

function joinsAt(points: readonly string[], index: number): boolean {
  const before =
    points
      .slice(0, index)
      .join('')
      .match(/\P{Mn}\p{Mn}*$/u)?.[0] ?? ''
  const after =
    points
      .slice(index + 1)
      .join('')
      .match(/^\p{Mn}*\P{Mn}/u)?.[0] ?? ''
  return joins.test(`${before}\u200c${after}`)
}

/** Arabic-Indic digits of the two kinds do not stand in one label (RFC 5892 appendices A.8 and A.9). */
const mixesArabicDigits = (label: string): boolean => /[\u0660-\u0669]/.test(label) && /[\u06f0-\u06f9]/.test(label)

/**
 * Why a label is not a U-label of IDNA2008 (RFC 5891 section 5.4), or `undefined` when it is one. Which characters are
 * assigned depends on the Unicode version of the platform, as RFC 5892 wants it.
 *
 * @param label at most 63 characters, as in the text of the name: no dots, lower case, normalized
 * @param bidi whether some label of the domain name is written from right to left
 */
export function labelFault(label: string, bidi: boolean): string | undefined {
  if (label.normalize('NFC') !== label) return 'is not in normal form C'
  if (label.startsWith('-') || label.endsWith('-')) return 'starts or ends with a hyphen'
  if (label.slice(2, 4) === '--') return 'has hyphens as its third and fourth characters'
  const points = [...label]
  if (/^\p{M}$/u.test(points[0] ?? '')) return 'starts with a combining mark'
  for (const [index, point] of points.entries()) {
    const allowed = contextual.get(point)?.(points, index) ?? isProtocolValid(point)
    if (!allowed) return `has the character ${codePoint(point)}, which IDNA does not allow there`
  }
  if (mixesArabicDigits(label)) return 'mixes the two kinds of Arabic-Indic digits'
  return bidi ? bidiFault(points) : undefined
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
