import {
  any,
  bitString,
  bitStringOf,
  bmpString,
  boolean,
  choice,
  defaulted,
  enumerated,
  explicit,
  generalizedTime,
  ia5String,
  implicit,
  integer,
  integerBytes,
  namedBits,
  nullValue,
  numericString,
  objectIdentifier,
  octetString,
  octetStringOf,
  optional,
  printableString,
  real,
  relativeObjectIdentifier,
  sequence,
  sequenceOf,
  set,
  setOf,
  smallInteger,
  time,
  universalString,
  utcTime,
  utf8String,
  visibleString,
} from '@certwright/core/asn1'
import { describe, expect, it } from 'vitest'
import { failure, hex, type Malformed } from './support.js'

const pair = sequence({ first: integer, second: optional(boolean) })
const flags = sequence({ flag: defaulted(boolean, false), count: defaulted(explicit(0, smallInteger), 7) })
const bits = namedBits(['a', 'b', 'c'])
const either = choice({ number: integer, inner: explicit(1, sequenceOf(integer)) })
const person = set({ age: integer, name: utf8String, flag: defaulted(implicit(0, boolean), true) })

const text = (ascii: string): string => [...ascii].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
const utc = (ascii: string): string => `17 ${ascii.length.toString(16).padStart(2, '0')} ${text(ascii)}`
const general = (ascii: string): string => `18 ${ascii.length.toString(16).padStart(2, '0')} ${text(ascii)}`

const row = (
  what: string,
  schema: Malformed['schema'],
  der: string,
  kind: Malformed['kind'],
  offset: number,
  path: readonly string[] = [],
): Malformed => ({ what, schema, der, kind, offset, path })

