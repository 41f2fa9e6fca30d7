/** Parameters of Punycode as IDNA uses it, RFC 3492 section 5. */
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const initialBias = 72
const initialN = 0x80

/** More than any label of 63 octets can need; beyond it the arithmetic of hostile input stops (RFC 3492 section 6.4). */
const maxInteger = 0x7fffffff
const maxCodePoint = 0x10ffff

const digits = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Bias adaptation, RFC 3492 section 6.1. */
function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let k = 0
  while (rest > ((base - tMin) * tMax) >> 1) {
    rest = Math.floor(rest / (base - tMin))
    k += base
  }
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

const threshold = (k: number, bias: number): number => Math.min(tMax, Math.max(tMin, k - bias))

/**
 * Decodes Punycode, RFC 3492 section 6.2: what follows `xn--` in an A-label.
 *
 * @param text letters, digits and hyphens; at most 63 are ever useful
 * @returns the text, or `undefined` when there is none with this encoding
 */
export function decodePunycode(text: string): string | undefined {
  const delimiter = text.lastIndexOf('-')
  const points = Array.from(text.slice(0, Math.max(0, delimiter)), (character) => character.charCodeAt(0))
  if (points.some((point) => point >= initialN)) return undefined
  let position = delimiter < 0 ? 0 : delimiter + 1
  let n = initialN
  let index = 0
  let bias = initialBias
  while (position < text.length) {
    const before = index
    let weight = 1
    for (let k = base; ; k += base) {
      const digit = position < text.length ? digits.indexOf(text.charAt(position++).toLowerCase()) : -1
      if (digit < 0) return undefined
      index += digit * weight
      const limit = threshold(k, bias)
      if (digit < limit) break
      weight *= base - limit
      if (weight > maxInteger) return undefined
    }
    const length = points.length + 1
    bias = adapt(index - before, length, before === 0)
    n += Math.floor(index / length)
    index %= length
    if (n > maxCodePoint || (n >= 0xd800 && n <= 0xdfff)) return undefined
    points.splice(index++, 0, n)
  }
  return String.fromCodePoint(...points)
}

/**
 * Encodes Punycode, RFC 3492 section 6.3, without the prefix `xn--`.
 *
 * @param text at most a few hundred characters: the work grows with the square of the length
 */
export function encodePunycode(text: string): string {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  let output = points
    .filter((point) => point < initialN)
    .map((point) => String.fromCharCode(point))
    .join('')
  const basic = output.length
  if (basic > 0) output += '-'
  let handled = basic
  let n = initialN
  let delta = 0
  let bias = initialBias
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      if (point < n) delta++
      if (point !== n) continue
      output += encodeDelta(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic)
      delta = 0
      handled++
    }
    delta++
    n++
  }
  return output
}

/** One generalized variable-length integer, RFC 3492 section 3.3. */
function encodeDelta(delta: number, bias: number): string {
  let output = ''
  let rest = delta
  for (let k = base; ; k += base) {
    const limit = threshold(k, bias)
    if (rest < limit) return output + digits.charAt(rest)
    output += digits.charAt(limit + ((rest - limit) % (base - limit)))
    rest = Math.floor((rest - limit) / (base - limit))
  }
}
