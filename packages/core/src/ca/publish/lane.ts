import { createLease, type HeldLease } from '../../storage/index.js'
import { coalesced } from '../crl/coalesced.js'
import type { CrlIssuer } from '../types.js'
import { crlListOf, typedError } from './events.js'
import type { LaneDeps } from './schedule.js'

/** The lists of one CA, with those that it signs for several, in the schedule. */
export interface Lane {
  add(issuer: CrlIssuer): void
  checkNow(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds before a failure is tried again for the first time; doubled until the next look comes before. */
const firstRetryMs = 5000
/** Refusals of the lease, a quarter of its duration apart, after which its holder is taken for dead and its clock for wrong. */
const maxRefusals = 8
/** Milliseconds by which clock and timer may differ: a machine that is busy, or whose clock is being trimmed. */
const toleratedJump = 60_000

interface DueList {
  readonly issuer: CrlIssuer
  readonly list: string
}

/**
 * One after the other, so that a CA's key is not asked for everything at once: look what is due, take the lease, look again,
 * since another node may have been faster, and make it.
 */
export function createLane(
  { records, clock, timer, logger, tell }: LaneDeps,
  {
    id,
    node,
    checkMs,
    leaseMs,
  }: { readonly id: string; readonly node: string; readonly checkMs: number; readonly leaseMs: number },
): Lane {
  /** When lists are due, as far as that is known and cannot come earlier: to ask costs reading the list. */
  const issuers = new Map<CrlIssuer, Map<string, number>>()
  const lease = createLease({ records, clock }, { name: `crl:${id}`, holder: node, duration: leaseMs })
  const broken = new Map<string | null, string>()
  let cancel = (): void => undefined
  let closed = false
  let failedPasses = 0
  let refusals = 0
  let armed: { readonly at: number; readonly wait: number; rang: boolean } | undefined

  function failed(list: string | null, thrown: unknown): void {
    const error = typedError(thrown, 'ca', 'the CRLs could not be made')
    const isNew = broken.get(list) !== error.message
    broken.set(list, error.message)
    tell({ kind: 'failed', issuer: id, list, error })
    const facts = { ca: id, list, error }
    if (isNew) logger.error('a CRL is due and could not be made; it is tried again', facts)
    else logger.debug('a CRL is still due and could not be made', facts)
  }
  function worked(list: string | null): void {
    if (broken.delete(list)) logger.info('what kept a CRL from being made is over', { ca: id, list })
  }

  async function pass(): Promise<void> {
    cancel()
    noticeJump()
    const look = { failures: 0, next: checkMs }
    const due = await findDue(look)
    if (due.length > 0 && !closed) await makeUnderLease(due, look)
    failedPasses = look.failures > 0 ? failedPasses + 1 : 0
    const retry = failedPasses === 0 ? checkMs : firstRetryMs * 2 ** Math.min(failedPasses - 1, 20)
    arm(Math.max(1, Math.min(look.next, retry, checkMs)))
  }

  function arm(wait: number): void {
    if (closed) return
    const alarm = { at: clock.now().getTime(), wait, rang: false }
    armed = alarm
    cancel = timer.after(wait, () => {
      alarm.rang = true
      void check()
    })
  }

  function noticeJump(): void {
    if (armed === undefined) return
    const { at, wait, rang } = armed
    armed = undefined
    const by = clock.now().getTime() - at
    // A look that was asked for comes at any time until then: only a clock that is further on, or behind, has jumped.
    const jump = rang || by > wait ? by - wait : Math.min(0, by)
    if (Math.abs(jump) < toleratedJump) return
    tell({ kind: 'clock-jumped', milliseconds: jump })
    logger.warn('the clock jumped', { ca: id, milliseconds: jump })
  }

  /** What is due; when the next one will be goes into `look`. */
  async function findDue(look: { failures: number; next: number }): Promise<readonly DueList[]> {
    const due: DueList[] = []
    let asked = 0
    for (const [issuer, known] of issuers) {
      try {
        for (const list of await issuer.crlLists()) {
          const until = (known.get(list) ?? 0) - clock.now().getTime()
          if (until <= 0 && ++asked % 100 === 0) await turn()
          const wait = until > 0 ? until : await untilDue(issuer, list)
          if (wait <= 0) due.push({ issuer, list })
          else look.next = Math.min(look.next, wait)
        }
        worked(null)
      } catch (error) {
        look.failures += 1
        failed(null, error)
      }
    }
    return due
  }

  /** Milliseconds until a list is due, 0 or less when it is; endless when it is made no more. */
  async function untilDue(issuer: CrlIssuer, list: string): Promise<number> {
    const due = (await issuer.crlDue(list))?.getTime() ?? Number.POSITIVE_INFINITY
    if (issuer.dueByChange !== true && Number.isFinite(due)) issuers.get(issuer)?.set(list, due)
    return due - clock.now().getTime()
  }

  /** A store that answers at once would let nobody else have a turn while thousands of lists are asked for. */
  const turn = (): Promise<void> => new Promise((resolve) => timer.after(1, resolve))

  async function makeUnderLease(due: readonly DueList[], look: { failures: number; next: number }): Promise<void> {
    let held: HeldLease | undefined
    try {
      held = await lease.acquire()
    } catch (error) {
      look.failures += 1
      return failed(null, error)
    }
    // Two nodes that make the same list do no harm; a list that nobody makes does.
    if (held === undefined && ++refusals < maxRefusals) {
      look.next = Math.min(look.next, leaseMs / 4)
      return
    }
    refusals = 0
    let keptAt = clock.now().getTime()
    for (const each of due) {
      if (closed) break
      await make(each, look)
      const now = clock.now().getTime()
      if (held === undefined || Math.abs(now - keptAt) < leaseMs / 2) continue
      keptAt = now
      // Whoever has taken it is making the rest.
      if (!(await succeeds(held.renew()))) break
    }
    if (held !== undefined) await succeeds(held.release())
  }

  async function make({ issuer, list }: DueList, look: { failures: number; next: number }): Promise<void> {
    try {
      if ((await untilDue(issuer, list)) <= 0) {
        const made = await issuer.publishCrl(list)
        tell({ kind: 'made', issuer: id, list: crlListOf(made), number: made.number, nextUpdate: made.nextUpdate })
      }
      worked(list)
      look.next = Math.min(look.next, Math.max(1000, await untilDue(issuer, list)))
    } catch (error) {
      look.failures += 1
      failed(list, error)
    }
  }

  const check = coalesced(async () => {
    if (!closed) await pass()
  })
  return Object.freeze({
    add(issuer) {
      if (issuers.has(issuer)) return
      issuers.set(issuer, new Map())
      void check()
    },
    checkNow: check,
    async close() {
      closed = true
      cancel()
      await check()
    },
  } satisfies Lane)
}

const succeeds = (promise: Promise<void>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  )
