import { CertwrightError } from '../errors.js'
import type { AuditEvent } from '../ports/index.js'
import { checkNode } from '../storage/index.js'
import { boundEvent } from './bound-event.js'
import { createChainWriter, type Waiting } from './chain-writer.js'
import { type Checkpoint, eventText } from './record.js'
import type { AuditTrail, AuditTrailDeps, AuditTrailOptions } from './types.js'

/** Records that are appended together at most; one more may be a checkpoint. */
const together = 256

/**
 * Opens the chain of a node behind its last durable record, or begins it, and signs a checkpoint at once. That makes this
 * process the only writer: one that used the same id before is refused from then on.
 *
 * `record` returns when the event is durable. Events that come together are appended together.
 *
 * @throws CertwrightError `configuration` for options out of range, `audit` when the chain cannot be read, its last record is
 *   damaged, or the checkpoint cannot be signed or recorded.
 */
export async function createAuditTrail(deps: AuditTrailDeps, options: AuditTrailOptions): Promise<AuditTrail> {
  checkNode(options.node)
  const limits = {
    checkpointEvents: inRange('checkpointEvents', options.checkpointEvents ?? 1000, 1_000_000),
    checkpointSeconds: inRange('checkpointSeconds', options.checkpointSeconds ?? 60, 86_400),
  }
  const maxWaiting = inRange('maxWaiting', options.maxWaiting ?? 10_000, 1_000_000)
  const writer = await createChainWriter(deps, { node: options.node, ...limits })
  const queue: Waiting[] = []
  let running = false
  let closed = false

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // Who was woken by one commit comes with its event a few turns of the microtask queue later: one group for all.
      for (let turn = 0; turn < 8; turn++) await undefined
      await writer.write(queue.splice(0, together))
    }
    running = false
  }
  const wait = (event: string | null): Promise<Checkpoint> =>
    new Promise((resolve, reject) => {
      queue.push({ event, resolve, reject })
      if (running) return
      running = true
      void drain()
    })
  const enqueue = async (event: string | null): Promise<Checkpoint> => {
    if (closed) throw new CertwrightError('audit', 'the audit trail is closed')
    if (queue.length >= maxWaiting) throw new CertwrightError('audit', 'too many events wait for the audit trail')
    return wait(event)
  }
  return Object.freeze({
    node: options.node,
    publicKey: deps.signer.publicKey,
    async record(event: AuditEvent) {
      await enqueue(eventText(boundEvent(event)))
    },
    checkpoint: () => enqueue(null),
    async checkpointIfDue() {
      if (writer.isDue()) await enqueue(null)
    },
    async close() {
      if (closed) return
      closed = true
      await wait(null)
    },
  } satisfies AuditTrail)
}

function inRange(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new CertwrightError('configuration', `${name} must be an integer from 1 to ${most}`)
}
