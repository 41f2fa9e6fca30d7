import { CertwrightError } from '../errors.js'
import type { Clock, JsonValue, RecordStore } from '../ports/index.js'

/** What a lease works with. */
export interface LeaseDeps {
  readonly records: RecordStore
  readonly clock: Clock
}

/** Whose lease for what. */
export interface LeaseOptions {
  /** What only one may do at a time, such as `crl:acme~devices`; 1 to 512 characters. */
  readonly name: string
  /** Who asks: another one in each process, such as a random id. */
  readonly holder: string
  /** How long the lease is good for unless it is renewed, in milliseconds, 1 to 86,400,000. */
  readonly duration: number
}

/** A lease that is held. */
export interface HeldLease {
  /**
   * The fencing token: greater than that of every holder before. Clocks differ and processes sleep, so a holder may
   * believe in a lease that another one has taken meanwhile. Whatever the work writes is written under this token
   * (`putFenced`, a CRL number, a column), and what comes with a smaller one is refused.
   */
  readonly token: number
  /**
   * Holds it for another `duration` from now.
   *
   * @throws CertwrightError `conflict` when another one has taken it.
   */
  renew(): Promise<void>
  /** Gives it back; does nothing when another one has taken it. */
  release(): Promise<void>
}

/** A lease for one piece of work among any number of nodes. */
export interface Lease {
  /** Takes the lease if nobody holds it; of any number that ask at once one gets it. */
  acquire(): Promise<HeldLease | undefined>
  /**
   * Does work that is due at a moment, once for all nodes: not if it is done already for that moment or a later one, and
   * not while another node is at it. If the node dies the next one that asks after the lease has run out does it again; if
   * `work` throws, the next one that asks at all.
   *
   * @returns whether it was done here
   * @throws what `work` throws; CertwrightError `conflict` when another node took over before the work was finished.
   */
  runDue(due: Date, work: (held: HeldLease) => Promise<void>): Promise<boolean>
}

interface LeaseRecord {
  readonly holder: string
  readonly token: number
  /** Milliseconds since 1970. */
  readonly until: number
  /** The latest moment for which the work is done, in milliseconds since 1970. */
  readonly done: number | null
}

const collection = 'lease'

/**
 * A lease kept as one record, which is never deleted, so that tokens rise for ever. All that it needs of the store is that
 * of two writers with one expectation one succeeds.
 *
 * @throws CertwrightError `configuration` for a duration out of range.
 * @example
 * ```ts
 * import { memoryStore, systemClock } from '@certwright/core/defaults'
 * import { createLease } from '@certwright/core/storage'
 *
 * const { records } = memoryStore()
 * const lease = createLease({ records, clock: systemClock }, { name: 'nightly', holder: 'node 1', duration: 60_000 })
 * const midnight = new Date('2030-01-01T00:00:00Z')
 * console.log(await lease.runDue(midnight, async ({ token }) => console.log('working under', token)))
 * ```
 */
export function createLease(deps: LeaseDeps, options: LeaseOptions): Lease {
  const { duration } = options
  if (!(Number.isInteger(duration) && duration >= 1 && duration <= 86_400_000)) {
    throw new CertwrightError('configuration', 'a lease lasts 1 to 86,400,000 milliseconds')
  }
  const take = async (due?: Date): Promise<Writer | undefined> => {
    const now = deps.clock.now()
    const stored = await deps.records.get(collection, options.name, now)
    const present = stored && readLease(stored.value)
    if (present && present.until > now.getTime()) return undefined
    if (due && present && present.done !== null && present.done >= due.getTime()) return undefined
    const token = (present?.token ?? 0) + 1
    const writer = leaseWriter(deps, options, token, present?.done ?? null, stored?.version ?? 0)
    return (await writer.write(now.getTime() + duration)) ? writer : undefined
  }
  return Object.freeze({
    acquire: async () => (await take())?.held,
    async runDue(due, work) {
      const writer = await take(due)
      if (!writer) return false
      try {
        await work(writer.held)
      } catch (error) {
        // What went wrong is told; a lease that cannot be given back runs out by itself.
        await writer.held.release().catch(() => undefined)
        throw error
      }
      if (await writer.write(0, due.getTime())) return true
      throw lost()
    },
  } satisfies Lease)
}

interface Writer {
  readonly held: HeldLease
  /** Writes the lease over what this holder wrote last; answers whether it was still that. */
  write(until: number, done?: number): Promise<boolean>
}

function leaseWriter(
  { records, clock }: LeaseDeps,
  { name, holder, duration }: LeaseOptions,
  token: number,
  doneBefore: number | null,
  versionBefore: number,
): Writer {
  let version = versionBefore
  const write = async (until: number, done: number | null = doneBefore): Promise<boolean> => {
    const value: LeaseRecord = { holder, token, until, done }
    try {
      version = await records.put(collection, name, { ...value }, version, clock.now())
      return true
    } catch (error) {
      if (error instanceof CertwrightError && error.code === 'conflict') return false
      throw error
    }
  }
  const held: HeldLease = Object.freeze({
    token,
    async renew() {
      if (!(await write(clock.now().getTime() + duration))) throw lost()
    },
    async release() {
      await write(0)
    },
  } satisfies HeldLease)
  return { held, write }
}

const lost = (): CertwrightError => new CertwrightError('conflict', 'another node has taken the lease')

function readLease(value: JsonValue): LeaseRecord {
  if (typeof value === 'object' && value !== null && 'token' in value) {
    const { holder, token, until, done } = value
    if (typeof holder === 'string' && typeof token === 'number' && typeof until === 'number') {
      return { holder, token, until, done: typeof done === 'number' ? done : null }
    }
  }
  throw new CertwrightError('store', 'the stored record of a lease is damaged')
}

/**
 * Writes a record under a fencing token: refused if one was written under a greater token before. Atomic.
 *
 * @returns the new version
 * @throws CertwrightError `conflict` when the token is too old.
 */
export async function putFenced(
  { records, clock }: LeaseDeps,
  address: { readonly collection: string; readonly key: string },
  value: JsonValue,
  token: number,
): Promise<number> {
  for (;;) {
    const now = clock.now()
    const stored = await records.get(address.collection, address.key, now)
    if (stored && tokenOf(stored.value) > token) throw lost()
    try {
      return await records.put(address.collection, address.key, { token, value }, stored?.version ?? 0, now)
    } catch (error) {
      if (!(error instanceof CertwrightError && error.code === 'conflict')) throw error
    }
  }
}

function tokenOf(value: JsonValue): number {
  const token = typeof value === 'object' && value !== null && 'token' in value ? value['token'] : undefined
  return typeof token === 'number' ? token : 0
}
