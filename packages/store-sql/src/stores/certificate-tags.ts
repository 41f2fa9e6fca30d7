import { CertwrightError } from '@certwright/core/errors'
import type { CertificateRecord } from '@certwright/core/ports'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { textList, toRecord } from './certificate-rows.js'
import type { certificateStatements } from './certificate-statements.js'
import { tagTerm } from './certificate-terms.js'

type Statements = ReturnType<typeof certificateStatements>

/** How often a write is tried that others come before. */
const tries = 100

/** Replaces the tags of a record and the terms that it is found by. */
export async function setTags(
  engine: Engine,
  statements: Statements,
  address: { readonly issuer: string; readonly serial: string },
  tags: readonly string[],
): Promise<CertificateRecord> {
  for (let left = tries; left > 0; left--) {
    const record = await engine.write(() => replaceTags(statements, address, tags), { transaction: true })
    if (record) return record
  }
  throw new StoreError('locked', 'others kept changing the tags of this certificate')
}

/** `undefined` if another one changed the tags in between. */
function* replaceTags(
  statements: Statements,
  address: { readonly issuer: string; readonly serial: string },
  tags: readonly string[],
): Operation<CertificateRecord | undefined> {
  const [present] = yield* rows(statements.byAddress(address))
  if (!present) throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  const written = { ...address, tags: JSON.stringify(tags), old: present.tags }
  const [changed] = yield* rows(statements.setTags(written))
  if (!changed) return undefined
  const { created_at, id: certificate_id } = changed
  const place = { created_at, certificate_id }
  for (const tag of textList(present.tags)) yield* rows(statements.deleteTerm({ term: tagTerm(tag), ...place }))
  for (const tag of tags) yield* rows(statements.insertTerm({ term: tagTerm(tag), ...place }))
  return toRecord(changed)
}
