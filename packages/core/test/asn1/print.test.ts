import { concatBytes, objectIdentifier, octetString, printDer, sequenceOf, utf8String } from '@certwright/core/asn1'
import { oidName } from '@certwright/core/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyExtension, keyTypes, openWorkspace, type Workspace } from '../x509/openssl.js'
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
        '    10    ENUMERATED 2',
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
      [
        '     0  SEQUENCE, 6 octets',
        '     2    UTF8String 80',
        '     4    !! expected the characters of UTF8String, found others (value at offset 4)',
        '     5    INTEGER 1',
        'first error at offset 4',
      ],
    ],
    [
      'a length beyond the end: what is inside is shown all the same',
      '30 0a a1 08 02 01 05 04 03 01',
      [
        '     0  SEQUENCE, 10 octets of which 8 are there',
        '     0  !! expected 10 content octets, found 8 (truncated at offset 0)',
        '     2    [1], 8 octets of which 6 are there',
        '     4      INTEGER 5',
        '     7      OCTET STRING 01, 3 octets of which 1 are there',
        'first error at offset 0',
      ],
    ],
    [
      'a length beyond the element, which ends with it',
      '30 09 30 04 02 03 01 01 01 01 ff',
      [
        '     0  SEQUENCE, 9 octets',
        '     2    SEQUENCE, 4 octets',
        '     4      INTEGER 0101, 3 octets of which 2 are there',
        '     4      !! expected at most 2 content octets, found 3 (overrun at offset 4)',
        '     8    BOOLEAN true',
        'first error at offset 4',
      ],
    ],
    [
      'a length beyond an element that is cut off itself',
      '30 05 30 0a 05 00',
      [
        '     0  SEQUENCE, 5 octets of which 4 are there',
        '     0  !! expected 5 content octets, found 4 (truncated at offset 0)',
        '     2    SEQUENCE, 10 octets of which 2 are there',
        '     2    !! expected 10 content octets, found 2 (truncated at offset 2)',
        '     4      NULL',
        'first error at offset 0',
      ],
    ],
    [
      'a header that cannot be read, and goes on after the element around it',
      '30 07 30 03 05 ff 00 02 00',
      [
        '     0  SEQUENCE, 7 octets',
        '     2    SEQUENCE, 3 octets',
        '     4      octets 05ff00',
        '     5      !! expected a length of at most 4 octets, found 127 octets (length at offset 5)',
        '     7    INTEGER',
        '     9    !! expected at least one octet, found none (value at offset 9)',
        'first error at offset 5',
      ],
    ],
    [
      'a fault in an element in a string',
      '04 07 30 05 0c 01 80 05 00',
      [
        '     0  OCTET STRING, 7 octets, contains',
        '     2    SEQUENCE, 5 octets',
        '     4      UTF8String 80',
        '     6      !! expected the characters of UTF8String, found others (value at offset 6)',
        '     7      NULL',
        'first error at offset 6',
      ],
    ],
    [
      'an element in a string that is longer than the string',
      '04 07 30 05 05 00 0c 05 80',
      [
        '     0  OCTET STRING, 7 octets, contains',
        '     2    SEQUENCE, 5 octets',
        '     4      NULL',
        '     6      UTF8String 80, 5 octets of which 1 are there',
        '     6      !! expected 5 content octets, found 1 (truncated at offset 6)',
        'first error at offset 6',
      ],
    ],
    [
      'a header that is cut off with what is around it',
      '30 07 02 01 05 04',
      [
        '     0  SEQUENCE, 7 octets of which 4 are there',
        '     0  !! expected 7 content octets, found 4 (truncated at offset 0)',
        '     2    INTEGER 5',
        '     5    octets 04',
        'first error at offset 0',
      ],
    ],
    [
      'a string that is cut off with the element in it',
      '03 08 00 30 05 02 01 05',
      [
        '     0  BIT STRING, 8 octets of which 6 are there, contains',
        '     0  !! expected 8 content octets, found 6 (truncated at offset 0)',
        '     3    SEQUENCE, 5 octets of which 3 are there',
        '     5      INTEGER 5',
        'first error at offset 0',
      ],
    ],
    [
      'a missing end of contents',
      '30 80 05 00',
      [
        '     0  SEQUENCE, indefinite length',
        '     2    NULL',
        '     4    !! expected the end-of-contents octets, found the end (truncated at offset 4)',
        'first error at offset 4',
      ],
    ],
    [
      'an indefinite length under a long tag, and of a primitive',
      'bf 28 80 04 80',
      [
        '     0  [40], indefinite length',
        '     3    octets 0480',
        '     4    !! expected a definite length, found an indefinite length (length at offset 4)',
        '     5    !! expected the end-of-contents octets, found the end (truncated at offset 5)',
        'first error at offset 4',
      ],
    ],
    [
      'a type in the wrong form',
      '22 03 01 01 ff  10 00',
      [
        '     0  INTEGER, 3 octets',
        '     0  !! expected a primitive INTEGER, found the opposite (constructed at offset 0)',
        '     2    BOOLEAN true',
        '     5  SEQUENCE',
        '     5  !! expected a constructed SEQUENCE, found the opposite (constructed at offset 5)',
        'first error at offset 0',
      ],
    ],
    [
      'zeros at the end',
      '05 00 00 00 00',
      [
        '     0  NULL',
        '     2  octets 000000',
        '     2  !! expected an element, found the reserved tag 0 (tag at offset 2)',
        'first error at offset 2',
      ],
    ],
    ['nothing at all', '', ['']],
  ])('says where the first error is: %s', (_what, bytes, expected) => {
    expect(printDer(hex(bytes)).split('\n')).toEqual(expected)
  })

  it('marks what DER does not allow when it is told to', () => {
    const ber = '30 80 02 81 01 05 24 80 04 01 01 00 00 01 01 01 17 0b 323631313231313233345a 00 00'
    const tree = printDer(hex(ber))
    expect(tree).not.toContain('!!')
    const marked = printDer(hex(ber), { encoding: 'der' })
    expect(marked.match(/\((.*?) at offset \d+\)/g)).toEqual([
      '(length at offset 1)',
      '(non-minimal at offset 3)',
      '(constructed at offset 6)',
      '(length at offset 7)',
      '(value at offset 15)',
      '(value at offset 18)',
    ])
    expect(marked.replaceAll(/\n.*!!.*|\nfirst error.*/g, '').replace('BOOLEAN 01', 'BOOLEAN true')).toBe(tree)
  })

  it('shows values of every universal type', () => {
    const lines = printDer(
      concatBytes(
        hex('02 08 7fffffffffffffff  02 09 00ffffffffffffffff  0a 01 ff  0d 02 8837'),
        hex('09 03 80 01 05  09 03 01 35 2e  1f1f 08 3230323631313231  1f22 02 3159  1f23 04 2f49534f'),
        hex(
          '17 0b 323631313231313233345a  18 0a 32303236313132313132  82 03 612e62  80 04 00000001  2b 04 a0 02 85 00',
        ),
      ),
    ).split('\n')
    expect(lines.map((line) => line.slice(8))).toEqual([
      'INTEGER 9223372036854775807',
      'INTEGER 00ffffffffffffffff',
      'ENUMERATED -1',
      'RELATIVE-OID 1079',
      'REAL 10',
      'REAL 01352e',
      'DATE "2026-11-21"',
      'DURATION "P1Y"',
      'OID-IRI "/ISO"',
      'UTCTime "2611211234Z"',
      'GeneralizedTime "2026112112"',
      '[2] "a.b"',
      '[0] 00000001',
      'EMBEDDED PDV, 4 octets',
      '  [0], 2 octets',
      '    [5]',
    ])
  })

  it('marks an integer of more octets than needed, however long', () => {
    expect(printDer(hex('02 09 00 7f00000000000000'))).toMatch(/INTEGER 007f00000000000000\n +2 {2}!! .*non-minimal/)
  })

  it('ends a long tree', () => {
    const der = sequenceOf(octetString).encode(new Array(100).fill(hex('ff')))
    const lines = printDer(der, { maxLines: 10 }).split('\n')
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('... and more')
  })

  it('ends a deep tree, and goes on after it', () => {
    let der = hex('0500')
    for (let level = 0; level < 100; level++) der = tlv(0x30, der)
    const lines = printDer(concatBytes(der, hex('010100'))).split('\n')
    expect(lines).toHaveLength(65 + 1 + 1 + 1)
    expect(lines.at(-3)).toMatch(/!! expected at most 64 nested elements/)
    expect(lines.at(-2)).toMatch(/^ *\d+ {2}BOOLEAN false$/)
  })

  it('opens strings in strings as deep as elements', () => {
    let der = hex('0500')
    for (let level = 0; level < 100; level++) der = tlv(0x04, der)
    expect(printDer(der).split('\n')).toHaveLength(65)
  })

  it('does not open a string for what is nested deeper than elements may be', () => {
    let der = hex('0500')
    for (let level = 0; level < 60; level++) der = tlv(0xa0, der)
    expect(printDer(tlv(0x04, der)).split('\n')).toHaveLength(62)
    for (let level = 0; level < 10; level++) der = tlv(0xa0, der)
    expect(printDer(tlv(0x04, der))).toMatch(/^ +0 {2}OCTET STRING a0[0-9a-f]+\.\.\. \d+ octets$/)
  })

  it('ends when the elements are used up', () => {
    const text = printDer(sequenceOf(octetString).encode(new Array(100).fill(hex('ff'))), { maxElements: 10 })
    expect(text).toMatch(/limit at offset \d+\)\nfirst error at offset \d+$/)
    expect(text.split('\n')).toHaveLength(10 + 2)
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

  describe('beside openssl asn1parse', () => {
    /** The offset and the depth of each element in what openssl prints. */
    const parsed = (text: string): readonly string[] =>
      [...text.matchAll(/^ *(\d+):d=(\d+) /gm)].map(([, offset, depth]) => `${offset} ${depth}`)
    const printed = (text: string): readonly string[] =>
      [...text.matchAll(/^ *(\d+) {2}((?: {2})*)(?!!!)\S/gm)].map(
        ([, offset, spaces = '']) => `${offset} ${spaces.length / 2}`,
      )

    let der: Uint8Array
    let work: Workspace
    beforeAll(() => {
      work = openWorkspace()
      work.write('every.cnf', everyExtension)
      work.openssl('genpkey', ...(keyTypes['P-256'] ?? []), '-out', 'k.pem')
      const output = ['-outform', 'DER', '-out', 'c.der']
      work.openssl('req', '-new', '-x509', '-config', 'every.cnf', '-key', 'k.pem', ...output)
      der = work.read('c.der')
    })
    afterAll(() => work.remove())

    it('shows every element that openssl shows, and those in strings', () => {
      const theirs = parsed(work.openssl('asn1parse', '-inform', 'DER', '-in', 'c.der'))
      const ours = printed(printDer(der))
      expect(theirs.length).toBeGreaterThan(100)
      expect(ours).toEqual(expect.arrayContaining([...theirs]))
      expect(ours.length).toBeGreaterThan(theirs.length)
      expect(printDer(der, { encoding: 'der' })).toBe(printDer(der))
      expect(printDer(der)).not.toContain('!!')
    })

    it('shows all of it again that is there when the end is missing', () => {
      const whole = printDer(der).split('\n')
      for (let length = 4; length < der.length; length++) {
        const text = printDer(der.subarray(0, length))
        const ours = new Set(printed(text))
        // An element needs its header and, when it is in a string and no SEQUENCE, that string.
        const missing = printed(whole.join('\n')).filter(
          (line) => Number.parseInt(line, 10) + 4 <= length && !ours.has(line),
        )
        expect(missing.length, `${length}: ${missing}`).toBeLessThanOrEqual(1)
        expect(text, `${length}`).toMatch(/\nfirst error at offset 0$/)
      }
    })

    it('shows what comes after any damage, where openssl gives up', () => {
      const last = printed(printDer(der)).at(-1) ?? ''
      for (let index = 8; index < der.length - 90; index += 3) {
        const damaged = Uint8Array.from(der)
        damaged[index] = 0xff
        expect(printed(printDer(damaged)), `${index}`).toContain(last)
      }
    })
  })
})
