import { hostileStrings } from '@certwright/testkit/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainText, storedText } from '../../src/schema/text.js'

/** Any sequence of UTF-16 code units, with those that matter more often than chance has it. */
const units = fc.oneof(fc.constantFrom(0, 1, 2, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xe001), fc.nat(0xffff))
const texts = fc.array(units, { maxLength: 20 }).map((codes) => String.fromCharCode(...codes))
const codePoints = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0)

describe('text in a database', () => {
  test.each(hostileStrings)('comes back: %s', (_, text) => {
    expect(plainText(storedText(text))).toBe(text)
  })
  test('comes back, is well-formed and has no NUL, whatever it was', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const stored = storedText(text)
        expect(plainText(stored)).toBe(text)
        expect(Buffer.from(stored).toString()).toBe(stored)
        expect(stored).not.toContain('\u0000')
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(6 * text.length)
      }),
    )
  })
  test('sorts as UTF-8 by code points', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const stored = Buffer.compare(Buffer.from(storedText(a)), Buffer.from(storedText(b)))
        expect(Math.sign(stored)).toBe(compare(codePoints(a), codePoints(b)))
      }),
    )
  })
})

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((code, index) => code !== b[index])
  const [left = -1, right = -1] = i < 0 ? [a.length, b.length] : [a[i], b[i]]
  return Math.sign(left - right)
}
