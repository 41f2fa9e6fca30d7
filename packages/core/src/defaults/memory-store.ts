import { CertwrightError } from '../errors.js'
import type { AuditChain, AuditEvent, AuditSink, Store } from '../ports/index.js'
import { memoryAuditChain } from './memory-audit-chain.js'
import { memoryCertificates } from './memory-certificates.js'
import { memoryRecords } from './memory-records.js'

/** A store that forgets everything with the process. */
export interface MemoryStore extends Store {
  /** What `audit` has recorded so far, oldest first. */
  readonly auditEvents: readonly AuditEvent[]
  /** Chains of nodes, for an audit trail that is hash-chained. */
  readonly auditChain: AuditChain
}

/**
 * A store in memory, for tests and for trying things out. It keeps the contract of every port except durability: each
 * method is atomic because it runs in one turn of the event loop.
 *
 * @example
 * ```ts
 * import { memoryStore } from '@certwright/core/defaults'
 *
 * const store = memoryStore()
 * await store.records.put('greetings', 'en', 'hello', 0, new Date(0))
 * console.log((await store.records.get('greetings', 'en', new Date(0)))?.value) // hello
 * ```
 */
export function memoryStore(): MemoryStore {
  const auditEvents: AuditEvent[] = []
  const audit: AuditSink = Object.freeze({
    async record(event) {
      if (Number.isNaN(event.time.getTime()))
        throw new CertwrightError('audit', 'the time of the event is not a valid date')
      auditEvents.push({ ...event, time: new Date(event.time), details: { ...event.details } })
    },
  } satisfies AuditSink)
  return Object.freeze({
    certificates: memoryCertificates(),
    records: memoryRecords(),
    audit,
    auditEvents,
    auditChain: memoryAuditChain(),
  })
}
