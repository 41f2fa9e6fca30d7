import * as asn1 from '@certwright/core/asn1'
import { type FuzzTarget, refusedOr, schemaTarget } from './target.js'

const { explicit, fromHex, implicit, sequence } = asn1

/** Seeds of a schema by its values. */
const encoded = <T>(schema: asn1.Schema<T>, ...values: readonly T[]): FuzzTarget =>
  schemaTarget(
    schema,
    values.map((value) => schema.encode(value)),
  )

const openTypes = { '1.2.3': asn1.integer, '1.2.4': asn1.setOf(asn1.utf8String), '2.999': asn1.any }
const OpenSequence = sequence({
  type: asn1.objectIdentifier,
  value: asn1.openType('type', openTypes),
  rest: asn1.optional(asn1.boolean),
})
const OpenSet = sequence({
  type: asn1.utf8String,
  tagged: explicit(3, sequence({ type: asn1.objectIdentifier, value: asn1.openType('type', openTypes) })),
})

const OpenWithin = sequence({
  number: asn1.integer,
  tagged: asn1.optional(asn1.openType('number', { '5': asn1.utf8String }, (type) => explicit(0, type))),
  inString: asn1.openType('number', { '5': asn1.setOf(asn1.integer) }, asn1.octetStringOf),
})

/** Every type of one element, so that mutation goes from one to another. */
const AnyType = asn1.choice({
  boolean: asn1.boolean,
  integer: asn1.integer,
  bitString: asn1.bitString,
  octetString: asn1.octetString,
  null: asn1.nullValue,
  objectIdentifier: asn1.objectIdentifier,
  objectDescriptor: asn1.objectDescriptor,
  external: asn1.external,
  real: asn1.real,
  enumerated: asn1.enumerated({ zero: 0, large: 70_000 }),
  embeddedPdv: asn1.embeddedPdv,
  utf8String: asn1.utf8String,
  relative: asn1.relativeObjectIdentifier,
  isoTime: asn1.isoTime,
  numericString: asn1.numericString,
  printableString: asn1.printableString,
  teletexString: asn1.teletexString,
  videotexString: asn1.videotexString,
  ia5String: asn1.ia5String,
  utcTime: asn1.utcTime,
  generalizedTime: asn1.generalizedTime,
  graphicString: asn1.graphicString,
  visibleString: asn1.visibleString,
  generalString: asn1.generalString,
  universalString: asn1.universalString,
  characterString: asn1.characterString,
  bmpString: asn1.bmpString,
  date: asn1.date,
  timeOfDay: asn1.timeOfDay,
  dateTime: asn1.dateTime,
  duration: asn1.duration,
  oidIri: asn1.oidIri,
  relativeOidIri: asn1.relativeOidIri,
  small: implicit(0, asn1.smallInteger),
  named: implicit(1, asn1.namedBits(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])),
  inOctets: implicit(2, asn1.octetStringOf(asn1.integer)),
  inBits: implicit(3, asn1.bitStringOf(asn1.time)),
  set: implicit(
    4,
    asn1.set({ a: asn1.integer, b: asn1.optional(asn1.utf8String), c: asn1.defaulted(asn1.boolean, false) }),
  ),
  many: implicit(40, asn1.setOf(asn1.integerBytes, { min: 1, max: 4 })),
})
const Types = asn1.sequenceOf(AnyType)

const identification = { type: 'syntax', value: '1.2.3' } as const
const moment = new Date('2026-11-21T01:02:03Z')
const values: asn1.Infer<typeof Types> = [
  { type: 'boolean', value: true },
  { type: 'integer', value: -(2n ** 90n) },
  { type: 'bitString', value: { unusedBits: 3, bytes: fromHex('abf8') } },
  { type: 'octetString', value: fromHex('0500') },
  { type: 'null', value: null },
  { type: 'objectIdentifier', value: '2.25.340282366920938463463374607431768211455' },
  { type: 'objectDescriptor', value: 'd' },
  { type: 'external', value: { directReference: '1.2.3', encoding: { type: 'octetAligned', value: fromHex('01') } } },
  { type: 'real', value: -Math.PI },
  { type: 'enumerated', value: 'large' },
  { type: 'embeddedPdv', value: { identification, dataValue: fromHex('01') } },
  { type: 'utf8String', value: '\u{e9}\u{4e2d}\u{1f600}' },
  { type: 'relative', value: '8571.3.99999999999999999999' },
  { type: 'isoTime', value: '1985-W15-5' },
  { type: 'numericString', value: '12 3' },
  { type: 'printableString', value: "A'b" },
  { type: 'teletexString', value: '\u{e9}' },
  { type: 'videotexString', value: '\u{e9}' },
  { type: 'ia5String', value: 'a@b' },
  { type: 'utcTime', value: moment },
  { type: 'generalizedTime', value: new Date(moment.getTime() + 120) },
  { type: 'graphicString', value: 'g' },
  { type: 'visibleString', value: 'v' },
  { type: 'generalString', value: 'g' },
  { type: 'universalString', value: '\u{1f600}' },
  { type: 'characterString', value: { identification, stringValue: fromHex('41') } },
  { type: 'bmpString', value: '\u{4e2d}' },
  { type: 'date', value: '2026-11-21' },
  { type: 'timeOfDay', value: '01:02:03' },
  { type: 'dateTime', value: '2026-11-21T01:02:03' },
  { type: 'duration', value: 'P1Y2M3DT4H5.5S' },
  { type: 'oidIri', value: '/ISO/a.b' },
  { type: 'relativeOidIri', value: 'a/0' },
  { type: 'small', value: -129 },
  { type: 'named', value: new Set(['a', 'i'] as const) },
  { type: 'inOctets', value: 5n },
  { type: 'inBits', value: moment },
  { type: 'set', value: { a: 1n, b: 'x', c: true } },
  { type: 'many', value: [fromHex('05'), fromHex('00ff')] },
]

