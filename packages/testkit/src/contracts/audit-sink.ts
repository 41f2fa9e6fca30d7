import type { AuditEvent, AuditSink } from '@certwright/core/ports'
import { describe, expect, test } from 'vitest'
import { at, hostileStrings } from './samples.js'
import { eachTest, expectCode, type MakeSubject, race } from './subject.js'

/** An audit sink and a way to read what it has recorded. */
export interface ReadableAudit {
  readonly audit: AuditSink
  /** All events, in the order of the record. */
  events(): Promise<readonly AuditEvent[]>
}

/**
 * Every promise of the `AuditSink` port as tests of vitest. Call it at the top level of a test file.
 *
 * @param name of the adapter, for the report
 * @param make a fresh, empty sink for each test, and how to read it
 */
export function auditSinkContract(name: string, make: MakeSubject<ReadableAudit>): void {
  describe(`${name} keeps the AuditSink contract`, () => {
    const subject = eachTest(make)
    auditTests(subject)
  })
}

function auditTests(subject: () => ReadableAudit): void {
  const event = (requestId: string, changes: Partial<AuditEvent> = {}): AuditEvent => ({
    time: at(1),
    type: 'certificate.issued',
    actor: 'alice',
    requestId,
    details: { protocol: 'est', count: 1, renewal: false, reason: null },
    ...changes,
  })

  test('an event is recorded as it was given', async () => {
    const events = [
      event('1'),
      event('2', { address: '2001:db8::1' }),
      event('3', { actor: null, details: {} }),
      event('4', { actor: '', address: '', type: 'enrollment.refused', time: at(-1) }),
    ]
    for (const each of events) await subject().audit.record(each)
    expect(await subject().events()).toEqual(events)
  })
  test('events keep the order of the calls, whatever their times say', async () => {
    for (let i = 0; i < 20; i++) await subject().audit.record(event(`${i}`, { time: at(-i) }))
    const ids = (await subject().events()).map(({ requestId }) => requestId)
    expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`))
  })
  test('of 64 events at once each is recorded once', async () => {
    const { errors } = await race(64, (i) => subject().audit.record(event(`${i}`)))
    expect(errors).toEqual([])
    const ids = (await subject().events()).map(({ requestId }) => Number(requestId))
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, i) => i))
  })
  test.each(hostileStrings)('text comes back as it was: %s', async (_, text) => {
    const hostile = event(text, { actor: text, address: text, details: { [text]: text } })
    await subject().audit.record(hostile)
    expect(await subject().events()).toEqual([hostile])
  })
  test('an event that cannot be recorded is refused, and the others are not', async () => {
    const { values, errors } = await race(8, (i) =>
      subject().audit.record(event(`${i}`, i === 3 ? { time: new Date(Number.NaN) } : {})),
    )
    expect([values.length, errors.length]).toEqual([7, 1])
    await expectCode(Promise.reject(errors[0]), 'audit')
    expect(await subject().events()).toHaveLength(7)
  })
}
