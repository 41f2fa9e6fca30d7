import { CertwrightError } from '../../errors.js'
import type { AuditSink, Clock, CrlPublisher, CrlRecord, Logger, Store, Timer } from '../../ports/index.js'
import { type Channel, createChannel } from './channel.js'
import { type CrlPublishingEvent, teller } from './events.js'

/** What publishing works with. */
export interface CrlPublishingDeps {
  readonly store: Pick<Store, 'certificates'>
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Logger
  /** Told of each list that was published, and of the first failure of each. What it does not take is in the log. */
  readonly audit?: AuditSink
}

/** How CRLs are published. */
export interface CrlPublishingOptions {
  /** Where they go; none of them waits for another. */
  readonly publishers: readonly CrlPublisher[]
  /** Milliseconds after which an attempt is aborted, 1 to 3,600,000; 30,000 when absent. */
  readonly timeoutMs?: number
  /** Milliseconds before the first repetition of an attempt, doubled each time up to the longest; 1000 and 300,000 when absent. */
  readonly retry?: { readonly firstMs: number; readonly longestMs: number }
  /**
   * Seconds between two looks at the store for lists that this process was not told of, such as those that other nodes made;
   * 1 to 86,400, 300 when absent.
   */
  readonly refreshSeconds?: number
  /** Attempts of one publisher at a time, each of another list, 1 to 1000; 4 when absent. */
  readonly concurrency?: number
  /** Told of each attempt's end, for metrics. */
  readonly onEvent?: (event: CrlPublishingEvent) => void
}

/** Publishing that runs. */
export interface CrlPublishing {
  /** For `CaDeps.crlIssued`. Returns at once: nobody who issues or revokes waits for a publisher. */
  crlIssued(crl: CrlRecord): Promise<void>
  /** Resolves when every list is published with every publisher: not before those that fail have succeeded. */
  idle(): Promise<void>
  /**
   * Begins no attempt any more and waits for those that run, at most `timeoutMs`. What is not published then is
   * published at the next start.
   */
  close(): Promise<void>
}

/**
 * Starts publishing: of every list that the store has now, and of each that is made from now on. So a crash between the
 * making and the publishing of a list loses nothing. A list that is not published stays on the mind of the process until it
 * is, or until a newer one takes its place; an older one is never published after a newer one. Of several nodes each brings
 * every list to its own publishers.
 *
 * @throws CertwrightError `configuration` for options out of range and names that are there twice.
 */
export function createCrlPublishing(deps: CrlPublishingDeps, options: CrlPublishingOptions): CrlPublishing {
  const { timeoutMs, longestMs, firstMs, refreshMs, concurrency } = checkOptions(options)
  const { store, clock, timer, logger } = deps
  const waiting: (() => void)[] = []
  let closed = false
  let isRefreshed = false
  let refreshing: Promise<void> | undefined
  let cancel = (): void => undefined

  const settle = (): void => {
    if (!isRefreshed || channels.some((channel) => !channel.isIdle())) return
    for (const resolve of waiting.splice(0)) resolve()
  }
  const tell = teller(options.onEvent)
  const channels: readonly Channel[] = options.publishers.map((publisher) =>
    createChannel(deps, publisher, {
      timeoutMs: inRange(`timeoutMs of ${publisher.name}`, publisher.timeoutMs ?? timeoutMs, 3_600_000),
      firstMs,
      longestMs,
      concurrency,
      tell,
      settled: settle,
    }),
  )
  const offer = (crl: CrlRecord): void => {
    for (const channel of channels) channel.offer(crl)
  }

  async function refresh(failures: number): Promise<void> {
    let next = refreshMs
    try {
      let read = 0
      for (const { issuer, scope } of await store.certificates.crlScopes()) {
        // A store that answers at once would let nobody else have a turn while thousands of lists are read.
        if (++read % 100 === 0) await new Promise<void>((resolve) => timer.after(1, resolve))
        const crl = closed ? undefined : await store.certificates.latestCrl(issuer, scope)
        if (crl !== undefined && crl.nextUpdate > clock.now()) offer(crl)
      }
      isRefreshed = true
      failures = 0
    } catch (error) {
      logger.error('the CRLs to be published cannot be read', { error })
      next = Math.min(firstMs * 2 ** Math.min(failures, 30), longestMs, refreshMs)
      failures += 1
    }
    if (!closed) cancel = timer.after(next, () => startRefresh(failures))
    settle()
  }
  const startRefresh = (failures: number): void => {
    refreshing = refresh(failures)
  }

  startRefresh(0)
  return Object.freeze({
    crlIssued: async (crl) => {
      if (!closed) offer(crl)
    },
    idle: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        settle()
      }),
    async close() {
      closed = true
      cancel()
      await Promise.all([refreshing, ...channels.map((channel) => channel.close())])
      for (const resolve of waiting.splice(0)) resolve()
    },
  } satisfies CrlPublishing)
}

function checkOptions(options: CrlPublishingOptions) {
  const names = options.publishers.map(({ name }) => name)
  if (names.some((name) => !/^[A-Za-z0-9._:-]{1,64}$/.test(name)) || new Set(names).size < names.length) {
    throw new CertwrightError(
      'configuration',
      'each CRL publisher has a name of its own, 1 to 64 of A-Z a-z 0-9 . _ : -',
    )
  }
  const { firstMs, longestMs } = options.retry ?? { firstMs: 1000, longestMs: 300_000 }
  return {
    timeoutMs: inRange('timeoutMs', options.timeoutMs ?? 30_000, 3_600_000),
    firstMs: inRange('retry.firstMs', firstMs, 86_400_000),
    longestMs: inRange('retry.longestMs', longestMs, 86_400_000),
    refreshMs: 1000 * inRange('refreshSeconds', options.refreshSeconds ?? 300, 86_400),
    concurrency: inRange('concurrency', options.concurrency ?? 4, 1000),
  }
}

/** @throws CertwrightError `configuration` for what is not an integer from 1 to `most`. */
export function inRange(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new CertwrightError('configuration', `${name} must be an integer from 1 to ${most}`)
}
