import { type CrlPublishingEvent, type CrlPublishingOptions, createCrlPublishing } from '@certwright/core/ca'
import { CertwrightError } from '@certwright/core/errors'
import type { AuditEvent, CrlPublication, CrlPublisher, CrlRecord, LogFields, Logger } from '@certwright/core/ports'
import { testTimer } from '@certwright/testkit'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { advanceUntil, quiet, until } from '../support/turns.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const request = opensslRequest('p256', '/CN=device-1')
const by = { actor: 'operator', requestId: 'revocation-1' }

/** A publisher in memory, which does what the test says. */
function shelf(name: string, before: (crl: CrlPublication, signal: AbortSignal) => unknown = () => undefined) {
  const taken: string[] = []
  const attempts: number[] = []
  const publisher: CrlPublisher = {
    name,
    async publish(crl, { signal }) {
      attempts.push(crl.number)
      await before(crl, signal)
      taken.push(`${crl.issuer}/${crl.list}#${crl.number}`)
    },
  }
  return { publisher, taken, attempts }
}

/** Two CAs whose lists are published. */
async function world(
  publishers: readonly CrlPublisher[],
  more: Partial<CrlPublishingOptions> = {},
  given: { readonly audit?: (event: AuditEvent) => Promise<void>; readonly deps?: ReturnType<typeof testDeps> } = {},
) {
  const logged: { readonly level: string; readonly message: string; readonly fields: LogFields }[] = []
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      logged.push({ level, message, fields })
    }
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const deps = given.deps ?? testDeps()
  const timer = testTimer(deps.clock)
  const events: CrlPublishingEvent[] = []
  const audited: AuditEvent[] = []
  const audit = {
    async record(event: AuditEvent) {
      await given.audit?.(event)
      audited.push(event)
    },
  }
  const publishing = createCrlPublishing(
    { store: deps.store, clock: deps.clock, timer, logger, audit },
    { publishers, onEvent: (event) => events.push(event), ...more },
  )
  const cas = await testAuthorities({ ...deps, crlIssued: publishing.crlIssued } as typeof deps)
  return { deps, timer, events, audited, logged, publishing, ...cas }
}

const seen = (events: readonly CrlPublishingEvent[]) =>
  events.map((event) => `${event.kind} ${event.publisher} ${event.list}#${event.number} (${event.attempt})`)

