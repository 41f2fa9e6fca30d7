import { type Operation, rows } from '../engine/operation.js'
import type { ColumnTypes, Dialect } from './dialects.js'

/** Schema version 1. */
export function* initialSchema({ types }: Dialect): Operation<void> {
  const statements = [...certificates(types), ...crls(types), ...records(types), ...audit(types)]
  for (const sql of statements) yield* rows({ sql, parameters: [] })
}

function certificates({ id, integer, octets, text, table }: ColumnTypes): readonly string[] {
  const index = (name: string, columns: string, where = '') =>
    `create index certwright_certificates_${name} on certwright_certificates (${columns}) ${where}`
  return [
    `create table certwright_certificates (
      id ${id},
      issuer ${text} not null,
      serial ${text} not null,
      request_id ${text} not null,
      request_digest ${octets} not null,
      tbs_certificate ${octets},
      profile ${text} not null,
      requester ${text} not null,
      subject ${text} not null,
      subject_der ${octets} not null,
      subject_digest ${octets} not null,
      public_key_digest ${octets} not null,
      not_before ${integer} not null,
      not_after ${integer} not null,
      created_at ${integer} not null,
      previous_serial ${text},
      status ${text} not null check (status in ('reserved', 'issued', 'held', 'revoked')),
      certificate ${octets},
      fingerprint ${octets},
      issued_at ${integer},
      revoked_at ${integer},
      revocation_reason ${text},
      unique (issuer, serial),
      unique (issuer, request_id),
      check ((status = 'reserved') = (certificate is null)),
      check (certificate is not null or tbs_certificate is not null),
      check ((status in ('held', 'revoked')) = (revoked_at is not null))
    ) ${table}`,
    // The subject as text may have any length, so no engine can index it whole; its digest is what `find` asks for.
    index('subject', 'subject_digest'),
    index('fingerprint', 'fingerprint'),
    index('public_key', 'public_key_digest'),
    index('created', 'created_at, id'),
    index('issuer', 'issuer, created_at, id'),
    index('profile', 'profile, created_at, id'),
    index('requester', 'requester, created_at, id'),
    index('expiry', 'not_after'),
    // Nearly all rows are issued: the few others are found through small indexes, which most inserts leave alone.
    index('status', 'status, created_at, id', `where status <> 'issued'`),
    index('revoked', 'issuer, serial', `where status in ('held', 'revoked')`),
  ]
}

function crls({ integer, octets, text, clusteredTable }: ColumnTypes): readonly string[] {
  return [
    `create table certwright_crls (
      issuer ${text} not null,
      number ${integer} not null check (number > 0),
      crl ${octets} not null,
      this_update ${integer} not null,
      next_update ${integer} not null,
      primary key (issuer, number)
    ) ${clusteredTable}`,
  ]
}

function records({ id, integer, octets, text, table, clusteredTable }: ColumnTypes): readonly string[] {
  return [
    `create table certwright_records (
      id ${id},
      collection_id ${octets} not null,
      collection ${text} not null,
      key ${text} not null,
      version ${integer} not null check (version > 0),
      value ${text} not null,
      expires_at ${integer},
      unique (collection_id, key)
    ) ${table}`,
    `create index certwright_records_expiry on certwright_records (expires_at) where expires_at is not null`,
    `create table certwright_record_terms (
      term ${octets} not null,
      key ${text} not null,
      record_id ${integer} not null references certwright_records (id) on delete cascade,
      primary key (term, key)
    ) ${clusteredTable}`,
    `create index certwright_record_terms_record on certwright_record_terms (record_id)`,
  ]
}

function audit({ sequence, integer, text, table }: ColumnTypes): readonly string[] {
  return [
    `create table certwright_audit (
      sequence ${sequence},
      time ${integer} not null,
      type ${text} not null,
      actor ${text},
      address ${text},
      request_id ${text} not null,
      details ${text} not null
    ) ${table}`,
  ]
}
