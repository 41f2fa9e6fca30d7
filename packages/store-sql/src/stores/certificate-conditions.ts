import type { CertificateQuery } from '@certwright/core/ports'
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { hexOctets, sha256 } from '../schema/octets.js'
import { storedText } from '../schema/text.js'
import { nameTerm, tagTerm } from './certificate-terms.js'

/** What a search starts from. */
export interface Search {
  readonly from: RawBuilder<unknown>
  /** The term whose list is read, where the search starts from one (`t`); the certificates are `c`. */
  readonly term?: Uint8Array
  /** The other terms. */
  readonly terms: readonly Uint8Array[]
}

/** Columns that have an index, from the one that fewest rows share a value of to the one that most do. */
const indexed = [
  'fingerprint',
  'serial',
  'public_key_digest',
  'subject_digest',
  'previous_serial',
  'not_after',
  'status',
  'requester',
  'profile',
  'issuer',
] as const

type Column = (typeof indexed)[number]

/** Starts from the list of a name or tag if there is one: it is short and in the order of the pages. */
export function searchOf({ name, tags = [] }: CertificateQuery): Search {
  const [term, ...terms] = [...(name === undefined ? [] : [nameTerm(name)]), ...tags.map(tagTerm)]
  if (!term) return { from: sql`certwright_certificates as c`, terms }
  // A cross join, because SQLite keeps its order.
  return { from: sql`certwright_certificate_terms as t cross join certwright_certificates as c`, term, terms }
}

/** All conditions of a query, written so that the index of the most telling column is used. */
export function conditionsOf(engine: Engine, query: CertificateQuery, search: Search): readonly RawBuilder<unknown>[] {
  const values = equalities(query)
  const telling = search.term
    ? undefined
    : indexed.find((column) =>
        column === 'not_after' ? query.expiresBefore : values.has(column) && useful(column, query),
      )
  const column = (name: Column) => sql.raw(name === telling ? `c.${name}` : `${engine.unindexed}c.${name}`)
  return [
    ...(search.term ? [sql`c.id = t.certificate_id`, sql`t.term = ${search.term}`] : []),
    ...[...values].map(([name, value]) => sql`${column(name)} = ${value}`),
    ...statusConditions(query, telling),
    ...(query.expiresBefore ? [sql`${column('not_after')} < ${query.expiresBefore.getTime()}`] : []),
    ...(query.validAt ? [sql`${column('not_after')} >= ${query.validAt.getTime()}`] : []),
    ...search.terms.map(
      (term) => sql`exists (select 1 from certwright_certificate_terms as also where also.term = ${term}
        and also.created_at = c.created_at and also.certificate_id = c.id)`,
    ),
    ...supersededCondition(query),
  ]
}

/** Nearly all certificates are issued: that status tells nothing. */
function useful(column: Column, query: CertificateQuery): boolean {
  return column !== 'status' || query.status !== 'issued'
}

/** Literals, because partial indexes are found by them. */
function statusConditions({ status }: CertificateQuery, telling: Column | undefined): readonly RawBuilder<unknown>[] {
  if (status === undefined) return [sql`c.status <> 'reserved'`]
  return telling === 'status' ? [sql`c.status <> 'issued'`] : []
}

function supersededCondition({ superseded }: CertificateQuery): readonly RawBuilder<unknown>[] {
  if (superseded === undefined) return []
  const successor = sql`exists (select 1 from certwright_certificates as next
    where next.issuer = c.issuer and next.previous_serial = c.serial and next.fingerprint is not null)`
  return [superseded ? successor : sql`not ${successor}`]
}

/** Column and value of each condition that asks for equality. */
function equalities(query: CertificateQuery): ReadonlyMap<Column, string | Uint8Array> {
  const text = (value: string | undefined) => (value === undefined ? undefined : storedText(value))
  const octets = (value: string | undefined) => (value === undefined ? undefined : hexOctets(value))
  const all: readonly (readonly [Column, string | Uint8Array | undefined])[] = [
    ['issuer', text(query.issuer)],
    ['serial', text(query.serial)],
    ['status', query.status],
    ['profile', text(query.profile)],
    ['requester', text(query.requester)],
    ['subject_digest', query.subjectDer && sha256(query.subjectDer)],
    ['fingerprint', octets(query.fingerprint)],
    ['public_key_digest', octets(query.publicKeyDigest)],
    ['previous_serial', text(query.previousSerial)],
  ]
  return new Map(all.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const])))
}