describe('publishing', () => {
  it('brings each list to each publisher', async () => {
    const [a, b] = [shelf('a'), shelf('b')]
    const { publishing, root, issuing, audited } = await world([a.publisher, b.publisher])
    await root.crl()
    await issuing.crl()
    await issuing.publishCrl()
    await publishing.idle()
    for (const { taken } of [a, b]) {
      expect(new Set(taken)).toEqual(new Set(['test~root/crl#1', 'test~issuing/crl#1', 'test~issuing/crl#2']))
    }
    expect(new Set(audited.map(({ type }) => type))).toEqual(new Set(['crl.published']))
  })

  it('publishes what was made before a crash when it starts again', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    await issuing.publishCrl()
    await issuing.publishCrl()
    const a = shelf('a')
    const { publishing } = await world([a.publisher], {}, { deps })
    await publishing.idle()
    expect(a.taken).toEqual(['test~issuing/crl#2'])
  })

  it('finds what another node made', async () => {
    const a = shelf('a')
    const { deps, timer, publishing } = await world([a.publisher])
    await publishing.idle()
    const elsewhere = await testAuthorities(deps)
    await elsewhere.issuing.publishCrl()
    await advanceUntil(timer, 60_000, () => a.taken.length > 0)
    expect(a.taken).toEqual(['test~issuing/crl#1'])
  })

  it('repeats what failed at longer and longer intervals, and holds up nobody', async () => {
    let broken = true
    const bad = shelf('bad', () => {
      if (broken) throw new CertwrightError('publish', 'out of order')
    })
    const good = shelf('good')
    const { timer, events, publishing, issuing, audited, deps } = await world([bad.publisher, good.publisher], {
      retry: { firstMs: 1000, longestMs: 4000 },
    })
    await issuing.publishCrl()
    await until(() => good.taken.length === 1)
    await quiet()
    const begin = deps.clock.now().getTime()
    const at: number[] = []
    for (let attempts = 2; attempts <= 6; attempts++) {
      await advanceUntil(timer, 500, () => bad.attempts.length === attempts)
      at.push(deps.clock.now().getTime() - begin)
    }
    expect(at).toEqual([1000, 3000, 7000, 11000, 15000])
    broken = false
    await advanceUntil(timer, 500, () => bad.taken.length === 1)
    await publishing.idle()
    expect(seen(events)).toEqual([
      'publication-failed bad crl#1 (1)',
      'published good crl#1 (1)',
      ...[2, 3, 4, 5, 6].map((n) => `publication-failed bad crl#1 (${n})`),
      'published bad crl#1 (7)',
    ])
    // The trail tells the first failure and the end, not every attempt.
    expect(audited.map(({ type, details }) => `${type} ${details['publisher']}`)).toEqual([
      'crl.publication-failed bad',
      'crl.published good',
      'crl.published bad',
    ])
    expect(audited[0]?.details).toMatchObject({ code: 'publish', reason: 'out of order', issuer: 'test~issuing' })
  })

  it('keeps only the newest list for a publisher that is slow, and never an older one after it', async () => {
    const gate: (() => void)[] = []
    const slow = shelf('slow', () => new Promise<void>((resolve) => gate.push(resolve)))
    const { publishing, issuing } = await world([slow.publisher])
    for (let i = 0; i < 5; i++) await issuing.publishCrl()
    await until(() => gate.length === 1)
    gate[0]?.()
    await until(() => gate.length === 2)
    gate[1]?.()
    await publishing.idle()
    expect(slow.attempts).toEqual([1, 5])
    expect(slow.taken).toEqual(['test~issuing/crl#1', 'test~issuing/crl#5'])
  })

  it('does not publish an older list that is handed in late', async () => {
    const a = shelf('a')
    const { publishing, issuing } = await world([a.publisher])
    const first = await issuing.publishCrl()
    await issuing.publishCrl()
    await publishing.idle()
    await publishing.crlIssued(first)
    await publishing.idle()
    expect(a.taken.at(-1)).toBe('test~issuing/crl#2')
  })

  it('overwrites its own list again when another node was faster with a newer one', async () => {
    const made: CrlRecord[] = []
    const gate: (() => void)[] = []
    const a = shelf('a', () => new Promise<void>((resolve) => gate.push(resolve)))
    const { deps, publishing, issuing } = await world([a.publisher])
    made.push(await issuing.publishCrl())
    await until(() => gate.length === 1)
    const elsewhere = await testAuthorities(deps)
    await elsewhere.issuing.publishCrl()
    gate[0]?.()
    await until(() => gate.length === 2)
    gate[1]?.()
    await publishing.idle()
    expect(a.taken).toEqual(['test~issuing/crl#1', 'test~issuing/crl#2'])
  })

  it('aborts what takes too long, and lets nothing overtake what does not end', async () => {
    const gate: (() => void)[] = []
    const signals: AbortSignal[] = []
    const stuck = shelf('stuck', (_, signal) => {
      signals.push(signal)
      return new Promise<void>((resolve) => gate.push(resolve))
    })
    const { timer, events, publishing, issuing } = await world([stuck.publisher], { timeoutMs: 5000 })
    await issuing.publishCrl()
    await until(() => gate.length === 1)
    timer.advance(5000)
    await until(() => events.length === 1)
    expect(signals[0]?.aborted).toBe(true)
    expect(events[0]).toMatchObject({ kind: 'publication-failed', error: { code: 'publish' } })
    await issuing.publishCrl()
    await quiet()
    expect(stuck.attempts).toEqual([1])
    gate[0]?.()
    await until(() => gate.length === 2)
    gate[1]?.()
    await publishing.idle()
    expect(stuck.attempts).toEqual([1, 2])
  })

  it('does not make a revocation wait for a publisher that never ends', async () => {
    const never = shelf('never', () => new Promise(() => undefined))
    const { timer, publishing, issuing } = await world([never.publisher], { timeoutMs: 1000 })
    const { record } = await issuing.order(orderOf(request, 'a'))
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    expect(never.attempts).toEqual([1])
    const closed = publishing.close()
    await quiet()
    timer.advance(1000)
    await closed
  })

  it('goes on when audit, counters and the store fail', async () => {
    const a = shelf('a')
    const deps = testDeps()
    let isDown = true
    const certificates = {
      ...deps.store.certificates,
      crlScopes: async () => {
        if (isDown) throw new CertwrightError('store', 'down')
        return deps.store.certificates.crlScopes()
      },
    }
    const { timer, logged, publishing, issuing } = await world(
      [a.publisher],
      {
        onEvent: () => {
          throw new Error('counter')
        },
      },
      {
        audit: () => Promise.reject(new CertwrightError('audit', 'down')),
        deps: { ...deps, store: { ...deps.store, certificates } },
      },
    )
    await issuing.publishCrl('crl')
    await until(() => a.taken.length === 1)
    isDown = false
    timer.advance(1000)
    await publishing.idle()
    expect(a.taken).toEqual(['test~issuing/crl#1'])
    const errors = logged.filter(({ level }) => level === 'error').map(({ message }) => message)
    expect(errors).toContain('the CRLs to be published cannot be read')
    expect(errors).toContain('what became of a CRL could not be audited')
  })

  it('tells of foreign errors only their kind', async () => {
    const secret = 'Bearer abc'
    const bad = shelf('bad', () => {
      throw new Error(`refused ${secret}`)
    })
    const { events, publishing, issuing, audited } = await world([bad.publisher])
    await issuing.publishCrl()
    await until(() => audited.length === 1)
    expect(events[0]).toMatchObject({ error: { code: 'publish', message: 'the publisher failed (Error)' } })
    expect(JSON.stringify(audited)).not.toContain(secret)
    await publishing.close()
  })

  it('ends in order: timers are off, and nothing begins after', async () => {
    const bad = shelf('bad', () => {
      throw new CertwrightError('publish', 'no')
    })
    const { timer, events, publishing, issuing } = await world([bad.publisher])
    await issuing.publishCrl()
    await until(() => events.length === 1)
    await publishing.close()
    expect(timer.pending()).toBe(0)
    await issuing.publishCrl()
    timer.advance(1_000_000)
    await quiet()
    expect(bad.attempts).toEqual([1])
  })

  it('sends only so many lists to a publisher at a time', async () => {
    const gate: (() => void)[] = []
    const a = shelf('a', () => new Promise<void>((resolve) => gate.push(resolve)))
    const { publishing, root, issuing } = await world([a.publisher], { concurrency: 1 })
    await root.publishCrl()
    await issuing.publishCrl()
    await quiet()
    expect(gate).toHaveLength(1)
    gate[0]?.()
    await until(() => gate.length === 2)
    gate[1]?.()
    await publishing.idle()
    expect(a.taken).toHaveLength(2)
  })

  it.each([
    [{ publishers: [shelf('a').publisher, shelf('a').publisher] }, /name of its own/],
    [{ publishers: [shelf('a b').publisher] }, /name of its own/],
    [{ publishers: [], timeoutMs: 0 }, /timeoutMs/],
    [{ publishers: [{ ...shelf('a').publisher, timeoutMs: 0 }] }, /timeoutMs of a/],
    [{ publishers: [], retry: { firstMs: 0, longestMs: 1 } }, /retry.firstMs/],
    [{ publishers: [], refreshSeconds: 0.5 }, /refreshSeconds/],
    [{ publishers: [], concurrency: 1001 }, /concurrency/],
  ])('refuses options %#', (options, message) => {
    const deps = testDeps()
    expect(() => createCrlPublishing({ ...deps, timer: testTimer(deps.clock) }, options)).toThrow(message)
  })
})
