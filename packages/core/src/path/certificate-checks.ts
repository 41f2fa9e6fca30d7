import { quoted } from '../pkix/quote.js'
import { extendedKeyUsageOid, formatName } from '../x509/index.js'
import type { PathCertificate } from './certificate.js'
import { type Finding, finding } from './failures.js'
import { algorithmFault, keyFault } from './signature.js'
import type { PathOptions } from './types.js'

/** Where in a path a certificate stands. */
export interface Position {
  /** Whether it is the certificate that was asked about. */
  readonly isLeaf: boolean
}

/** The subject of a certificate for a message. */
export const shownSubject = ({ subject }: Pick<PathCertificate, 'subject'>): string =>
  quoted(formatName(subject).slice(0, 200))

/** What can be said of a certificate at its place without looking at any other: everything but names, policies and keys. */
export function ownFaults(
  certificate: PathCertificate,
  { isLeaf }: Position,
  options: PathOptions,
): readonly Finding[] {
  const found = [
    ...certificate.faults,
    periodFault(certificate, options.time),
    ...criticalFaults(certificate, options),
    algorithmFault(signedPart(certificate), options.algorithms),
    keyFault(certificate.publicKeyInfo, options.algorithms),
    ...(isLeaf ? [leafUsageFault(certificate, options)] : caFaults(certificate)),
    purposeFault(certificate, isLeaf, options),
  ]
  return found.filter((fault) => fault !== undefined)
}

/** What of a certificate is signed. */
export const signedPart = ({ tbs, certificate }: PathCertificate) => ({
  bytes: tbs,
  inner: certificate.tbsCertificate.value.signature,
  outer: certificate.signatureAlgorithm,
  signature: certificate.signatureValue,
})

/** Section 6.1.3 (a)(2). */
function periodFault({ notBefore, notAfter }: PathCertificate, time: Date): Finding | undefined {
  if (time < notBefore) return finding('not-yet-valid', `the certificate is valid from ${notBefore.toISOString()}`)
  return time > notAfter ? finding('expired', `the certificate was valid until ${notAfter.toISOString()}`) : undefined
}

/** Sections 6.1.4 (o) and 6.1.5 (f). */
const criticalFaults = ({ otherCritical }: PathCertificate, { knownExtensions }: PathOptions): readonly Finding[] =>
  otherCritical
    .filter((oid) => knownExtensions?.includes(oid) !== true)
    .map((oid) => finding('unknown-critical-extension', `the critical extension ${oid} is not processed here`))

/** Sections 6.1.4 (k) and (n). A version 1 certificate is no CA: nothing here knows better. */
function caFaults({ isCa, extensions: { keyUsage } }: PathCertificate): readonly Finding[] {
  const faults: Finding[] = []
  if (!isCa) faults.push(finding('not-a-ca', 'the certificate is not that of a CA'))
  if (keyUsage !== undefined && !keyUsage.has('keyCertSign')) {
    faults.push(finding('key-usage', 'the key of the CA is not for signing certificates'))
  }
  return faults
}

function leafUsageFault({ extensions: { keyUsage } }: PathCertificate, { keyUsage: wanted }: PathOptions) {
  if (wanted === undefined || keyUsage === undefined) return undefined
  const missing = [...wanted].filter((bit) => !keyUsage.has(bit))
  return missing.length === 0
    ? undefined
    : finding('key-usage', `the key of the certificate is not for ${missing.join(', ')}`, '4.2.1.3')
}

function purposeFault({ extensions }: PathCertificate, isLeaf: boolean, options: PathOptions): Finding | undefined {
  const { purposes = [], purposesOfCas = true } = options
  const allowed = extensions.extendedKeyUsage
  if (allowed === undefined || allowed.includes(extendedKeyUsageOid.anyExtendedKeyUsage)) return undefined
  if (!isLeaf && !purposesOfCas) return undefined
  const missing = purposes.filter((purpose) => !allowed.includes(purpose))
  return missing.length === 0 ? undefined : finding('purpose', `the certificate is not for ${missing.join(', ')}`)
}
