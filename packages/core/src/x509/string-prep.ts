/** Characters that RFC 4518 section 2.2 maps to nothing: formats, variation selectors, the object replacement. */
const ignored = /[\p{Cf}\ufffc]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]/gu

/** White space of RFC 4518 section 2.2, each of which becomes a space. */
const whiteSpace = /[\t\n\v\f\r\u0085\p{Z}]/gu

/**
 * Prepares a text for caseIgnoreMatch, RFC 4518 section 2: map, normalize by NFKC, fold case, and leave one space where
 * there are several and none at the ends. Two texts match when they prepare to the same one. A space before a combining
 * mark belongs to the mark and stays (section 2.6.1).
 */
export function prepareString(text: string): string {
  if (/^[!-~]*$/.test(text)) return text.toLowerCase()
  const mapped = text
    .replaceAll(ignored, '')
    .replaceAll(whiteSpace, ' ')
    .replaceAll(/\p{Cc}/gu, '')
  const folded = foldCase(mapped.normalize('NFKC')).normalize('NFKC')
  return folded
    .replaceAll(/ +(?!\p{M})/gu, ' ')
    .replace(/^ (?!\p{M})/u, '')
    .replace(/ $/, '')
}

/** Case folding of RFC 3454 table B.2, letter by letter: what has the same capital is the same, but for the dotless i. */
function foldCase(text: string): string {
  let folded = ''
  for (const character of text) {
    folded += character === '\u0131' ? character : character.toLowerCase().toUpperCase().toLowerCase()
  }
  return folded
}
