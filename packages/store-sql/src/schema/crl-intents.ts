import { type Operation, rows } from '../engine/operation.js'
import type { Dialect } from './dialects.js'

/** Schema version 3: what is about to be signed as a CRL, sequences of numbers over several scopes, and bases of deltas. */
export function* crlIntentsSchema({ types: { integer, octets, text, clusteredTable } }: Dialect): Operation<void> {
  const add = (column: string) => `alter table certwright_crls add column ${column}`
  const statements = [
    add(`sequence ${text} not null default 'full'`),
    add(`base_number ${integer}`),
    add(`base_next_update ${integer}`),
    'update certwright_crls set sequence = scope',
    'create index certwright_crls_sequence on certwright_crls (issuer, sequence, number)',
    `create table certwright_crl_intents (
      issuer ${text} not null,
      sequence ${text} not null,
      number ${integer} not null check (number > 0),
      scope ${text} not null,
      tbs_cert_list ${octets} not null,
      this_update ${integer} not null,
      next_update ${integer} not null,
      position ${text},
      base_number ${integer},
      base_next_update ${integer},
      primary key (issuer, sequence, number)
    ) ${clusteredTable}`,
  ]
  for (const sql of statements) yield* rows({ sql, parameters: [] })
}
