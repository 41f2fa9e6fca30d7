/** Where Unicode puts the scripts that are written from right to left; letters there have bidi class R or AL. */
const rightToLeftBlocks = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]$/u

type BidiClass = 'L' | 'R' | 'AN' | 'EN' | 'NSM' | 'neutral'

/** The bidi class of a character that IDNA allows, R and AL as one. */
function bidiClass(character: string): BidiClass {
  if (/^[0-9\u06f0-\u06f9]$/.test(character)) return 'EN'
  if (/^[\u0660-\u0669\u{10d30}-\u{10d39}]$/u.test(character)) return 'AN'
  if (/^\p{Mn}$/u.test(character)) return 'NSM'
  if (/^[-\u00b7\u0375\u30fb\u200c\u200d]$/.test(character)) return 'neutral'
  return rightToLeftBlocks.test(character) ? 'R' : 'L'
}

/** Whether a label has characters that are written from right to left, which makes its domain name a bidi one. */
export const isRightToLeft = (label: string): boolean =>
  !/^\p{ASCII}*$/u.test(label) && [...label].some((character) => ['R', 'AN'].includes(bidiClass(character)))

/** Why a label breaks the bidi rule of RFC 5893 section 2, or `undefined`. @internal */
export function bidiFault(points: readonly string[]): string | undefined {
  const classes = points.map(bidiClass)
  const [first] = classes
  const last = classes.findLast((each) => each !== 'NSM')
  if (first === 'R') {
    if (classes.includes('L')) return 'mixes text from right to left with text from left to right'
    if (classes.includes('EN') && classes.includes('AN')) return 'mixes European and Arabic digits'
    return last === 'neutral' ? 'ends with a character without direction' : undefined
  }
  if (first !== 'L') return 'starts with a character without direction in a name written from right to left'
  if (classes.includes('R') || classes.includes('AN')) {
    return 'mixes text from left to right with text from right to left'
  }
  return last === 'neutral' ? 'ends with a character without direction' : undefined
}
