import { Asn1Error } from '@certwright/core/asn1'
import { certificateNames, TBSCertificate } from '@certwright/core/x509'
import { type Operation, rows } from '../engine/operation.js'
import { nameTerm } from '../stores/certificate-terms.js'
import type { ColumnTypes, Dialect } from './dialects.js'
import type { CertificateRow } from './tables.js'
import { tbsOf } from './tbs.js'

/** Certificates that are read and changed at a time. */
const atOnce = 500

/**
 * Schema version 2: names and tags to find certificates by, the event feed, CRLs of several scopes, links between
 * certificates, and the end of validity in order.
 */
export function* searchableSchema({ types, builder }: Dialect): Operation<void> {
  for (const sql of [...certificates(types), ...events(types), ...crls(types)]) yield* rows({ sql, parameters: [] })
  for (let after: number | undefined = 0; after !== undefined; ) after = yield* fillNames(builder, after)
}

function certificates({ integer, octets, text, clusteredTable }: ColumnTypes): readonly string[] {
  const add = (column: string) => `alter table certwright_certificates add column ${column}`
  const index = (name: string, columns: string, where = '') =>
    `create index certwright_certificates_${name} on certwright_certificates (${columns}) ${where}`
  return [
    add(`invalidity_date ${integer}`),
    add(`names ${text} not null default '[]'`),
    add(`tags ${text} not null default '[]'`),
    add(`crl_scope ${text}`),
    'drop index certwright_certificates_expiry',
    index('expiry', 'not_after, id'),
    index('serial', 'serial'),
    index('previous', 'previous_serial, issuer', 'where previous_serial is not null'),
    index(
      'revoked_scope',
      'issuer, crl_scope, serial',
      `where status in ('held', 'revoked') and crl_scope is not null`,
    ),
    `create table certwright_certificate_terms (
      term ${octets} not null,
      created_at ${integer} not null,
      certificate_id ${integer} not null,
      primary key (term, created_at, certificate_id)
    ) ${clusteredTable}`,
  ]
}

/** What is there already becomes the beginning of the feed: all issuances, then all changes, each in the order of time. */
function events({ sequence, integer, text, table }: ColumnTypes): readonly string[] {
  const into = 'insert into certwright_events (type, certificate_id, at, reason)'
  return [
    `create table certwright_events (
      sequence ${sequence},
      type ${text} not null check (type in ('issued', 'held', 'released', 'revoked')),
      certificate_id ${integer} not null,
      at ${integer} not null,
      reason ${text}
    ) ${table}`,
    // Changes are few: whoever makes delta CRLs need not read over all that was issued.
    `create index certwright_events_changes on certwright_events (sequence) where type <> 'issued'`,
    `${into} select 'issued', id, issued_at, null from certwright_certificates
      where issued_at is not null order by issued_at, id`,
    `${into} select status, id, revoked_at, revocation_reason from certwright_certificates
      where status in ('held', 'revoked') order by revoked_at, id`,
  ]
}

/** A primary key cannot be changed in SQLite, so the table is made anew. */
function crls({ integer, octets, text, clusteredTable }: ColumnTypes): readonly string[] {
  return [
    `create table certwright_crls_of_scopes (
      issuer ${text} not null,
      scope ${text} not null,
      number ${integer} not null check (number > 0),
      crl ${octets} not null,
      this_update ${integer} not null,
      next_update ${integer} not null,
      position ${text},
      primary key (issuer, scope, number)
    ) ${clusteredTable}`,
    `insert into certwright_crls_of_scopes (issuer, scope, number, crl, this_update, next_update)
      select issuer, 'full', number, crl, this_update, next_update from certwright_crls`,
    'drop table certwright_crls',
    'alter table certwright_crls_of_scopes rename to certwright_crls',
  ]
}

/** Names of the certificates after `after`, as far as they can be read; gives the last id, or `undefined` at the end. */
function* fillNames(db: Dialect['builder'], after: number): Operation<number | undefined> {
  const found = yield* rows<Pick<CertificateRow, 'id' | 'created_at' | 'certificate' | 'tbs_certificate'>>(
    db
      .selectFrom('certwright_certificates')
      .select(['id', 'created_at', 'certificate', 'tbs_certificate'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .compile(),
  )
  for (const { id, created_at, certificate, tbs_certificate } of found) {
    const names = namesOf(tbs_certificate ?? (certificate && tbsOf(certificate)))
    if (names.length === 0) continue
    yield* rows(
      db
        .updateTable('certwright_certificates')
        .set({ names: JSON.stringify(names) })
        .where('id', '=', id)
        .compile(),
    )
    const terms = names.map((name) => ({ term: nameTerm(name), created_at, certificate_id: id }))
    for (const term of terms) yield* rows(db.insertInto('certwright_certificate_terms').values(term).compile())
  }
  return found.length < atOnce ? undefined : Number(found.at(-1)?.id)
}

function namesOf(tbs: Uint8Array | undefined | null): readonly string[] {
  try {
    return tbs ? certificateNames(TBSCertificate.decode(tbs)).slice(0, 1000) : []
  } catch (error) {
    if (error instanceof Asn1Error) return []
    throw error
  }
}
