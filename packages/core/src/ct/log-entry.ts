import { concatBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import {
  Certificate,
  decodeExtension,
  ExtendedKeyUsage,
  extendedKeyUsageOid,
  extensionOid,
  type SignedCertificateTimestamp,
  SubjectPublicKeyInfo,
} from '../x509/index.js'
import { isPoisoned, loggedTbs, withFinalIssuer } from './tbs.js'

/** What a log has logged, in the form that it signs (`signed_entry`, RFC 6962 section 3.2). */
export type LogEntry =
  | {
      readonly type: 'x509'
      /** DER Certificate. */
      readonly certificate: Uint8Array
    }
  | {
      readonly type: 'precertificate'
      /** SHA-256 of the SubjectPublicKeyInfo of the CA that issues the certificate. */
      readonly issuerKeyHash: Uint8Array
      /** DER TBSCertificate, neither poison nor timestamps in it. */
      readonly tbsCertificate: Uint8Array
    }

const keyHash = async (
  crypto: CryptoBackend,
  { subjectPublicKeyInfo }: { subjectPublicKeyInfo: SubjectPublicKeyInfo },
) => crypto.digest('sha256', SubjectPublicKeyInfo.encode(subjectPublicKeyInfo))

/**
 * The entry that the timestamps inside a certificate are about.
 *
 * @param certificate DER Certificate
 * @param issuer DER Certificate of the CA that issued it
 * @throws Asn1Error when either is malformed.
 */
export async function embeddedEntry(
  crypto: CryptoBackend,
  certificate: Uint8Array,
  issuer: Uint8Array,
): Promise<LogEntry> {
  const tbsCertificate = loggedTbs(Certificate.decode(certificate).tbsCertificate.bytes)
  const issuerKeyHash = await keyHash(crypto, Certificate.decode(issuer).tbsCertificate.value)
  return { type: 'precertificate', issuerKeyHash, tbsCertificate }
}

/**
 * The entry that a log makes of a precertificate, signed by the CA itself or by a precertificate signing certificate (RFC
 * 6962 section 3.1).
 *
 * @param chain DER: the precertificate, who signed it, and who issued that one where it is for precertificates only
 * @throws Asn1Error when one is malformed; CertwrightError `configuration` when the first is no precertificate, or the
 *   issuer is not in the chain.
 */
export async function precertificateEntry(crypto: CryptoBackend, chain: readonly Uint8Array[]): Promise<LogEntry> {
  const [precertificate, signer, above] = chain.slice(0, 3).map((der) => Certificate.decode(der).tbsCertificate)
  if (precertificate === undefined || signer === undefined || !isPoisoned(precertificate.value.extensions)) {
    throw new CertwrightError('configuration', 'the chain must begin with a precertificate and the CA that signed it')
  }
  const tbsCertificate = loggedTbs(precertificate.bytes)
  const purposes = decodeExtension(ExtendedKeyUsage, signer.value.extensions, extensionOid.extendedKeyUsage)
  if (purposes?.includes(extendedKeyUsageOid.precertificateSigning) !== true) {
    return { type: 'precertificate', issuerKeyHash: await keyHash(crypto, signer.value), tbsCertificate }
  }
  if (above === undefined) {
    throw new CertwrightError(
      'configuration',
      'the chain must hold the issuer of the precertificate signing certificate',
    )
  }
  const issuerKeyHash = await keyHash(crypto, above.value)
  return { type: 'precertificate', issuerKeyHash, tbsCertificate: withFinalIssuer(tbsCertificate, signer.bytes) }
}

/** The greatest length of an ASN.1Cert or TBSCertificate in the encoding of TLS. */
const maxVector = 0xffffff

function vector24(bytes: Uint8Array): Uint8Array {
  const { length } = bytes
  if (length === 0 || length > maxVector) {
    throw new CertwrightError('limit', 'what a log signs has 1 to 16777215 octets')
  }
  return concatBytes(Uint8Array.of(length >> 16, (length >> 8) & 0xff, length & 0xff), bytes)
}

function uint(value: number, length: number): Uint8Array {
  const octets = new Uint8Array(length)
  for (let rest = value, at = length - 1; at >= 0; at--, rest = Math.floor(rest / 256)) octets[at] = rest % 256
  return octets
}

const signedEntry = (entry: LogEntry): Uint8Array =>
  entry.type === 'x509' ? vector24(entry.certificate) : concatBytes(entry.issuerKeyHash, vector24(entry.tbsCertificate))

/** What is the same in the signature and in the leaf of the tree: timestamp, type, entry, extensions. */
const timestampedEntry = (
  { timestamp, extensions }: Pick<SignedCertificateTimestamp, 'timestamp' | 'extensions'>,
  entry: LogEntry,
): Uint8Array =>
  concatBytes(
    uint(timestamp.getTime(), 8),
    uint(entry.type === 'x509' ? 0 : 1, 2),
    signedEntry(entry),
    uint(extensions.length, 2),
    extensions,
  )

/**
 * The octets that the signature of a timestamp covers: version, signature type and the rest (RFC 6962 section 3.2).
 *
 * @throws CertwrightError `limit` when the entry is longer than a log can sign.
 */
export const signedData = (
  sct: Pick<SignedCertificateTimestamp, 'timestamp' | 'extensions'>,
  entry: LogEntry,
): Uint8Array => concatBytes(Uint8Array.of(0, 0), timestampedEntry(sct, entry))

/**
 * The hash of the leaf that a log promises to have in its tree (RFC 6962 sections 2.1 and 3.4), to ask the log for it.
 *
 * @throws CertwrightError `limit` when the entry is longer than a log can hold.
 */
export const leafHash = async (
  crypto: CryptoBackend,
  sct: Pick<SignedCertificateTimestamp, 'timestamp' | 'extensions'>,
  entry: LogEntry,
): Promise<Uint8Array> =>
  crypto.digest('sha256', concatBytes(Uint8Array.of(0), Uint8Array.of(0, 0), timestampedEntry(sct, entry)))
