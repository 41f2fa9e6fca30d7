import type { CertificateRecord, IssuanceIntent } from '@certwright/core/ports'
import { hexOctets, octetsHex, plainOctets, sha256 } from '../schema/octets.js'
import type { CertificateRow, NewCertificateRow } from '../schema/tables.js'
import { tbsOf } from '../schema/tbs.js'
import { plainText, storedText } from '../schema/text.js'

/** The row of a record whose signature is still to come. */
export function toRow(intent: IssuanceIntent): NewCertificateRow {
  return {
    issuer: storedText(intent.issuer),
    serial: intent.serial,
    request_id: storedText(intent.requestId),
    request_digest: hexOctets(intent.requestDigest),
    tbs_certificate: intent.tbsCertificate,
    profile: storedText(intent.profile),
    requester: storedText(intent.requester),
    subject: storedText(intent.subject),
    subject_der: intent.subjectDer,
    subject_digest: sha256(intent.subjectDer),
    public_key_digest: hexOctets(intent.publicKeyDigest),
    not_before: intent.notBefore.getTime(),
    not_after: intent.notAfter.getTime(),
    created_at: intent.createdAt.getTime(),
    previous_serial: intent.previousSerial ?? null,
    status: 'reserved',
    certificate: null,
    fingerprint: null,
    issued_at: null,
    revoked_at: null,
    revocation_reason: null,
    invalidity_date: null,
    names: JSON.stringify(intent.names ?? []),
    tags: JSON.stringify(intent.tags ?? []),
    crl_scope: intent.crlScope === undefined || intent.crlScope === 'full' ? null : storedText(intent.crlScope),
  }
}

/** What the port shows of a row. */
export function toRecord(row: Omit<CertificateRow, 'id'>): CertificateRecord {
  const signed = row.certificate && plainOctets(row.certificate)
  const certificate = row.fingerprint && signed
  return {
    issuer: plainText(row.issuer),
    serial: row.serial,
    requestId: plainText(row.request_id),
    requestDigest: octetsHex(row.request_digest),
    tbsCertificate: plainOctets(row.tbs_certificate ?? (certificate && tbsOf(certificate)) ?? new Uint8Array()),
    profile: plainText(row.profile),
    requester: plainText(row.requester),
    subject: plainText(row.subject),
    subjectDer: plainOctets(row.subject_der),
    publicKeyDigest: octetsHex(row.public_key_digest),
    notBefore: toDate(row.not_before),
    notAfter: toDate(row.not_after),
    createdAt: toDate(row.created_at),
    ...(row.previous_serial === null ? {} : { previousSerial: row.previous_serial }),
    status: row.status,
    certificate,
    fingerprint: row.fingerprint && octetsHex(row.fingerprint),
    ...(signed && !certificate ? { precertificate: signed } : {}),
    issuedAt: row.issued_at === null ? null : toDate(row.issued_at),
    revokedAt: row.revoked_at === null ? null : toDate(row.revoked_at),
    revocationReason: row.revocation_reason,
    ...(row.invalidity_date === null ? {} : { invalidityDate: toDate(row.invalidity_date) }),
    ...(row.names === '[]' ? {} : { names: textList(row.names) }),
    ...(row.tags === '[]' ? {} : { tags: textList(row.tags) }),
    ...(row.crl_scope === null ? {} : { crlScope: plainText(row.crl_scope) }),
  }
}

/** The texts of a JSON array. */
export function textList(json: string): readonly string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.map(String) : []
}

/** A date from a number of milliseconds, which PostgreSQL gives as a string. */
export function toDate(milliseconds: number): Date {
  return new Date(Number(milliseconds))
}
