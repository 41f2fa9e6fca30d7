import { CertwrightError } from '../errors.js'
import type { CertificateRecord, IssuanceIntent, StatusChange } from '../ports/index.js'

/** The record of an intent that has no signature yet. */
export function reservedRecord(intent: IssuanceIntent): CertificateRecord {
  return copyOf({
    ...intent,
    status: 'reserved',
    certificate: null,
    fingerprint: null,
    issuedAt: null,
    revokedAt: null,
    revocationReason: null,
  })
}

/** The record after a change of status. */
export function changed(record: CertificateRecord, change: StatusChange): CertificateRecord {
  const from: readonly string[] = change.from
  if (!from.includes(record.status)) {
    throw new CertwrightError('conflict', `the certificate is ${record.status}, not ${from.join(' or ')}`)
  }
  const { invalidityDate: _, ...rest } = record
  if (change.to === 'issued') return { ...rest, status: 'issued', revokedAt: null, revocationReason: null }
  const invalidityDate = change.to === 'revoked' ? change.invalidityDate : undefined
  return copyOf({
    ...rest,
    status: change.to,
    revokedAt: change.at,
    revocationReason: change.reason,
    ...(invalidityDate === undefined ? {} : { invalidityDate }),
  })
}

/**
 * Arrays and dates can be written to: nobody outside may share them with the store. What is empty or the default is left
 * out, as every store does.
 */
export function copyOf(record: CertificateRecord): CertificateRecord {
  const { names = [], tags = [], crlScope, invalidityDate, ...rest } = record
  return {
    ...rest,
    ...(names.length === 0 ? {} : { names: [...names] }),
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    ...(crlScope === undefined || crlScope === 'full' ? {} : { crlScope }),
    ...(invalidityDate === undefined ? {} : { invalidityDate: new Date(invalidityDate) }),
    tbsCertificate: new Uint8Array(record.tbsCertificate),
    subjectDer: new Uint8Array(record.subjectDer),
    certificate: record.certificate && new Uint8Array(record.certificate),
    notBefore: new Date(record.notBefore),
    notAfter: new Date(record.notAfter),
    createdAt: new Date(record.createdAt),
    issuedAt: record.issuedAt && new Date(record.issuedAt),
    revokedAt: record.revokedAt && new Date(record.revokedAt),
  }
}
