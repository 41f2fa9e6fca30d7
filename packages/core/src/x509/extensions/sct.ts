import { Asn1Error, type Asn1ErrorKind, concatBytes, mapped, octetString, type Schema } from '../../asn1/index.js'

/** A signed certificate timestamp of version 1, RFC 6962 section 3.2: a log's promise to publish a certificate. */
export interface SignedCertificateTimestamp {
  readonly type: 'v1'
  /** SHA-256 of the log's public key: 32 octets. */
  readonly logID: Uint8Array
  /** In whole milliseconds. */
  readonly timestamp: Date
  /** CtExtensions: 0 to 65535 octets, none in practice. */
  readonly extensions: Uint8Array
  /** HashAlgorithm of TLS 1.2, RFC 5246 section 7.4.1.4.1: 4 is SHA-256. */
  readonly hashAlgorithm: number
  /** SignatureAlgorithm of TLS 1.2: 1 is RSA, 3 is ECDSA. */
  readonly signatureAlgorithm: number
  /** 0 to 65535 octets. */
  readonly signature: Uint8Array
}

/** A timestamp of another version, which is kept as it is (RFC 6962 section 3.3): the first octet is the version, not 0. */
export interface UnknownCertificateTimestamp {
  readonly type: 'unknown'
  /** 1 to 65535 octets. */
  readonly bytes: Uint8Array
}

/** One entry of a {@link SignedCertificateTimestampList}. */
export type SerializedSct = SignedCertificateTimestamp | UnknownCertificateTimestamp

/** The moment after which no Date can be. */
const maxTimestamp = 8.64e15
const logIDLength = 32

const faulty = (kind: Asn1ErrorKind, offset: number | undefined, expected: string, actual: string): Asn1Error =>
  new Asn1Error({ kind, offset, expected, actual })

/** Reads the presentation language of TLS, RFC 5246 section 4. */
function createTlsReader(bytes: Uint8Array, from = 0) {
  let position = 0
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - position) {
      throw faulty('truncated', from + position, `${length} octets`, `${bytes.length - position}`)
    }
    position += length
    return bytes.subarray(position - length, position)
  }
  const number = (length: number): number => take(length).reduce((value, octet) => value * 256 + octet, 0)
  return {
    take,
    number,
    vector: (): Uint8Array => take(number(2)),
    offset: () => from + position,
    atEnd: () => position === bytes.length,
  }
}

/**
 * Reads a SignedCertificateTimestampList in the encoding of TLS, without an OCTET STRING around it: the form of the TLS
 * extension (RFC 6962 section 3.3.1).
 *
 * @throws Asn1Error when it is malformed or empty.
 */
export function decodeSctList(bytes: Uint8Array): readonly SerializedSct[] {
  const outer = createTlsReader(bytes)
  const list = outer.vector()
  if (!outer.atEnd()) throw faulty('trailing', outer.offset(), 'the end of the list', 'more octets')
  if (list.length === 0) throw faulty('value', 2, 'at least one timestamp', 'none')
  const reader = createTlsReader(list, 2)
  const timestamps: SerializedSct[] = []
  while (!reader.atEnd()) {
    const sct = reader.vector()
    timestamps.push(readSct(sct, reader.offset() - sct.length))
  }
  return timestamps
}

/**
 * Reads one timestamp in the encoding of TLS (RFC 6962 section 3.2), as a log signs it or a list holds it.
 *
 * @throws Asn1Error when it is malformed.
 */
export const decodeSct = (bytes: Uint8Array): SerializedSct => readSct(bytes, 0)

function readSct(bytes: Uint8Array, from: number): SerializedSct {
  if (bytes.length === 0) throw faulty('value', from, 'a timestamp of 1 octet or more', 'none')
  if (bytes[0] !== 0) return { type: 'unknown', bytes }
  const reader = createTlsReader(bytes, from)
  reader.take(1)
  const logID = reader.take(logIDLength)
  const at = reader.offset()
  const milliseconds = reader.number(8)
  if (milliseconds > maxTimestamp) throw faulty('value', at, 'a time before the year 275761', 'a later one')
  const sct: SignedCertificateTimestamp = {
    type: 'v1',
    logID,
    timestamp: new Date(milliseconds),
    extensions: reader.vector(),
    hashAlgorithm: reader.number(1),
    signatureAlgorithm: reader.number(1),
    signature: reader.vector(),
  }
  if (!reader.atEnd()) throw faulty('trailing', reader.offset(), 'the end of the timestamp', 'more octets')
  return sct
}

function uint(value: number, length: number): Uint8Array {
  const octets = new Uint8Array(length)
  let rest = value
  for (let index = length - 1; index >= 0; index--) {
    octets[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return octets
}

function vector(content: Uint8Array, minimum = 0): Uint8Array {
  if (content.length < minimum || content.length > 0xffff) {
    throw faulty('value', undefined, `${minimum} to 65535 octets`, `${content.length}`)
  }
  return concatBytes(uint(content.length, 2), content)
}

/**
 * Writes one timestamp in the encoding of TLS (RFC 6962 section 3.2).
 *
 * @throws Asn1Error when it has a field that does not fit.
 */
export function encodeSct(sct: SerializedSct): Uint8Array {
  if (sct.type === 'unknown') {
    if (sct.bytes[0] === 0) throw faulty('value', undefined, 'a version other than 1', 'an undecoded timestamp of it')
    return sct.bytes
  }
  const milliseconds = sct.timestamp.getTime()
  if (!(milliseconds >= 0)) throw faulty('value', undefined, 'a time since 1970', 'another Date')
  if (sct.logID.length !== logIDLength) throw faulty('value', undefined, '32 octets', `${sct.logID.length}`)
  const algorithms = [sct.hashAlgorithm, sct.signatureAlgorithm]
  if (!algorithms.every((number) => Number.isInteger(number) && number >= 0 && number <= 255)) {
    throw faulty('value', undefined, 'algorithms from 0 to 255', 'others')
  }
  return concatBytes(
    Uint8Array.of(0),
    sct.logID,
    uint(milliseconds, 8),
    vector(sct.extensions),
    Uint8Array.from(algorithms),
    vector(sct.signature),
  )
}

/**
 * Writes a SignedCertificateTimestampList in the encoding of TLS, without an OCTET STRING around it.
 *
 * @throws Asn1Error for no timestamp, or more than 65535 octets.
 */
export const encodeSctList = (list: readonly SerializedSct[]): Uint8Array =>
  vector(concatBytes(...list.map((sct) => vector(encodeSct(sct), 1))), 1)

/**
 * SignedCertificateTimestampList, RFC 6962 section 3.3: an OCTET STRING that holds a list in the encoding of TLS, at least
 * one timestamp and at most 65535 octets. It is the value of the extension of certificates and of that of OCSP answers.
 *
 * @example
 * ```ts
 * import { type Certificate, decodeExtension, extensionOid, SignedCertificateTimestampList } from '@certwright/core/x509'
 *
 * const timestampsOf = ({ tbsCertificate }: Certificate) =>
 *   decodeExtension(
 *     SignedCertificateTimestampList,
 *     tbsCertificate.value.extensions,
 *     extensionOid.signedCertificateTimestamps,
 *   )
 * ```
 */
export const SignedCertificateTimestampList: Schema<readonly SerializedSct[]> = mapped(octetString, {
  decode: decodeSctList,
  encode: encodeSctList,
})
export type SignedCertificateTimestampList = readonly SerializedSct[]
