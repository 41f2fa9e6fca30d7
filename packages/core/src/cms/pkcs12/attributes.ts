import { Asn1Error, objectIdentifier, octetString } from '../../asn1/index.js'
import type { Attribute } from '../../x509/index.js'

const oid = {
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  /** Of Oracle: what a trusted certificate of a Java keystore is trusted for. */
  trustedKeyUsage: '2.16.840.1.113894.746875.1.1',
} as const

const anyExtendedKeyUsage = '2.5.29.37.0'

/** What the attributes of a bag say, RFC 7292 section 4.2 and RFC 2985 section 5.5. */
export interface BagAttributes {
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
  readonly trusted?: boolean
}

/** The attributes to write; `undefined` when there are none. */
export function encodeBagAttributes(attributes: BagAttributes): readonly Attribute[] | undefined {
  const { friendlyName, localKeyId, trusted = false } = attributes
  const written: Attribute[] = []
  if (friendlyName !== undefined) written.push({ type: oid.friendlyName, values: [encodeUtf16String(friendlyName)] })
  if (localKeyId !== undefined) written.push({ type: oid.localKeyId, values: [octetString.encode(localKeyId)] })
  if (trusted) written.push({ type: oid.trustedKeyUsage, values: [objectIdentifier.encode(anyExtendedKeyUsage)] })
  return written.length === 0 ? undefined : written
}

/**
 * What the attributes of a bag say; others are passed over.
 *
 * @throws Asn1Error when one of ours is malformed.
 */
export function decodeBagAttributes(attributes: readonly Attribute[] = []): BagAttributes {
  const firstValue = (type: string) => attributes.find((attribute) => attribute.type === type)?.values[0]
  const name = firstValue(oid.friendlyName)
  const id = firstValue(oid.localKeyId)
  return {
    ...(name === undefined ? {} : { friendlyName: decodeUtf16String(name) }),
    ...(id === undefined ? {} : { localKeyId: octetString.decode(id, { encoding: 'ber' }) }),
    ...(firstValue(oid.trustedKeyUsage) === undefined ? {} : { trusted: true }),
  }
}

const bmpStringTag = 0x1e
const octetStringTag = 0x04
const constructedBit = 0x20

/** A BMPString as it is written in fact: characters beyond the basic plane are surrogate pairs. */
function encodeUtf16String(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) {
    throw new Asn1Error({
      kind: 'value',
      path: ['friendlyName'],
      expected: 'well-formed Unicode',
      actual: 'other text',
    })
  }
  const octets = new Uint8Array(2 * text.length)
  const view = new DataView(octets.buffer)
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 * index, text.charCodeAt(index))
  const element = octetString.encode(octets)
  element[0] = bmpStringTag
  return element
}

function decodeUtf16String(element: Uint8Array): string {
  const constructed = (element[0] ?? 0) & constructedBit
  if ((element[0] ?? 0) !== (bmpStringTag | constructed)) throw notText('another type')
  const retagged = Uint8Array.from(element)
  retagged[0] = octetStringTag | constructed
  const octets = octetString.decode(retagged, { encoding: 'ber' })
  if (octets.length % 2 !== 0) throw notText('an odd number of octets')
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  const units = Array.from({ length: octets.length / 2 }, (_, index) => String.fromCharCode(view.getUint16(2 * index)))
  const text = units.join('')
  if (/\p{Surrogate}/u.test(text)) throw notText('half of a surrogate pair')
  return text
}

const notText = (actual: string): Asn1Error =>
  new Asn1Error({ kind: 'value', path: ['friendlyName'], expected: 'BMPString', actual })
