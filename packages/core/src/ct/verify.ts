import { equalBytes, toHex } from '../asn1/index.js'
import type { Clock, CryptoBackend } from '../ports/index.js'
import {
  Certificate,
  decodeExtension,
  extensionOid,
  type SerializedSct,
  type SignedCertificateTimestamp,
  SignedCertificateTimestampList,
} from '../x509/index.js'
import { embeddedEntry, type LogEntry, signedData } from './log-entry.js'
import { readLogKey, sha256Code } from './log-key.js'

/** A log whose timestamps can be verified. */
export interface KnownLog {
  /** For people, such as `Argon 2027`. */
  readonly name: string
  /** DER SubjectPublicKeyInfo: ECDSA on P-256, or RSA of at least 2048 bits. */
  readonly publicKey: Uint8Array
}

/** What verification needs. */
export interface SctVerifyDeps {
  readonly crypto: CryptoBackend
}

/** What came of one timestamp. */
export type SctVerdict =
  | { readonly outcome: 'valid'; readonly sct: SignedCertificateTimestamp; readonly log: KnownLog }
  /** None of the logs given has made it, or says so. */
  | { readonly outcome: 'unknown-log'; readonly sct: SignedCertificateTimestamp }
  /** Of another version than 1: nothing can be said about it. */
  | { readonly outcome: 'unknown-version'; readonly sct: SerializedSct }
  | {
      readonly outcome: 'invalid'
      readonly sct: SignedCertificateTimestamp
      readonly log: KnownLog
      /** One sentence. */
      readonly reason: string
    }

/** Milliseconds that the clock of a log may be ahead of ours. */
const clockTolerance = 60_000

/** The latest timestamp that a log can make by now. */
export const latestTimestamp = (clock: Clock): Date => new Date(clock.now().getTime() + clockTolerance)

/** How timestamps are judged. */
export interface SctVerifyOptions {
  /** Timestamps later than this are invalid; any time is accepted when absent. */
  readonly now?: Date
}

/**
 * Whether a log has signed a timestamp about an entry (RFC 6962 section 3.2).
 *
 * @returns why it has not, in words; `undefined` when it has.
 * @throws CertwrightError `algorithm` or `asn1` for a key that no log has.
 */
export async function verifySct(
  { crypto }: SctVerifyDeps,
  sct: SignedCertificateTimestamp,
  entry: LogEntry,
  log: Pick<KnownLog, 'publicKey'>,
  { now }: SctVerifyOptions = {},
): Promise<string | undefined> {
  const { logId, algorithm, signatureAlgorithm, publicKey } = await readLogKey(crypto, log.publicKey)
  if (!equalBytes(sct.logID, logId)) return 'the timestamp is of another log'
  if (sct.hashAlgorithm !== sha256Code || sct.signatureAlgorithm !== signatureAlgorithm) {
    return 'the signature of the timestamp is of another algorithm than the key of the log'
  }
  if (now !== undefined && sct.timestamp > now) return 'the timestamp is in the future'
  const good = await crypto.verify(algorithm, publicKey, signedData(sct, entry), sct.signature)
  return good ? undefined : 'the signature of the timestamp does not verify'
}

/**
 * Verifies the timestamps inside a certificate. Whether they are enough is the caller's policy.
 *
 * @example
 * ```ts
 * import { verifyEmbeddedScts } from '@certwright/core/ct'
 * import { nodeCrypto } from '@certwright/core/defaults'
 *
 * const isLogged = async (certificate: Uint8Array, issuer: Uint8Array, logKey: Uint8Array) => {
 *   const logs = [{ name: 'our log', publicKey: logKey }]
 *   const verdicts = await verifyEmbeddedScts({ crypto: nodeCrypto }, certificate, issuer, logs)
 *   return verdicts.some(({ outcome }) => outcome === 'valid')
 * }
 * ```
 * @param certificate DER Certificate
 * @param issuer DER Certificate of the CA that issued it; its own signature is not looked at
 * @returns one verdict for each timestamp, in their order; none for a certificate without
 * @throws Asn1Error when a certificate or the list is malformed; CertwrightError `algorithm` for a key that no log has.
 */
export async function verifyEmbeddedScts(
  deps: SctVerifyDeps,
  certificate: Uint8Array,
  issuer: Uint8Array,
  logs: readonly KnownLog[],
  options: SctVerifyOptions = {},
): Promise<readonly SctVerdict[]> {
  const { extensions } = Certificate.decode(certificate).tbsCertificate.value
  const scts = decodeExtension(SignedCertificateTimestampList, extensions, extensionOid.signedCertificateTimestamps)
  if (scts === undefined) return []
  const entry = await embeddedEntry(deps.crypto, certificate, issuer)
  return verifyScts(deps, scts, entry, logs, options)
}

/**
 * Verifies timestamps that came another way, with a TLS handshake or an OCSP answer.
 *
 * @param entry what they are about: of a certificate without timestamps inside it is `{ type: 'x509', certificate }`
 * @returns one verdict for each timestamp, in their order
 * @throws CertwrightError `algorithm` or `asn1` for a key that no log has.
 */
export async function verifyScts(
  deps: SctVerifyDeps,
  scts: readonly SerializedSct[],
  entry: LogEntry,
  logs: readonly KnownLog[],
  options: SctVerifyOptions = {},
): Promise<readonly SctVerdict[]> {
  const known = new Map<string, KnownLog>()
  for (const log of logs) known.set(toHex((await readLogKey(deps.crypto, log.publicKey)).logId), log)
  const verdicts: SctVerdict[] = []
  for (const sct of scts) {
    if (sct.type === 'unknown') {
      verdicts.push({ outcome: 'unknown-version', sct })
      continue
    }
    const log = known.get(toHex(sct.logID))
    if (log === undefined) {
      verdicts.push({ outcome: 'unknown-log', sct })
      continue
    }
    const reason = await verifySct(deps, sct, entry, log, options)
    verdicts.push(reason === undefined ? { outcome: 'valid', sct, log } : { outcome: 'invalid', sct, log, reason })
  }
  return verdicts
}