const table: readonly Malformed[] = [
  // Headers
  row('empty input', any, '', 'truncated', 0),
  row('a tag alone', any, '30', 'truncated', 0),
  row('a tag of several octets without end', any, '1f ff', 'truncated', 0),
  row('a tag of several octets without length', any, '1f 1f', 'truncated', 0),
  row('a length without its octets', any, '04 82 01', 'truncated', 1),
  row('content shorter than the length', octetString, '04 03 01 02', 'truncated', 0),
  row('a length of 2^31', octetString, '04 84 80 00 00 00', 'truncated', 0),
  row('a length of five octets', octetString, '04 85 00 00 00 00 01', 'length', 1),
  row('the reserved length FF', octetString, '04 ff 00', 'length', 1),
  row('an indefinite length', sequenceOf(integer), '30 80 02 01 01 00 00', 'length', 1),
  row('a long form for 127', octetString, `04 81 7f ${'00'.repeat(127)}`, 'non-minimal', 1),
  row('a length with a leading zero', octetString, `04 82 00 80 ${'00'.repeat(128)}`, 'non-minimal', 1),
  row('octets after the end', nullValue, '05 00 00', 'trailing', 2),
  row('the tag 0', any, '00 00', 'tag', 0),
  row('a short tag in long form', any, '1f 1e 00', 'non-minimal', 0),
  row('a long tag with a leading zero', any, '1f 80 1f 00', 'non-minimal', 0),
  row('a tag number of 2^28', any, '1f 81 80 80 80 00 00', 'tag', 0),
  // BOOLEAN, NULL
  row('another type', boolean, '02 01 00', 'tag', 0),
  row('a boolean of 01', boolean, '01 01 01', 'value', 2),
  row('an empty boolean', boolean, '01 00', 'value', 2),
  row('a boolean of two octets', boolean, '01 02 ff ff', 'value', 2),
  row('a constructed boolean', boolean, '21 03 01 01 ff', 'tag', 0),
  row('a NULL with content', nullValue, '05 01 00', 'value', 2),
  // INTEGER, ENUMERATED
  row('an empty integer', integer, '02 00', 'value', 2),
  row('a spare leading zero', integer, '02 02 00 7f', 'non-minimal', 2),
  row('a spare leading FF', integer, '02 02 ff 80', 'non-minimal', 2),
  row('a spare octet in raw form', integerBytes, '02 02 00 01', 'non-minimal', 2),
  row('2^53', smallInteger, '02 07 20 00 00 00 00 00 00', 'limit', 2),
  row('eight octets', smallInteger, '02 08 01 00 00 00 00 00 00 00', 'limit', 2),
  row('a number without a name', enumerated({ zero: 0 }), '0a 01 01', 'value', 2),
  // BIT STRING
  row('no count of unused bits', bitString, '03 00', 'value', 2),
  row('eight unused bits', bitString, '03 02 08 00', 'value', 2),
  row('unused bits in nothing', bitString, '03 01 01', 'value', 2),
  row('unused bits that are 1', bitString, '03 02 04 0f', 'value', 3),
  row('a bit string in pieces', bitString, '23 04 03 02 00 01', 'constructed', 2),
  row('trailing zero bits in a named list', bits, '03 02 06 80', 'value', 3),
  row('a named list of zero bits only', bits, '03 02 07 00', 'value', 3),
  row('a bit without a name', bits, '03 02 04 10', 'value', 3),
  row('an element in a bit string with unused bits', bitStringOf(integer), '03 04 01 02 01 00', 'value', 2),
  row('octets after the element in a bit string', bitStringOf(integer), '03 05 00 02 01 01 00', 'trailing', 6),
  // OCTET STRING
  row('an octet string in pieces', octetString, '24 03 04 01 01', 'constructed', 2),
  row('nothing where an element belongs', octetStringOf(integer), '04 00', 'truncated', 2),
  row('octets after the element', octetStringOf(integer), '04 04 02 01 01 00', 'trailing', 5),
  row(
    'an element longer than its string',
    sequence({ a: octetStringOf(integer), b: integer }),
    '30 08 04 03 02 02 01 02 01 01',
    'overrun',
    4,
    ['a'],
  ),
  // OBJECT IDENTIFIER
  row('an empty identifier', objectIdentifier, '06 00', 'value', 2),
  row('an arc with a leading zero', objectIdentifier, '06 03 2a 80 01', 'non-minimal', 3),
  row('an arc without end', objectIdentifier, '06 02 2a 81', 'value', 3),
  row('an arc of 65 octets', objectIdentifier, `06 42 2a ${'ff'.repeat(64)} 01`, 'limit', 3),
  row('a relative identifier without arcs', relativeObjectIdentifier, '0d 00', 'value', 2),
  row('a relative identifier with a leading zero', relativeObjectIdentifier, '0d 02 80 01', 'non-minimal', 2),
  // REAL
  row('a decimal REAL', real, '09 03 01 31 45', 'value', 2),
  row('a REAL with base 8', real, '09 03 90 00 01', 'value', 2),
  row('a REAL with an exponent of three octets', real, '09 05 82 01 00 00 01', 'value', 2),
  row('a REAL without mantissa', real, '09 02 80 00', 'value', 2),
  row('a REAL with an even mantissa', real, '09 03 80 00 02', 'non-minimal', 4),
  row('a REAL with a spare zero', real, '09 04 80 00 00 01', 'non-minimal', 4),
  row('a REAL with a spare exponent octet', real, '09 04 81 00 01 01', 'non-minimal', 3),
  row('a REAL beyond double precision', real, '09 04 81 04 00 01', 'limit', 2),
  row('a REAL with 54 bits', real, '09 09 80 00 20 00 00 00 00 00 01', 'limit', 2),
  row('a REAL too small', real, '09 04 81 fb cd 01', 'limit', 2),
  row('a plus infinity with content', real, '09 02 40 00', 'value', 2),
  // Strings
  row('a lone continuation octet', utf8String, '0c 01 80', 'value', 2),
  row('an overlong slash', utf8String, '0c 02 c0 af', 'value', 2),
  row('a surrogate in UTF-8', utf8String, '0c 03 ed a0 80', 'value', 2),
  row('a code point above 10FFFF', utf8String, '0c 04 f4 90 80 80', 'value', 2),
  row('an underscore in PrintableString', printableString, '13 01 5f', 'value', 2),
  row('an asterisk in PrintableString', printableString, '13 01 2a', 'value', 2),
  row('a letter in NumericString', numericString, '12 01 41', 'value', 2),
  row('80 in IA5String', ia5String, '16 01 80', 'value', 2),
  row('a control in VisibleString', visibleString, '1a 01 0a', 'value', 2),
  row('an odd BMPString', bmpString, '1e 01 41', 'value', 2),
  row('a surrogate in BMPString', bmpString, '1e 02 d8 00', 'value', 2),
  row('three octets of UniversalString', universalString, '1c 03 00 00 41', 'value', 2),
  row('a UniversalString above 10FFFF', universalString, '1c 04 00 11 00 00', 'value', 2),
  row('a string in pieces', utf8String, '2c 03 04 01 41', 'constructed', 2),
  // Times
  row('UTCTime without seconds', utcTime, utc('2001010000Z'), 'value', 2),
  row('UTCTime with an offset', utcTime, utc('200101000000+0100'), 'value', 2),
  row('UTCTime without Z', utcTime, utc('2001010000000'), 'value', 2),
  row('month 13', utcTime, utc('201301000000Z'), 'value', 4),
  row('month 0', utcTime, utc('200001000000Z'), 'value', 4),
  row('30 February', utcTime, utc('200230000000Z'), 'value', 4),
  row('29 February of a common year', utcTime, utc('210229000000Z'), 'value', 4),
  row('29 February 1900', generalizedTime, general('19000229000000Z'), 'value', 6),
  row('hour 24', utcTime, utc('200101240000Z'), 'value', 4),
  row('second 60', utcTime, utc('161231235960Z'), 'value', 4),
  row('a letter for a digit', utcTime, utc('20O101000000Z'), 'value', 4),
  row('a fraction with a last zero', generalizedTime, general('20200101000000.10Z'), 'value', 18),
  row('a fraction of zero', generalizedTime, general('20200101000000.0Z'), 'value', 17),
  row('a point without a fraction', generalizedTime, general('20200101000000.Z'), 'value', 16),
  row('a comma for a point', generalizedTime, general('20200101000000,5Z'), 'value', 16),
  row('a fraction of four digits', generalizedTime, general('20200101000000.1234Z'), 'limit', 17),
  row('GeneralizedTime without Z', generalizedTime, general('20200101000000'), 'value', 2),
  row('GeneralizedTime without seconds', generalizedTime, general('202001010000Z'), 'value', 2),
  row('a fraction in Time', time, general('20500101000000.5Z'), 'value', 2),
  // SEQUENCE, SET, CHOICE
  row('a missing field', pair, '30 00', 'missing', 2, ['first']),
  row('another type in a field', pair, '30 03 01 01 ff', 'tag', 2, ['first']),
  row('a field too many', pair, '30 09 02 01 01 01 01 ff 02 01 01', 'trailing', 8),
  row('a field longer than the sequence', pair, '30 03 02 02 01', 'truncated', 2, ['first']),
  row(
    'a field longer than the sequence, not the input',
    sequenceOf(pair),
    '30 08 30 03 02 02 01 30 01 05',
    'overrun',
    4,
    ['0', 'first'],
  ),
  row('a primitive sequence', pair, '10 03 02 01 01', 'tag', 0),
  row('a present DEFAULT', flags, '30 03 01 01 00', 'default', 2, ['flag']),
  row('a present tagged DEFAULT', flags, '30 05 a0 03 02 01 07', 'default', 2, ['count']),
  row('elements of a SET OF out of order', setOf(integer), '31 06 02 01 02 02 01 01', 'order', 5, ['1']),
  row('a longer before a shorter element of a SET OF', setOf(octetString), '31 07 04 02 00 00 04 01 ff', 'order', 6, [
    '1',
  ]),
  row('too few elements', sequenceOf(integer, { min: 1 }), '30 00', 'value', 0),
  row('too many elements', sequenceOf(integer, { max: 1 }), '30 06 02 01 01 02 01 01', 'value', 0),
  row('a fault in an element', sequenceOf(sequenceOf(integer)), '30 07 30 00 30 03 01 01 ff', 'tag', 6, ['1', '0']),
  row('fields of a SET out of order', person, '31 06 0c 01 41 02 01 01', 'order', 5),
  row('a field of a SET twice', person, '31 06 02 01 01 02 01 02', 'duplicate', 5),
  row('an unknown field of a SET', person, '31 06 01 01 ff 02 01 01', 'tag', 2),
  row('a missing field of a SET', person, '31 03 02 01 01', 'missing', 5, ['name']),
  row('a DEFAULT in a SET', person, '31 09 02 01 01 0c 01 41 80 01 ff', 'default', 8, ['flag']),
  row('no alternative', either, '01 01 ff', 'tag', 0),
  row('a fault in an alternative', either, 'a1 05 30 03 01 01 ff', 'tag', 4, ['inner', '0']),
  row('two elements in an explicit tag', explicit(0, integer), 'a0 06 02 01 01 02 01 01', 'trailing', 5),
  row('none in an explicit tag', explicit(0, integer), 'a0 00', 'truncated', 2),
  row('a primitive explicit tag', explicit(0, integer), '80 03 02 01 01', 'tag', 0),
  row('another implicit tag', implicit(0, integer), '02 01 01', 'tag', 0),
  row('a constructed implicit integer', implicit(0, integer), 'a0 01 01', 'tag', 0),
]

describe('malformed input', () => {
  it.each(table)('refuses $what', ({ schema, der, kind, offset, path }) => {
    expect(failure(schema, hex(der))).toEqual({ kind, offset, path })
  })

  it('says what was expected and found, and where', () => {
    const schema = sequence({ list: sequenceOf(pair) })
    expect(() => schema.decode(hex('30 0a 30 08 30 06 02 01 01 01 01 05'))).toThrow(
      'list.0.second: expected the octet 00 or FF, found another octet (value at offset 11)',
    )
  })

  it('refuses every truncation of a message', () => {
    const der = flags.encode({ flag: true, count: 8 })
    for (let length = 0; length < der.length; length++) {
      expect(failure(flags, der.subarray(0, length)).kind, `${length} octets`).toBe('truncated')
    }
  })
})
