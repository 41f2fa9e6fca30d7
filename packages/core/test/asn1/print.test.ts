import { concatBytes, objectIdentifier, octetString, printDer, sequenceOf, utf8String } from '@certwright/core/asn1'
import { oidName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { hex, tlv } from './support.js'

describe('printDer', () => {
  it('shows every kind of element with its offset', () => {
    const der = tlv(
      0x30,
      hex('02 01 05  01 01 ff  05 00  0a 01 02'),
      objectIdentifier.encode('2.5.4.3'),
      utf8String.encode('a"\n\u202e'),
      hex('17 0d 3230303130313030303030305a'),
      hex('04 03 02 01 07  04 02 ff ff  03 02 04 f0  03 04 00 02 01 09'),
      hex('80 01 41  a1 02 05 00  bf 28 02 05 00'),
    )
    expect(printDer(der, { nameOf: oidName })).toBe(
      [
        '     0  SEQUENCE, 75 octets',
        '     2    INTEGER 5',
        '     5    BOOLEAN true',
        '     8    NULL',
        '    10    ENUMERATED 02',
        '    13    OBJECT IDENTIFIER 2.5.4.3 (commonName)',
        '    18    UTF8String "a\\"\\n\\u{202e}"',
        '    26    UTCTime 2020-01-01T00:00:00.000Z',
        '    41    OCTET STRING, 3 octets, contains',
        '    43      INTEGER 7',
        '    46    OCTET STRING ffff',
        '    50    BIT STRING f0 (4 unused bits)',
        '    54    BIT STRING, 4 octets, contains',
        '    57      INTEGER 9',
        '    60    [0] 41',
        '    63    [1], 2 octets',
        '    65      NULL',
        '    67    [40], 2 octets',
        '    70      NULL',
      ]
        .join('\n')
        .replace('75 octets', `${der.length - 2} octets`),
    )
  })

  it('shows BER', () => {
    expect(printDer(hex('30 80 02 01 05 24 80 04 01 01 00 00 00 00'))).toBe(
      [
        '     0  SEQUENCE, indefinite length',
        '     2    INTEGER 5',
        '     5    OCTET STRING, indefinite length',
        '     7      OCTET STRING 01',
      ].join('\n'),
    )
  })

  it.each([
    [
      'bad content, and goes on',
      '30 06 0c 01 80 02 01 01',
      /0c|UTF8String 80\n +4 {2}!! .*value at offset 4.*\n +5 {4}INTEGER 1$/,
    ],
    ['a length beyond the end', '30 03 02 01 05 04 05 01', /INTEGER 5\n +5 {2}!! .*truncated at offset 5/],
    ['a length beyond the element', '30 04 02 03 01 01 00', /SEQUENCE, 4 octets\n +2 {2}!! .*overrun at offset 2/],
    ['a missing end of contents', '30 80 05 00', /NULL\n +4 {2}!! .*truncated at offset 4/],
    ['nothing at all', '', /^$/],
  ])('says where the first error is: %s', (_what, bytes, expected) => {
    expect(printDer(hex(bytes))).toMatch(expected)
  })

  it('ends a long tree', () => {
    const der = sequenceOf(octetString).encode(new Array(100).fill(hex('ff')))
    const lines = printDer(der, { maxLines: 10 }).split('\n')
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('... and more')
  })

  it('ends a deep tree', () => {
    let der = hex('0500')
    for (let level = 0; level < 100; level++) der = tlv(0x04, der)
    expect(printDer(der)).toMatch(/limit at offset/)
  })

  it('shortens long contents', () => {
    const text = printDer(
      concatBytes(octetString.encode(new Uint8Array(1000).fill(0xff)), utf8String.encode('x'.repeat(1000))),
    )
    expect(text).toMatch(/f\.\.\. 1000 octets\n.*x"\.\.\. 1000 characters$/)
    expect(text.length).toBeLessThan(500)
  })

  it('refuses what is over the limit', () => {
    expect(printDer(new Uint8Array(10), { maxSize: 9 })).toMatch(/limit at offset 0/)
  })
})
