import { CertwrightError } from '../../errors.js'
import type { AuditEventType, CrlPublisher, CrlRecord } from '../../ports/index.js'
import { type CrlPublishingEvent, crlListOf, typedError } from './events.js'
import type { CrlPublishingDeps } from './publishing.js'

/** What goes to one publisher. */
export interface Channel {
  /** Publishes a list unless it, or one after it, is published or waits to be. */
  offer(crl: CrlRecord): void
  isIdle(): boolean
  close(): Promise<void>
}

/** How a channel behaves; see `CrlPublishingOptions`. */
interface ChannelOptions {
  readonly timeoutMs: number
  readonly firstMs: number
  readonly longestMs: number
  readonly concurrency: number
  readonly tell: (event: CrlPublishingEvent) => void
  /** Called whenever an attempt has ended. */
  readonly settled: () => void
}

/** One list on its way to the publisher; only the newest is kept. */
interface Way {
  readonly issuer: string
  readonly scope: string | undefined
  /** What is not published yet. */
  wanted: CrlRecord | undefined
  /** Number of the list that was published last. */
  published: number
  /** Attempts that failed since one succeeded. */
  failures: number
  /** Number of the list whose failure is in the audit trail. */
  audited: number
  isBusy: boolean
  cancelRetry: () => void
}

/** Brings lists to one publisher: different ones side by side, those of one name one after the other. */
export function createChannel(deps: CrlPublishingDeps, publisher: CrlPublisher, options: ChannelOptions): Channel {
  const { timer, logger, store } = deps
  const ways = new Map<string, Way>()
  const queue: Way[] = []
  const running = new Set<Promise<void>>()
  const report = createReport(deps, publisher.name, options.tell)
  let closed = false

  function offer(crl: CrlRecord): void {
    const way = wayOf(ways, crl)
    if (crl.number <= Math.max(way.published, way.wanted?.number ?? 0)) return
    way.wanted = crl
    enqueue(way)
  }

  function enqueue(way: Way): void {
    if (way.isBusy || closed) return
    way.cancelRetry()
    way.isBusy = true
    queue.push(way)
    drain()
  }

  function drain(): void {
    while (running.size < options.concurrency && !closed) {
      const way = queue.shift()
      if (way === undefined) return
      const run = publishNewest(way).then((failed) => {
        running.delete(run)
        way.isBusy = false
        // What came meanwhile goes at once; what has failed waits.
        if (way.wanted !== undefined && way.wanted !== failed) enqueue(way)
        else if (failed !== undefined && !closed) retryLater(way)
        drain()
        options.settled()
      })
      running.add(run)
    }
  }

  function retryLater(way: Way): void {
    const wait = Math.min(options.firstMs * 2 ** Math.min(way.failures - 1, 30), options.longestMs)
    way.cancelRetry = timer.after(wait, () => enqueue(way))
  }

  /** @returns the list that could not be published. */
  async function publishNewest(way: Way): Promise<CrlRecord | undefined> {
    if (way.failures > 0) await catchUp(way)
    const crl = way.wanted
    if (crl === undefined) return undefined
    const outcome = await attempt(crl, () => fail(way, crl, tookTooLong(options.timeoutMs)))
    if (outcome !== 'published') {
      if (outcome !== 'failed') await fail(way, crl, outcome)
      return crl
    }
    way.published = crl.number
    if (way.wanted === crl) way.wanted = undefined
    await report('published', crl, { attempt: way.failures + 1 })
    way.failures = 0
    // Another node may have made and published a newer list while this one was on its way, and have been overwritten.
    await catchUp(way)
    return undefined
  }

  async function fail(way: Way, crl: CrlRecord, error: CertwrightError): Promise<void> {
    way.failures += 1
    const audited = way.audited === crl.number
    way.audited = crl.number
    await report('publication-failed', crl, { attempt: way.failures, error, audited })
  }

  /** @returns what went wrong; `failed` when `late` has told of it already. */
  async function attempt(crl: CrlRecord, late: () => Promise<void>): Promise<'published' | 'failed' | CertwrightError> {
    const controller = new AbortController()
    const { number, thisUpdate, nextUpdate, crl: der } = crl
    const publication = { issuer: crl.issuer, list: crlListOf(crl), number, thisUpdate, nextUpdate, der }
    const publish = async () => publisher.publish(publication, { signal: controller.signal })
    const ended = publish().then(
      () => 'published' as const,
      (error: unknown) => typedError(error, 'publish', 'the publisher failed'),
    )
    let cancel = (): void => undefined
    const timedOut = new Promise<'timed-out'>((resolve) => {
      cancel = timer.after(options.timeoutMs, () => resolve('timed-out'))
    })
    const first = await Promise.race([ended, timedOut])
    cancel()
    if (first !== 'timed-out') return first
    controller.abort(tookTooLong(options.timeoutMs))
    await late()
    // One that does not end when told to could overwrite what comes after it: so nothing does until it has.
    return (await ended) === 'published' ? 'published' : 'failed'
  }

  /** Takes the newest list from the store. */
  async function catchUp(way: Way): Promise<void> {
    try {
      const crl = await store.certificates.latestCrl(way.issuer, way.scope)
      if (crl !== undefined) offer(crl)
    } catch (error) {
      logger.debug('the newest CRL cannot be read; it is looked for again later', { ca: way.issuer, error })
    }
  }

  return Object.freeze({
    offer,
    isIdle: () => running.size === 0 && [...ways.values()].every(({ wanted }) => wanted === undefined),
    async close() {
      closed = true
      for (const way of ways.values()) way.cancelRetry()
      let cancel = (): void => undefined
      const patience = new Promise<void>((resolve) => {
        cancel = timer.after(options.timeoutMs, resolve)
      })
      await Promise.race([Promise.all(running), patience])
      cancel()
    },
  } satisfies Channel)
}

