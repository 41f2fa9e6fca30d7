import { type AuditTrailDeps, type AuditTrailOptions, createAuditTrail, exportAuditTrail } from '@certwright/core/audit'
import { memoryKeys, memoryStore, systemDefaults } from '@certwright/core/defaults'
import type { AuditChain, AuditEvent, Signer, SigningKeyType } from '@certwright/core/ports'
import { fixedClock } from '@certwright/testkit'
import { collect } from '@certwright/testkit/contracts'

export const start = new Date('2026-11-20T12:00:00Z')

/** An event of a request. */
export const eventOf = (requestId: string, changes: Partial<AuditEvent> = {}): AuditEvent => ({
  time: start,
  type: 'certificate.issued',
  actor: 'passcode:line-3',
  address: '192.0.2.7',
  requestId,
  details: { profile: 'device', keyAlgorithm: 'P-256', keyBits: 256, renewal: false, reason: null },
  ...changes,
})

/** A checkpoint key. */
export async function checkpointKey(type: SigningKeyType = 'ed25519'): Promise<Signer> {
  return memoryKeys().generate('audit', type)
}

/** What a trail in memory works with. */
export async function trailDeps(given: Partial<Omit<AuditTrailDeps, 'clock'>> = {}) {
  const clock = fixedClock(start)
  const chain: AuditChain = given.chain ?? memoryStore().auditChain
  const signer = given.signer ?? (await checkpointKey())
  return { ...systemDefaults, clock, ...given, chain, signer }
}

/** A trail with so many events, one after the other, closed, as lines. */
export async function sampleTrail(events: number, options: Partial<AuditTrailOptions> = {}) {
  const deps = await trailDeps()
  const trail = await createAuditTrail(deps, { node: 'node-1', ...options })
  for (let i = 0; i < events; i++) await trail.record(eventOf(`request ${i}`))
  await trail.close()
  return { deps, lines: await collect(exportAuditTrail(deps.chain)), keys: [deps.signer.publicKey] }
}
