import { explicit, type Infer, optional, sequence, smallInteger, time } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { GeneralNames } from '../pkix/general-name.js'
import { AlgorithmIdentifier } from './algorithm-identifier.js'
import { CertificateSerialNumber } from './certificate.js'
import { contentOf, createChunks, elementHeader, lengthOctets, writeHeader } from './crl-chunks.js'
import { createTimeEncoder } from './crl-time.js'
import { Extensions } from './extension.js'
import { CertificateIssuer, CRLReason, InvalidityDate } from './extensions/crl.js'
import { Name } from './name.js'
import { extensionOid } from './oids.js'

/** What is known of a CRL before its entries. */
export interface CrlHead {
  readonly signature: AlgorithmIdentifier
  readonly issuer: Name
  /** Whole seconds, as all times of a CRL. */
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly crlExtensions: readonly Infer<typeof Extensions>[number][]
}

/** An entry of a CRL in the terms of RFC 5280 section 5.3. */
export interface CrlEntry {
  /** Content octets, as in `TBSCertificate.serialNumber`. */
  readonly serialNumber: Uint8Array
  readonly revocationDate: Date
  /** Absent rather than `unspecified` (section 5.3.1). */
  readonly reason?: Exclude<CRLReason, 'unspecified'>
  readonly invalidityDate?: Date
  /** In an indirect CRL, the CA of this and the following entries (section 5.3.3). */
  readonly certificateIssuer?: GeneralNames
}

/** Writes a TBSCertList entry by entry: nothing but its octets is kept. */
export interface CrlWriter {
  /** Entries so far. */
  readonly length: number
  /** @throws Asn1Error when a field cannot be encoded; CertwrightError `limit` when the list grows beyond `maxSize`. */
  addRevoked(entry: CrlEntry): void
  /** DER TBSCertList of version 2; without `revokedCertificates` when there are no entries. The writer is used up. */
  finish(): Uint8Array
}

/** The fields before the entries. */
const Head = sequence({
  version: smallInteger,
  signature: AlgorithmIdentifier,
  issuer: Name,
  thisUpdate: time,
  nextUpdate: time,
})
const Tail = sequence({ crlExtensions: optional(explicit(0, Extensions)) })

/** A list of some ten million entries. */
const defaultMaxSize = 512 * 1024 * 1024

/**
 * A writer of a CRL of any length, RFC 5280 section 5.1.2: the octets that `TBSCertList.encode` gives, without an object
 * for each entry. That no certificate is listed twice is the caller's business.
 *
 * @param options `maxSize`: octets of all entries, 512 MiB when absent
 * @example
 * ```ts
 * import { createCrlWriter, parseName } from '@certwright/core/x509'
 *
 * const writer = createCrlWriter({
 *   signature: { algorithm: '1.2.840.10045.4.3.2' },
 *   issuer: parseName('CN=Example CA'),
 *   thisUpdate: new Date('2030-01-01T00:00:00Z'),
 *   nextUpdate: new Date('2030-01-08T00:00:00Z'),
 *   crlExtensions: [],
 * })
 * writer.addRevoked({ serialNumber: Uint8Array.of(1), revocationDate: new Date('2029-12-31T00:00:00Z'), reason: 'superseded' })
 * const tbsCertList = writer.finish()
 * ```
 */
export function createCrlWriter(
  head: CrlHead,
  { maxSize = defaultMaxSize }: { readonly maxSize?: number } = {},
): CrlWriter {
  const chunks = createChunks()
  const encodeTime = createTimeEncoder()
  const extensionsDer = createExtensionsDer()
  let length = 0
  return {
    get length() {
      return length
    },
    addRevoked(entry) {
      const { serialNumber } = entry
      if (!isUsual(serialNumber)) CertificateSerialNumber.encode(serialNumber)
      const date = encodeTime(entry.revocationDate)
      const extensions = extensionsDer(entry)
      const serialLength = 1 + lengthOctets(serialNumber.length) + serialNumber.length
      const content = serialLength + date.length + extensions.length
      const total = 1 + lengthOctets(content) + content
      if (chunks.length + total > maxSize) {
        throw new CertwrightError('limit', `a CRL has at most ${maxSize} octets of entries: divide it into partitions`)
      }
      chunks.begin(total)
      writeHeader(chunks.octet, 0x30, content)
      writeHeader(chunks.octet, 0x02, serialNumber.length)
      chunks.put(serialNumber)
      chunks.put(date)
      chunks.put(extensions)
      length += 1
    },
    finish() {
      const { signature, issuer, thisUpdate, nextUpdate, crlExtensions } = head
      const fields = contentOf(Head.encode({ version: 1, signature, issuer, thisUpdate, nextUpdate }))
      const entriesHeader = length === 0 ? new Uint8Array() : elementHeader(0x30, chunks.length)
      const tail = contentOf(Tail.encode(crlExtensions.length === 0 ? {} : { crlExtensions }))
      const size = fields.length + entriesHeader.length + chunks.length + tail.length
      const header = elementHeader(0x30, size)
      const tbs = new Uint8Array(header.length + size)
      let at = 0
      const put = (part: Uint8Array): void => {
        tbs.set(part, at)
        at += part.length
      }
      for (const part of [header, fields, entriesHeader]) put(part)
      chunks.drain(put)
      put(tail)
      return tbs
    },
  }
}

/**
 * Whether a serial number needs no look by the schema: a first octet of neither all zeros nor all ones is never a spare
 * one (X.690 section 8.3.2).
 */
function isUsual(serialNumber: Uint8Array): boolean {
  const [first = 0] = serialNumber
  return first !== 0 && first !== 0xff
}

const none = new Uint8Array()

/** DER of `crlEntryExtensions`: there are few different ones in a list, so the usual are encoded once. */
function createExtensionsDer(): (entry: CrlEntry) => Uint8Array {
  const ofReason = new Map<string, Uint8Array>()
  return (entry) => {
    const { reason, invalidityDate, certificateIssuer } = entry
    if (invalidityDate !== undefined || certificateIssuer !== undefined) return encodeExtensions(entry)
    if (reason === undefined) return none
    const known = ofReason.get(reason) ?? encodeExtensions(entry)
    ofReason.set(reason, known)
    return known
  }
}

function encodeExtensions({ reason, invalidityDate, certificateIssuer }: CrlEntry): Uint8Array {
  const extensions: Infer<typeof Extensions>[number][] = []
  const add = (extnID: string, extnValue: Uint8Array, critical = false) =>
    extensions.push({ extnID, critical, extnValue })
  if (reason !== undefined) add(extensionOid.reasonCode, CRLReason.encode(reason))
  if (invalidityDate !== undefined) add(extensionOid.invalidityDate, InvalidityDate.encode(invalidityDate))
  if (certificateIssuer !== undefined) {
    add(extensionOid.certificateIssuer, CertificateIssuer.encode(certificateIssuer), true)
  }
  return Extensions.encode(extensions)
}