function wayOf(ways: Map<string, Way>, { issuer, scope }: CrlRecord): Way {
  const key = JSON.stringify([issuer, scope ?? 'full'])
  const known = ways.get(key)
  if (known !== undefined) return known
  const way: Way = {
    issuer,
    scope,
    wanted: undefined,
    published: 0,
    failures: 0,
    audited: 0,
    isBusy: false,
    cancelRetry: () => undefined,
  }
  ways.set(key, way)
  return way
}

/** What is told of an attempt. */
type Outcome = { readonly attempt: number; readonly error?: CertwrightError; readonly audited?: boolean }

/** Tells of an attempt: log, events for metrics, audit. None of them stops the publishing. */
function createReport({ logger, audit, clock }: CrlPublishingDeps, publisher: string, tell: ChannelOptions['tell']) {
  return async (kind: CrlPublishingEvent['kind'], crl: CrlRecord, { attempt, error, audited }: Outcome) => {
    const { issuer, number, nextUpdate } = crl
    const facts = { publisher, issuer, list: crlListOf(crl), number, attempt }
    const common = { ...facts, nextUpdate }
    if (error === undefined) {
      tell({ kind: 'published', ...common })
      if (attempt > 1) logger.info('a CRL that could not be published is published', facts)
      else logger.debug('a CRL is published', facts)
    } else {
      tell({ kind: 'publication-failed', ...common, error })
      logger.error('a CRL could not be published; it is tried again', { ...facts, error })
    }
    if (audit === undefined || audited === true) return
    const type: AuditEventType = `crl.${kind === 'published' ? kind : 'publication-failed'}`
    const requestId = `crl:${issuer}:${facts.list}:${number}`
    const details = { ...facts, ...(error === undefined ? {} : { code: error.code, reason: error.message }) }
    try {
      await audit.record({ time: clock.now(), type, actor: null, requestId, details })
    } catch (failure) {
      logger.error('what became of a CRL could not be audited', { ...facts, type, error: failure })
    }
  }
}

const tookTooLong = (milliseconds: number): CertwrightError =>
  new CertwrightError('publish', `the publisher did not end within ${milliseconds} milliseconds`)
