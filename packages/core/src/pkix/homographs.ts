import { mapLabels, toUnicodeDomain } from './domain-name.js'

/** Scripts in common use today (UAX 31 table 5); letters of others are seldom meant. */
const scripts = [
  ...['Arabic', 'Armenian', 'Bengali', 'Bopomofo', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek'],
  ...['Gujarati', 'Gurmukhi', 'Han', 'Hangul', 'Hebrew', 'Hiragana', 'Kannada', 'Katakana', 'Khmer', 'Lao', 'Latin'],
  ...['Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan'],
] as const

/** A Unicode script in common use. */
export type Script = (typeof scripts)[number]

const patterns: readonly (readonly [Script, RegExp])[] = scripts.map((script) => [
  script,
  new RegExp(`^\\p{Script_Extensions=${script}}$`, 'u'),
])
const anyScript = /^[\p{Script=Common}\p{Script=Inherited}]$/u

/** Scripts that are written together: single ones apart, the highly restrictive level of UTS 39 section 5.2. */
const together: readonly (readonly Script[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
]

/**
 * Why a label may be taken for another one.
 *
 * | reason | meaning |
 * |---|---|
 * | `mixed-scripts` | letters of scripts that no language writes together |
 * | `confusable` | every letter looks like a Latin one, and some are not: `looksLike` is what a reader sees |
 * | `mixed-digits` | digits of several number systems |
 * | `rare-script` | letters of a script outside those in common use |
 */
export type HomographReason = 'mixed-scripts' | 'confusable' | 'mixed-digits' | 'rare-script'

/** One suspicion about a text. */
export interface HomographFinding {
  /** The label as a reader sees it, or the whole text. */
  readonly label: string
  readonly reason: HomographReason
  /** Scripts of the text, of those in common use. */
  readonly scripts: readonly Script[]
  /** The Latin text that the label can be taken for; for `confusable` only. */
  readonly looksLike?: string
}

/** Letters that look like Latin ones in common fonts: the small letters of UTS 39's confusables that IDNA allows. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs(
    '\u0430\u0432\u0433\u0501\u0435\u04bb\u0456\u0458\u043a\u04cf\u043c\u043d\u043e\u043f\u0440',
    'abrdehijklmhonp',
  ),
  ...pairs('\u051b\u0455\u0442\u0443\u0441\u051d\u0445\u0432\u044c\u0461\u0475', 'qstycwxbbwv'),
  ...pairs('\u03b1\u03b5\u03b3\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03c9\u03c3', 'aeynikvoptuxwo'),
  ...pairs('\u0251\u0261\u0131\u0269\u028b\u0578\u057d\u0585\u0570\u0566\u0581\u0584\u056c', 'agiivnuohqgpl'),
])

function pairs(letters: string, latin: string): (readonly [string, string])[] {
  return Array.from(letters, (letter, index) => [letter, latin.charAt(index)] as const)
}

/**
 * What in a domain name can deceive a reader: scripts mixed within a label, labels of another script or of odd letters
 * that look like Latin ones, digits of several systems. A-labels are read as the U-labels they stand for. Labels of a
 * domain may be of different scripts: `例え.example` is usual.
 *
 * @example
 * ```ts
 * import { findHomographs } from '@certwright/core/pkix'
 *
 * const [finding] = findHomographs('xn--80ak6aa92e.com')
 * console.log(finding?.reason, finding?.looksLike) // confusable apple
 * ```
 *
 * @param domain a dNSName or the domain of a mailbox, as A-labels or U-labels
 * @returns nothing for a name above suspicion
 */
export const findHomographs = (domain: string): readonly HomographFinding[] =>
  isPlain(domain) ? [] : toUnicodeDomain(domain).split('.').flatMap(findHomographsInText)

/** ASCII that stands for nothing else. */
const isPlain = (domain: string): boolean => /^(?!.*xn--)\p{ASCII}*$/isu.test(domain)

/**
 * What in a text without dots, such as one word of a commonName, can deceive a reader.
 *
 * @returns nothing for a text above suspicion, and for texts of ASCII
 */
export function findHomographsInText(label: string): readonly HomographFinding[] {
  if (/^\p{ASCII}*$/u.test(label)) return []
  const sets = [...label].filter((character) => !anyScript.test(character)).map(scriptsOf)
  const found = [...new Set(sets.flat())]
  const finding = (reason: HomographReason): HomographFinding => ({ label, reason, scripts: found })
  const findings: HomographFinding[] = []
  if (sets.some((set) => set.length === 0)) findings.push(finding('rare-script'))
  const candidates = [...found.map((script) => [script]), ...together]
  const known = sets.filter((set) => set.length > 0)
  const fits = candidates.some((allowed) => known.every((set) => set.some((script) => allowed.includes(script))))
  if (known.length > 0 && !fits) findings.push(finding('mixed-scripts'))
  const looksLike = latinLook(label)
  if (looksLike !== undefined) findings.push({ ...finding('confusable'), looksLike })
  if (digitSystems(label).size > 1) findings.push(finding('mixed-digits'))
  return findings
}

const scriptsOf = (character: string): readonly Script[] =>
  patterns.filter(([, pattern]) => pattern.test(character)).map(([script]) => script)

/** The Latin text that a text looks like, when every letter of it looks like a Latin one and some are not. */
function latinLook(label: string): string | undefined {
  const look = Array.from(label, (character) => lookAlikes.get(character) ?? character).join('')
  return look !== label && /^[a-z0-9-]+$/.test(look) ? look : undefined
}

/** The zeros of the number systems whose digits a text has; decimal digits come in runs of ten from their zero. */
function digitSystems(label: string): ReadonlySet<number> {
  const zeros = new Set<number>()
  for (const [digit] of label.matchAll(/\p{Nd}/gu)) {
    let zero = digit.codePointAt(0) ?? 0
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
    zeros.add(zero)
  }
  return zeros
}

/**
 * A domain name for people who must not be deceived: A-labels as U-labels, but for those that `findHomographsInText`
 * suspects, which stay A-labels as in the address bar of a browser.
 */
export const displayDomain = (domain: string): string =>
  mapLabels(domain, (label) => findHomographsInText(label).length === 0)
