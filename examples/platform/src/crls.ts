import { type CrlPublishing, type Logger, publishCrls, type Store, scheduleCrls } from '@certwright/core'
import { crlListOf } from '@certwright/core/ca'
import { fileCrlPublisher } from '@certwright/node'
import type { Authorities } from './authorities.js'
import type { CrlEnd, Metrics } from './metrics.js'

/** What CRLs need of the platform. */
export interface CrlParts {
  readonly store: Store
  readonly logger: Logger
  readonly metrics: Metrics
}

/** Publishes every CRL that is in the database or will be: into a folder, where one is given. */
export function publishAll({ store, logger, metrics }: CrlParts, crlDir: string | undefined): CrlPublishing {
  const publishers = crlDir === undefined ? [] : [fileCrlPublisher({ dir: crlDir })]
  return publishCrls({ store, logger, audit: store.audit }, { publishers, onEvent: metrics.crl })
}

/** Makes the CRLs of the platform's CAs when they are due, whether or not somebody asks for them. */
export function scheduleAll(
  { store, logger, metrics }: CrlParts,
  { root, issuing }: Authorities,
): { close(): Promise<void> } {
  metrics.watchCrls(() => crlEnds(store, { root, issuing }))
  return scheduleCrls({ store, logger }, [root, issuing], { onEvent: metrics.crl })
}

/** When each list ends that the CAs still make. */
async function crlEnds({ certificates }: Store, { root, issuing }: Authorities): Promise<readonly CrlEnd[]> {
  const made = new Map<string, readonly string[]>()
  for (const ca of [root, issuing]) made.set(ca.id, await ca.crlLists())
  const ends: CrlEnd[] = []
  for (const { issuer, scope } of await certificates.crlScopes()) {
    const list = crlListOf({ scope })
    if (made.get(issuer)?.includes(list) !== true) continue
    const latest = await certificates.latestCrl(issuer, scope)
    if (latest !== undefined) ends.push({ issuer, list, nextUpdate: latest.nextUpdate })
  }
  return ends
}
