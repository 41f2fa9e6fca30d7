import {
  compareBytes,
  concatBytes,
  decodeBase64,
  encodeBase64,
  equalBytes,
  fromHex,
  toHex,
} from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('hexadecimal', () => {
  it('agrees with Buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
        expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes)
      }),
    )
  })

  it.each(['0', '0g', ' 00', '0x00', '٠٠'])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(CertwrightError)
  })
})

describe('base64', () => {
  it('agrees with Buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000, size: 'max' }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(encodeBase64(bytes)).toBe(text)
        expect(decodeBase64(text)).toEqual(bytes)
      }),
    )
  })

  it.each([
    'A',
    'AA',
    'AAA',
    'AA=',
    'AAA==',
    'AA===',
    '=',
    'AB==',
    'AAB=',
    'AA==AA==',
    'AA-_',
    'AA\n==',
    'AAAA\n',
    'é===',
  ])('refuses %j', (text) => {
    expect(() => decodeBase64(text)).toThrow(CertwrightError)
  })

  it.each([
    ['AQ', [1]],
    ['A Q\r\n=\t=', [1]],
    ['AR==', [1]],
    ['AQI', [1, 2]],
    ['', []],
    [' \n', []],
  ])('reads %j when lenient', (text, bytes) => {
    expect([...decodeBase64(text, { lenient: true })]).toEqual(bytes)
  })

  it.each(['A', 'AQ=', 'A===', 'AQ==AQ==', 'AQ*='])('refuses %j even when lenient', (text) => {
    expect(() => decodeBase64(text, { lenient: true })).toThrow(CertwrightError)
  })
})

describe('byte strings', () => {
  it('compare like Buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4, max: 2 }), fc.uint8Array({ maxLength: 4, max: 2 }), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
        expect(concatBytes(a, b)).toEqual(new Uint8Array([...a, ...b]))
      }),
    )
  })
})
