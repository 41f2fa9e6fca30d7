import { isIP } from 'node:net'
import { fromHex, toHex } from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'
import { formatIpAddress, parseIpAddress } from '@certwright/core/pkix'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('IP addresses', () => {
  it.each([
    ['192.0.2.1', 'c0000201'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
    ['2001:db8::1:0:0:1', '20010db8000000000001000000000001'],
    ['192.0.2.0/24', 'c0000200ffffff00'],
    ['0.0.0.0/0', '0000000000000000'],
    ['10.0.0.0/255.0.255.0', '0a000000ff00ff00'],
    ['2001:db8::/33', '20010db8000000000000000000000000ffffffff800000000000000000000000'],
    ['::1/128', `${'00'.repeat(15)}01${'ff'.repeat(16)}`],
  ])('%s goes both ways', (text, octets) => {
    expect(toHex(parseIpAddress(text))).toBe(octets)
    expect(formatIpAddress(fromHex(octets))).toBe(text)
  })

  it.each([
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['2001:DB8::A', '20010db800000000000000000000000a'],
  ])('reads %s', (text, octets) => {
    expect(toHex(parseIpAddress(text))).toBe(octets)
  })

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    ':1::',
    '::1%eth0',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '1.2.3.4/33',
    '::/129',
    '1.2.3.4/',
    '1.2.3.4/08',
    '1.2.3.4/8/8',
    '1.2.3.4/::',
    '/8',
  ])('refuses %j', (text) => {
    expect(() => parseIpAddress(text)).toThrow(CertwrightError)
  })

  it('agrees with node', () => {
    const piece = fc.constantFrom('0', '1', '00', '255', '256', 'ffff', '12345', ':', '::', '.', 'g', '%')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6(),
          fc.array(piece, { maxLength: 12 }).map((list) => list.join('')),
        ),
        (text) => {
          let length = 0
          try {
            length = parseIpAddress(text).length
          } catch {
            // refused
          }
          expect(length).toBe(text.includes('%') ? 0 : { 0: 0, 4: 4, 6: 16 }[isIP(text)])
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('is written as URLs write it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16, max: 1 }), (octets) => {
        expect(`[${formatIpAddress(octets)}]`).toBe(new URL(`http://[${formatIpAddress(octets)}]/`).hostname)
        expect(parseIpAddress(formatIpAddress(octets))).toEqual(octets)
      }),
    )
  })

  it.each([0, 3, 5, 15, 33])('refuses %i octets', (length) => {
    expect(() => formatIpAddress(new Uint8Array(length))).toThrow(CertwrightError)
  })
})
