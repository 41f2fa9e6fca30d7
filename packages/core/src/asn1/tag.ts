import { Asn1Error } from './errors.js'

/**
 * An identifier as one number: the leading octet, plus 256 times the tag number where that does not fit into the octet
 * (X.690 section 8.1.2.4). So every identifier of a usual structure is its own octet.
 */
export type Identifier = number

/** The bit of the leading octet that says "constructed" (X.690 section 8.1.2.5). @internal */
export const constructedBit = 0x20

const maxTagNumber = 0x0fffffff

/** @internal */
export const universal = (number: number, constructed = false): Identifier =>
  (number < 31 ? number : number * 256 + 0x1f) + (constructed ? constructedBit : 0)

/** The class of a tag (X.680 section 8.1), but for UNIVERSAL, which belongs to ASN.1 itself. */
export type TagClass = 'context' | 'application' | 'private'

const classBits: Readonly<Record<TagClass, number>> = { application: 0x40, context: 0x80, private: 0xc0 }

/** The identifier of a tag of any number up to 2^28 - 1. @internal */
export function tagOf(number: number, tagClass: TagClass, constructed: boolean): Identifier {
  if (!Number.isInteger(number) || number < 0 || number > maxTagNumber) {
    throw new Asn1Error({ kind: 'schema', expected: 'a tag number from 0 to 2^28 - 1', actual: `${number}` })
  }
  const leading = classBits[tagClass] | (constructed ? constructedBit : 0)
  return number < 31 ? leading | number : number * 256 + (leading | 0x1f)
}

/** @internal */
export const isConstructed = (identifier: Identifier): boolean => (identifier & constructedBit) !== 0

/** The same tag with or without the constructed bit. @internal */
export const asPrimitive = (identifier: Identifier): Identifier =>
  isConstructed(identifier) ? identifier - constructedBit : identifier

/** By tag number, X.680 table 1. */
const universalNames: readonly string[] = (
  'END-OF-CONTENTS,BOOLEAN,INTEGER,BIT STRING,OCTET STRING,NULL,OBJECT IDENTIFIER,ObjectDescriptor,EXTERNAL,REAL,' +
  'ENUMERATED,EMBEDDED PDV,UTF8String,RELATIVE-OID,TIME,UNIVERSAL 15,SEQUENCE,SET,NumericString,PrintableString,' +
  'TeletexString,VideotexString,IA5String,UTCTime,GeneralizedTime,GraphicString,VisibleString,GeneralString,' +
  'UniversalString,CHARACTER STRING,BMPString,DATE,TIME-OF-DAY,DATE-TIME,DURATION,OID-IRI,RELATIVE-OID-IRI'
).split(',')

const classNames: readonly string[] = ['UNIVERSAL ', 'APPLICATION ', '', 'PRIVATE ']

/** The name of an identifier as ASN.1 writes it: `SEQUENCE`, `[0]`, `[APPLICATION 3]`. */
export function identifierName(identifier: Identifier): string {
  const leading = identifier & 0xff
  const number = identifier < 256 ? identifier & 0x1f : Math.floor(identifier / 256)
  const name = leading < 0x40 ? universalNames[number] : undefined
  return name ?? `[${classNames[leading >> 6]}${number}]`
}
