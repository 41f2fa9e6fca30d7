import type { Clock, Logger, RecordStore, Store, Timer } from '../../ports/index.js'
import type { CrlIssuer } from '../types.js'
import { type CrlScheduleEvent, teller } from './events.js'
import { createLane, type Lane } from './lane.js'
import { inRange } from './publishing.js'

/** What a schedule works with. */
export interface CrlScheduleDeps {
  /** Where the leases are that keep several nodes from making a list each: that of the CAs. */
  readonly store: Pick<Store, 'records'>
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Logger
}

/** How a schedule behaves. */
export interface CrlScheduleOptions {
  /** Names this process among the nodes on one store, 1 to 128 characters, such as a random id. */
  readonly node: string
  /**
   * Seconds between two looks at the lists, 1 to 3600; 60 when absent. A list that is due between them is made when it is
   * due; the looks find what nobody told: another node's lists, changes on an indirect CRL, a clock that jumped.
   */
  readonly checkSeconds?: number
  /** Seconds for which a node that makes lists keeps the others off, 10 to 3600; 120 when absent. Longer than a list takes. */
  readonly leaseSeconds?: number
  /** Told of each list that was made or could not be, for metrics. */
  readonly onEvent?: (event: CrlScheduleEvent) => void
}

/** A schedule that runs. */
export interface CrlSchedule {
  /** Takes one more CA or indirect CRL into the schedule. Without effect when it is there already. */
  add(issuer: CrlIssuer): void
  /** Looks at all lists now and makes what is due. Never fails: what goes wrong is told as an event and in the log. */
  checkNow(): Promise<void>
  /** Stops, and waits for the lists that are being made. */
  close(): Promise<void>
}

/** What a lane is given. */
export interface LaneDeps {
  readonly records: RecordStore
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Logger
  readonly tell: (event: CrlScheduleEvent) => void
}

/**
 * Makes the CRLs of CAs when they are due, which is well before the lists before them end, on one of any number of nodes. Lists
 * that cannot be made are tried again, at first after five seconds, and at every look; no CA waits for another one. It begins
 * at once and goes on until it is closed.
 *
 * A clock that jumped forward finds lists due and has them made; after a jump back nothing is due, and CAs sign nothing
 * before the time of their latest list: both are told as `clock-jumped`.
 *
 * @throws CertwrightError `configuration` for options out of range.
 */
export function createCrlSchedule(
  deps: CrlScheduleDeps,
  issuers: readonly CrlIssuer[],
  options: CrlScheduleOptions,
): CrlSchedule {
  const checkMs = 1000 * inRange('checkSeconds', options.checkSeconds ?? 60, 3600)
  const leaseMs = 1000 * inRange('leaseSeconds', options.leaseSeconds ?? 120, 3600)
  inRange('the length of the name of the node', options.node.length, 128)
  const { store, clock, timer, logger } = deps
  const laneDeps: LaneDeps = { records: store.records, clock, timer, logger, tell: teller(options.onEvent) }
  const lanes = new Map<string, Lane>()
  let closed = false

  const add = (issuer: CrlIssuer): void => {
    if (closed) return
    const lane = lanes.get(issuer.id) ?? createLane(laneDeps, { id: issuer.id, node: options.node, checkMs, leaseMs })
    lanes.set(issuer.id, lane)
    lane.add(issuer)
  }
  for (const issuer of issuers) add(issuer)
  return Object.freeze({
    add,
    async checkNow() {
      await Promise.all([...lanes.values()].map((lane) => lane.checkNow()))
    },
    async close() {
      closed = true
      await Promise.all([...lanes.values()].map((lane) => lane.close()))
    },
  } satisfies CrlSchedule)
}
