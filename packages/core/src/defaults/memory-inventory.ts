import { CertwrightError } from '../errors.js'
import type { CertificateRecord, IssuanceIntent, StatusChange } from '../ports/index.js'

const unsigned = {
  status: 'reserved',
  certificate: null,
  fingerprint: null,
  issuedAt: null,
  revokedAt: null,
  revocationReason: null,
} as const

/** The record of an intent that has no signature yet. */
export function reservedRecord(intent: IssuanceIntent): CertificateRecord {
  return copyFields(intent, unsigned)
}

/** The record after its certificate was signed. */
export function issuedRecord(
  record: CertificateRecord,
  issued: { readonly certificate: Uint8Array; readonly fingerprint: string; readonly issuedAt: Date },
): CertificateRecord {
  const { certificate, fingerprint, issuedAt } = issued
  return copyFields(record, {
    status: 'issued',
    certificate,
    fingerprint,
    issuedAt,
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

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Arrays and dates can be written to: nobody outside may share them with the store. What is empty or the default is left
 * out, as every store does. Written out field by field: spreading a record costs ten times as much.
 */
export const copyOf = (record: CertificateRecord): CertificateRecord => copyFields(record, record)

/** What a record has beyond its intent. */
type State = Omit<CertificateRecord, keyof IssuanceIntent>

function copyFields(record: IssuanceIntent, state: State): CertificateRecord {
  const { previousSerial, names, tags, crlScope } = record
  const { invalidityDate, precertificate } = state
  const copy: Writable<CertificateRecord> = {
    issuer: record.issuer,
    serial: record.serial,
    requestId: record.requestId,
    requestDigest: record.requestDigest,
    tbsCertificate: record.tbsCertificate.slice(),
    profile: record.profile,
    requester: record.requester,
    subject: record.subject,
    subjectDer: record.subjectDer.slice(),
    publicKeyDigest: record.publicKeyDigest,
    notBefore: new Date(record.notBefore.getTime()),
    notAfter: new Date(record.notAfter.getTime()),
    createdAt: new Date(record.createdAt.getTime()),
    status: state.status,
    certificate: state.certificate?.slice() ?? null,
    fingerprint: state.fingerprint,
    issuedAt: state.issuedAt && new Date(state.issuedAt.getTime()),
    revokedAt: state.revokedAt && new Date(state.revokedAt.getTime()),
    revocationReason: state.revocationReason,
  }
  if (previousSerial !== undefined) copy.previousSerial = previousSerial
  if (names !== undefined && names.length > 0) copy.names = [...names]
  if (tags !== undefined && tags.length > 0) copy.tags = [...tags]
  if (crlScope !== undefined && crlScope !== 'full') copy.crlScope = crlScope
  if (precertificate !== undefined) copy.precertificate = precertificate.slice()
  if (invalidityDate !== undefined) copy.invalidityDate = new Date(invalidityDate.getTime())
  return copy
}