/** BER in every form: indefinite lengths, strings in pieces, lengths that are not minimal. */
const ber = fromHex(
  '3080248004010123 80030200ff0302040f00000000040203810107010101a080050000000000'.replaceAll(/\s/g, ''),
)

const maxTree = 4000

/** A tree has bounded lines, of bounded length, and says where the first error is exactly when it marks one. */
function printTarget(samples: readonly Uint8Array[]): FuzzTarget {
  return {
    seeds: samples,
    run: (input) => {
      for (const encoding of ['ber', 'der'] as const) {
        const lines = asn1.printDer(input, { encoding, maxLines: maxTree }).split('\n')
        if (lines.length > maxTree + 3) throw new Error('more lines than allowed')
        if (lines.some((line) => line.length > 6000)) throw new Error('a line is too long')
        const marked = lines.some((line) => /^ *\d+ +!! /.test(line))
        if (marked !== (lines.at(-1)?.startsWith('first error at offset ') === true)) {
          throw new Error('the last line and the marks disagree')
        }
      }
    },
  }
}

/** What DER accepts has nothing to mark; what is marked as DER, the decoder of any structure refuses or does not look at. */
const printAgrees: FuzzTarget = {
  seeds: [Types.encode(values)],
  run: (input) => {
    const tree = asn1.printDer(input, { encoding: 'der' })
    if (refusedOr(() => Types.decode(input)) === undefined) return
    // A string may hold anything, and a tag in place of the type's own hides it.
    const inStrings = /contains$/m.test(tree)
    if (tree.includes('!!') && !inStrings) throw new Error('DER that decodes is marked as faulty')
  },
}

/** The decoders of core/asn1. */
export const asn1Targets = (messages: readonly Uint8Array[]): Readonly<Record<string, FuzzTarget>> => ({
  'asn1-types': encoded(Types, values),
  'asn1-ber': { seeds: [ber], run: (input) => void refusedOr(() => Types.decode(input, { encoding: 'ber' })) },
  'open-type': {
    seeds: [
      OpenSequence.encode({ type: '1.2.3', value: { type: '1.2.3', value: 5n }, rest: true }),
      OpenSequence.encode({ type: '1.2.4', value: { type: '1.2.4', value: ['a', 'b'] } }),
      OpenSequence.encode({ type: '1.2.5', value: { type: undefined, value: fromHex('0500') } }),
      OpenWithin.encode({
        number: 5n,
        tagged: { type: '5', value: 'x' },
        inString: { type: '5', value: [1n, 2n] },
      }),
      OpenWithin.encode({ number: 6n, inString: { type: undefined, value: fromHex('0500') } }),
      OpenSet.encode({ type: '1.2.3', tagged: { type: '1.2.3', value: { type: '1.2.3', value: 5n } } }),
    ],
    run: (input) => {
      schemaTarget(OpenSequence, []).run(input)
      schemaTarget(OpenSet, []).run(input)
      schemaTarget(OpenWithin, []).run(input)
    },
  },
  real: encoded(asn1.real, 0, -0, 1, -Math.PI, 2 ** 900, Number.MIN_VALUE, Number.MAX_VALUE, Infinity, -Infinity, NaN),
  'object-identifier': encoded(asn1.objectIdentifier, '1.2.840.113549', '2.25.340282366920938463463374607431768211455'),
  'relative-object-identifier': encoded(asn1.relativeObjectIdentifier, '8571.3.2', '0', '99999999999999999999999.1'),
  external: encoded(asn1.external, {
    directReference: '1.2.3',
    indirectReference: 5n,
    dataValueDescriptor: 'd',
    encoding: { type: 'singleASN1Type', value: fromHex('0500') },
  }),
  'iso-time': {
    seeds: values.flatMap((value) =>
      ['isoTime', 'date', 'timeOfDay', 'dateTime', 'duration', 'oidIri', 'relativeOidIri'].includes(value.type)
        ? [AnyType.encode(value)]
        : [],
    ),
    run: schemaTarget(AnyType, []).run,
  },
  print: printTarget([...messages, Types.encode(values), ber]),
  'print-agrees': printAgrees,
})
