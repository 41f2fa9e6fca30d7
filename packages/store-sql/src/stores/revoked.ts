import type { RevokedEntry } from '@certwright/core/ports'
import type { Engine } from '../engine/engine.js'
import { rows } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { storedText } from '../schema/text.js'
import { toDate } from './certificate-rows.js'
import type { certificateStatements } from './certificate-statements.js'

/** Entries of the revocation list that are read at a time. */
const atOnce = 1000

/** The held and revoked certificates of an issuer, or of one scope of it, page by page. */
export async function* revoked(
  engine: Engine,
  statements: ReturnType<typeof certificateStatements>,
  issuer: string,
  scope: string | undefined,
): AsyncIterable<RevokedEntry> {
  const queryAfter = (after: string) => {
    const page = { issuer: storedText(issuer), after, limit: atOnce }
    if (scope === undefined) return statements.revoked(page)
    return scope === 'full'
      ? statements.revokedFull(page)
      : statements.revokedOfScope({ ...page, scope: storedText(scope) })
  }
  for (let after = ''; ; ) {
    const query = queryAfter(after)
    const found = await engine.read(() => rows(query))
    for (const { serial, revoked_at, revocation_reason, not_after, invalidity_date } of found) {
      if (revoked_at === null || revocation_reason === null) throw new StoreError('damaged')
      yield {
        serial,
        revokedAt: toDate(revoked_at),
        reason: revocation_reason,
        notAfter: toDate(not_after),
        ...(invalidity_date === null ? {} : { invalidityDate: toDate(invalidity_date) }),
      }
    }
    const last = found.at(-1)
    if (!last || found.length < atOnce) return
    after = last.serial
  }
}
