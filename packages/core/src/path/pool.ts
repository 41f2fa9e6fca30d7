import { equalBytes } from '../asn1/index.js'
import { nameKey, type PathCertificate } from './certificate.js'

/** Certificates that may stand above others, found by their names. */
export interface Pool {
  /** Keeps a certificate; false when it is there already, or the pool is full. */
  add(certificate: PathCertificate): boolean
  /** Those with a subject, in the order in which they came. */
  named(subjectKey: string): readonly PathCertificate[]
}

export function createPool(capacity: number): Pool {
  const byName = new Map<string, PathCertificate[]>()
  let size = 0
  return Object.freeze({
    add(certificate: PathCertificate) {
      const list = byName.get(certificate.subjectKey) ?? []
      if (size >= capacity || list.some(({ der }) => equalBytes(der, certificate.der))) return false
      size++
      list.push(certificate)
      byName.set(certificate.subjectKey, list)
      return true
    },
    named: (subjectKey: string) => byName.get(subjectKey) ?? [],
  })
}

/** 0 where the hints of RFC 5280 section 4.2.1.1 point at a certificate, 2 where they point elsewhere, 1 without hints. */
export function hintRank(
  hints: PathCertificate['extensions']['authorityKeyIdentifier'],
  candidate: PathCertificate,
): 0 | 1 | 2 {
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = hints ?? {}
  const own = candidate.extensions.subjectKeyIdentifier
  if (keyIdentifier !== undefined && own !== undefined) return equalBytes(keyIdentifier, own) ? 0 : 2
  if (authorityCertSerialNumber === undefined || authorityCertIssuer === undefined) return 1
  const names = authorityCertIssuer.flatMap((name) => (name.type === 'directoryName' ? [nameKey(name.value)] : []))
  return equalBytes(authorityCertSerialNumber, candidate.serialNumber) && names.includes(candidate.issuerKey) ? 0 : 2
}

/**
 * Candidates in the order in which they are tried, which depends on nothing but them: sound ones first, then by hint, then
 * those valid now, then those that are valid the longest, then as they came. Hints only order: RFC 4158 section 3.5.12.
 */
export function inOrder(
  candidates: readonly PathCertificate[],
  below: PathCertificate,
  time: Date,
): readonly PathCertificate[] {
  const hints = below.extensions.authorityKeyIdentifier
  const rank = (candidate: PathCertificate): readonly number[] => [
    candidate.faults.length > 0 || !candidate.isCa ? 1 : 0,
    hintRank(hints, candidate),
    time < candidate.notBefore || time > candidate.notAfter ? 1 : 0,
    -candidate.notAfter.getTime(),
  ]
  return candidates
    .map((candidate) => ({ candidate, key: rank(candidate) }))
    .sort((a, b) => {
      const at = a.key.findIndex((value, index) => value !== b.key[index])
      return at < 0 ? 0 : (a.key[at] ?? 0) - (b.key[at] ?? 0)
    })
    .map(({ candidate }) => candidate)
}
