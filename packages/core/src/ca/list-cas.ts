import { type CaCondition, type CaRecord, caRecords } from './ca-record.js'
import { parseCaId } from './ids.js'
import type { CaDeps } from './types.js'

/** What is known of a CA without opening it. */
export interface CaSummary {
  /** `organization~name`. */
  readonly id: string
  /** RFC 4514 string; empty for a root that is kept elsewhere, whose certificate has it. */
  readonly subject: string
  /** `registered` until it has its certificate. */
  readonly state: 'registered' | 'active'
  readonly condition: CaCondition
  /** Id of the CA above; its own id for a root; `outside` for one elsewhere. */
  readonly issuer: string
  /** Whether its key is kept here; false for a root of which only the certificate is. */
  readonly hasKey: boolean
  /** DER Certificate, once it is active. */
  readonly certificate?: Uint8Array
}

/**
 * The CAs of a store, or those of one organization, in the order of their ids.
 *
 * @example
 * ```ts
 * import { memoryKeys, memoryStore, openCa } from '@certwright/core'
 * import { listCas } from '@certwright/core/ca'
 * import { systemClock } from '@certwright/core/defaults'
 *
 * const store = memoryStore()
 * await openCa({ store, keys: memoryKeys() }, { id: 'acme~devices', subject: 'CN=Acme CA', profile: 'basic-ca-root' })
 * for await (const { id, state } of listCas({ store, clock: systemClock }, 'acme')) console.log(id, state) // acme~devices active
 * ```
 * @throws CertwrightError `store` when the store fails or a record is damaged.
 */
export async function* listCas(deps: Pick<CaDeps, 'store' | 'clock'>, organization?: string): AsyncIterable<CaSummary> {
  for await (const { id, record } of caRecords(deps)) {
    if (organization === undefined || parseCaId(id).organization === organization) yield summary(id, record)
  }
}

const summary = (id: string, { subject, state, condition, issuer, keyId, certificate }: CaRecord): CaSummary => ({
  id,
  subject,
  state: state === 'active' ? 'active' : 'registered',
  condition,
  issuer,
  hasKey: keyId !== '',
  ...(state === 'active' ? { certificate } : {}),
})
