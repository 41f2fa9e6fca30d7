/**
 * A small generator of pseudo-random numbers (xorshift32), so that a run can be repeated from its seed.
 * @param {number} seed
 * @returns {(below: number) => number} an integer from 0 to `below` - 1
 */
export function createRandom(seed) {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

/** Octets with a meaning in DER: tags, lengths, limits. */
const telling = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x17, 0x18, 0x1f, 0x23, 0x24, 0x30, 0x31, 0x7f, 0x80,
].concat([0x81, 0x82, 0x84, 0x85, 0xa0, 0xa1, 0xa3, 0xbf, 0xfe, 0xff])

/** @typedef {(below: number) => number} Random */

/** @type {readonly ((octets: number[], random: Random, other: Uint8Array) => void)[]} */
const changes = [
  (octets, random) => void octets.splice(random(octets.length), 1, telling[random(telling.length)] ?? 0),
  (octets, random) => void octets.splice(random(octets.length), 1, random(256)),
  (octets, random) => {
    const index = random(octets.length)
    octets[index] = (octets[index] ?? 0) ^ (1 << random(8))
  },
  (octets, random) => {
    const index = random(octets.length)
    octets[index] = ((octets[index] ?? 0) + (random(2) === 0 ? 1 : 255)) & 255
  },
  (octets, random) => void octets.splice(random(octets.length), 1 + random(4)),
  (octets, random) => void octets.splice(random(octets.length), 0, telling[random(telling.length)] ?? 0),
  (octets, random) => void octets.splice(random(octets.length)),
  (octets, random) => {
    const start = random(octets.length)
    const piece = octets.slice(start, start + 1 + random(24))
    octets.splice(random(octets.length), random(2) === 0 ? piece.length : 0, ...piece)
  },
  (octets, random, other) => {
    const start = random(Math.max(1, other.length))
    const piece = other.subarray(start, start + 1 + random(64))
    octets.splice(random(octets.length), random(2) === 0 ? piece.length : 0, ...piece)
  },
]

/**
 * A changed copy of a message: one to six changes, and afterwards, most of the time, lengths of the elements around
 * them made right again, so that the change reaches the decoder of the part.
 * @param {Uint8Array} input
 * @param {Random} random
 * @param {Uint8Array} other another message to take pieces from
 */
export function mutate(input, random, other) {
  const octets = [...input]
  if (random(3) === 0) return wrapChange(input, random, other)
  for (let count = 1 + random(6); count > 0 && octets.length > 0; count--) {
    changes[random(changes.length)]?.(octets, random, other)
  }
  return Uint8Array.from(octets)
}

/**
 * Replaces one element deep in the message by a changed copy, and writes the lengths around it anew.
 * @param {Uint8Array} input
 * @param {Random} random
 * @param {Uint8Array} other
 * @returns {Uint8Array}
 */
function wrapChange(input, random, other) {
  const children = elements(input)
  const constructed = ((input[0] ?? 0) & 0x20) !== 0 || input[0] === 0x04
  if (!constructed || children === undefined || children.length === 0 || random(4) === 0) {
    const octets = [...input]
    if (octets.length > 0) changes[random(changes.length)]?.(octets, random, other)
    return Uint8Array.from(octets)
  }
  const index = random(children.length)
  const kind = random(12)
  if (kind === 0) children.splice(index, 1)
  else if (kind === 1) children.splice(index, 0, children[random(children.length)] ?? input)
  else if (kind === 2) children.reverse()
  else children[index] = wrapChange(children[index] ?? input, random, other)
  return element(input[0] ?? 0, children)
}

/**
 * The elements inside an element with a tag of one octet, or `undefined` when its content is something else.
 * @param {Uint8Array} input
 */
function elements(input) {
  const content = contentStart(input, 0)
  if (content === undefined || content.end !== input.length) return undefined
  const found = []
  for (let position = content.start; position < input.length; ) {
    const next = contentStart(input, position)
    if (next === undefined || next.end > input.length) return undefined
    found.push(input.subarray(position, next.end))
    position = next.end
  }
  return found
}

/**
 * @param {Uint8Array} input
 * @param {number} offset
 */
function contentStart(input, offset) {
  const first = input[offset + 1]
  if (first === undefined) return undefined
  if (first < 0x80) return { start: offset + 2, end: offset + 2 + first }
  const count = first & 0x7f
  if (count < 1 || count > 3 || offset + 2 + count > input.length) return undefined
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (input[offset + 2 + index] ?? 0)
  return { start: offset + 2 + count, end: offset + 2 + count + length }
}

/**
 * @param {number} tag
 * @param {readonly Uint8Array[]} parts
 */
function element(tag, parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const header = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255]
  if (length >= 128 && length < 256) header.splice(1, 3, 0x81, length)
  return Uint8Array.from([...header, ...parts.flatMap((part) => [...part])])
}
