import {
  any,
  type BitString,
  bitString,
  bmpString,
  boolean,
  fromHex,
  ia5String,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  printableString,
  sequenceOf,
  utf8String,
} from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'

type RawExtension = NonNullable<ProfileConfig['extensions']>[number]

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(/[\s:]/g, '').toLowerCase())

/** The bits of hexadecimal octets without the zero bits at the end (X.690 section 11.2.2). */
function bitsOf(bytes: Uint8Array): BitString {
  const length = bytes.findLastIndex((octet) => octet !== 0) + 1
  const last = bytes[length - 1] ?? 0
  return { unusedBits: last === 0 ? 0 : 31 - Math.clz32(last & -last), bytes: bytes.subarray(0, length) }
}

/** Whole numbers in decimal, as many digits as a serial number may have. */
function wholeNumber(text: string): bigint {
  if (!/^-?\d{1,80}$/.test(text)) throw new CertwrightError('asn1', 'the value is not a whole number')
  return BigInt(text)
}

function truth(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new CertwrightError('asn1', 'the value is neither true nor false')
  return text === 'true'
}

const encoders: Readonly<Record<RawExtension['encoding'], (text: string) => Uint8Array>> = {
  der: (text) => any.encode(any.decode(hex(text))),
  utf8: (text) => utf8String.encode(text),
  ia5: (text) => ia5String.encode(text),
  printable: (text) => printableString.encode(text),
  bmp: (text) => bmpString.encode(text),
  'octet-string': (text) => octetString.encode(hex(text)),
  'bit-string': (text) => bitString.encode(bitsOf(hex(text))),
  oid: (text) => objectIdentifier.encode(text),
  'oid-list': (text) => sequenceOf(objectIdentifier, { min: 1 }).encode(text.split(',').map((oid) => oid.trim())),
  integer: (text) => integer.encode(wholeNumber(text)),
  boolean: (text) => boolean.encode(truth(text)),
  null: () => nullValue.encode(null),
}

/** The DER of a raw extension's value. */
export function encodeRaw({ encoding, value }: RawExtension, path: string, fault: ReportFault): Uint8Array {
  if ((encoding === 'null') !== (value === undefined)) {
    fault(`${path}.value`, encoding === 'null' ? 'is not used: the encoding is null' : 'is missing')
    return new Uint8Array()
  }
  try {
    return encoders[encoding](value ?? '')
  } catch (error) {
    if (!(error instanceof CertwrightError)) throw error
    fault(`${path}.value`, `cannot be written as ${encoding}: ${error.message}`)
    return new Uint8Array()
  }
}
