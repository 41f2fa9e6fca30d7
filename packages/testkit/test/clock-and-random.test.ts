import { toHex } from '@certwright/core/asn1'
import { fixedClock, seededRandom } from '@certwright/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('fixedClock', () => {
  test('stands still, moves when told, and gives a fresh date each time', () => {
    const clock = fixedClock(new Date(1000))
    clock.now().setTime(0)
    expect(clock.now()).toEqual(new Date(1000))
    clock.advance(500)
    clock.advance(-1)
    expect(clock.now()).toEqual(new Date(1499))
    clock.set(new Date(7))
    expect(clock.now()).toEqual(new Date(7))
  })
})

describe('seededRandom', () => {
  test('the same seed gives the same octets for ever', () => {
    expect(toHex(seededRandom('certwright').bytes(16))).toBe('4e0a3693d0924741852bcb3d464c292f')
  })
  test('another seed gives others', () => {
    const seeds = ['a', 'b', 1, '1', '']
    expect(new Set(seeds.map((seed) => toHex(seededRandom(seed).bytes(16)))).size).toBe(seeds.length)
  })
  test('how the octets are drawn makes no difference', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 10 }), (lengths) => {
        const random = seededRandom(1)
        const parts = lengths.map((length) => toHex(random.bytes(length)))
        const total = lengths.reduce((sum, length) => sum + length, 0)
        expect(parts.join('')).toBe(toHex(seededRandom(1).bytes(total)))
      }),
    )
  })
  test('what was given out may be written to', () => {
    const random = seededRandom(1)
    random.bytes(40).fill(0)
    expect(random.bytes(20)).toEqual(seededRandom(1).bytes(60).slice(40))
  })
})
