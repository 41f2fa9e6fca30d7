import type { CertificateStore, IssuanceIntent } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { digestOf, hostileStrings, reservedRecord, sampleIntent, sampleIssued } from './samples.js'
import { expectCode, race } from './subject.js'

/** How many callers race. */
const many = 64

/** Tests of the way from an intent to an issued certificate. */
export function issuanceTests(store: () => CertificateStore): void {
  reserveTests(store)
  completeTests(store)
  sharingTests(store)
  raceTests(store)
  inputTests(store)
}

function reserveTests(store: () => CertificateStore): void {
  test('an intent is recorded as it was given', async () => {
    const intent = sampleIntent('one', { previousSerial: '0a0b' })
    expect(await store().reserve(intent)).toEqual({ kind: 'reserved', record: reservedRecord(intent) })
    expect(await store().get(intent.issuer, intent.serial)).toEqual(reservedRecord(intent))
  })
  test('a requestId that is known gives the record that is there', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    const again = { ...sampleIntent('two'), requestId: intent.requestId }
    expect(await store().reserve(again)).toEqual({ kind: 'existing', record: reservedRecord(intent) })
    expect(await store().get(again.issuer, again.serial)).toBeUndefined()
    const issued = sampleIssued(intent)
    const record = await store().complete(intent.issuer, intent.serial, issued)
    expect(await store().reserve(again)).toEqual({ kind: 'existing', record })
  })
  test('a serial number of another request is taken', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    const other = { ...sampleIntent('two'), serial: intent.serial }
    expect(await store().reserve(other)).toEqual({ kind: 'serial-taken' })
    expect(await store().get(intent.issuer, intent.serial)).toEqual(reservedRecord(intent))
  })
  test('another issuer has serial numbers and request ids of its own', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    expect(await store().reserve({ ...intent, issuer: 'test~other' })).toMatchObject({ kind: 'reserved' })
    expect(await store().get('test~third', intent.serial)).toBeUndefined()
  })
  test('a serial number that is none is unknown', async () => {
    for (const serial of ['', 'xyz', 'ff'.repeat(1000), "'; --"]) {
      expect(await store().get('test~ca', serial)).toBeUndefined()
    }
  })
}

function completeTests(store: () => CertificateStore): void {
  test('a certificate completes its record, which keeps the TBS', async () => {
    const intent = sampleIntent('one')
    const issued = sampleIssued(intent)
    await store().reserve(intent)
    const expected = { ...reservedRecord(intent), status: 'issued', ...issued }
    expect(await store().complete(intent.issuer, intent.serial, issued)).toEqual(expected)
    expect(await store().get(intent.issuer, intent.serial)).toEqual(expected)
  })
  test('the TBS stays as reserved even if the certificate holds another one, or is none', async () => {
    for (const [i, certificate] of [sampleIssued(sampleIntent('other')).certificate, new Uint8Array([1])].entries()) {
      const intent = sampleIntent(`one ${i}`)
      await store().reserve(intent)
      await store().complete(intent.issuer, intent.serial, { ...sampleIssued(intent), certificate })
      const record = await store().get(intent.issuer, intent.serial)
      expect(record).toMatchObject({ tbsCertificate: intent.tbsCertificate, certificate })
    }
  })
  test('the certificate that came first stays', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    const first = await store().complete(intent.issuer, intent.serial, sampleIssued(intent, 'first'))
    expect(await store().complete(intent.issuer, intent.serial, sampleIssued(intent, 'second'))).toEqual(first)
    expect(await store().get(intent.issuer, intent.serial)).toEqual(first)
  })
  test('completing what was not reserved is a conflict', async () => {
    const intent = sampleIntent('one')
    await expectCode(store().complete(intent.issuer, intent.serial, sampleIssued(intent)), 'conflict')
  })
}

function sharingTests(store: () => CertificateStore): void {
  test('octets are plain arrays, not what a driver makes of them', async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    await store().complete(intent.issuer, intent.serial, sampleIssued(intent))
    const record = await store().get(intent.issuer, intent.serial)
    for (const octets of [record?.certificate, record?.tbsCertificate, record?.subjectDer]) {
      expect(octets?.constructor).toBe(Uint8Array)
    }
  })
  test('what is given back is not shared with the store', async () => {
    const intent = sampleIntent('one')
    const before = structuredClone(reservedRecord(intent))
    const { record } = (await store().reserve(intent)) as { readonly record: IssuanceIntent }
    for (const shared of [intent, record]) {
      shared.tbsCertificate.fill(0)
      shared.createdAt.setTime(0)
    }
    expect(await store().get(before.issuer, before.serial)).toEqual(before)
  })
}

function raceTests(store: () => CertificateStore): void {
  test(`${many} reservations at once with one requestId give one record`, async () => {
    const intents = Array.from({ length: many }, (_, i) => ({ ...sampleIntent(`${i}`), requestId: 'the same' }))
    const { values, errors } = await race(many, (i) => store().reserve(intents[i] ?? sampleIntent('none')))
    expect(errors).toEqual([])
    expect(values.filter(({ kind }) => kind === 'reserved')).toHaveLength(1)
    expect(values.filter(({ kind }) => kind === 'existing')).toHaveLength(many - 1)
    expect(new Set(values.map((value) => ('record' in value ? value.record.serial : ''))).size).toBe(1)
  })
  test(`${many} reservations at once with one serial number: one gets it`, async () => {
    const { serial } = sampleIntent('one')
    const { values, errors } = await race(many, (i) => store().reserve({ ...sampleIntent(`${i}`), serial }))
    expect(errors).toEqual([])
    expect(values.map(({ kind }) => kind).sort()).toEqual(['reserved', ...Array(many - 1).fill('serial-taken')])
  })
  test(`${many} completions at once: one wins and all see it`, async () => {
    const intent = sampleIntent('one')
    await store().reserve(intent)
    const { values, errors } = await race(many, (i) =>
      store().complete(intent.issuer, intent.serial, sampleIssued(intent, `signature ${i}`)),
    )
    expect(errors).toEqual([])
    expect(new Set(values.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(await store().get(intent.issuer, intent.serial)).toEqual(values[0])
  })
  test(`${many} issuances at once do not disturb each other, nor does one that fails`, async () => {
    const { values, errors } = await race(many, async (i) => {
      const intent = sampleIntent(`${i}`)
      if (i % 4 !== 0) await store().reserve(intent)
      return store().complete(intent.issuer, intent.serial, sampleIssued(intent))
    })
    expect(values).toHaveLength(many - many / 4)
    expect(errors).toHaveLength(many / 4)
    for (const { issuer, serial, fingerprint } of values) {
      expect(await store().get(issuer, serial)).toMatchObject({ status: 'issued', fingerprint })
    }
  })
}

function inputTests(store: () => CertificateStore): void {
  test.each(hostileStrings)('text comes back as it was: %s', async (_, text) => {
    const names = { issuer: text, requestId: text, profile: text, requester: text, subject: text }
    const intent = sampleIntent('one', names)
    await store().reserve(intent)
    expect(await store().get(text, intent.serial)).toEqual(reservedRecord(intent))
    expect(await store().reserve(intent)).toMatchObject({ kind: 'existing' })
  })
  test('a subject of 1 MB', async () => {
    const subject = `CN=${'x'.repeat(1024 * 1024)}`
    const intent = sampleIntent('one', { subject, subjectDer: new TextEncoder().encode(subject) })
    await store().reserve(intent)
    const { items } = await store().find({ subjectDer: intent.subjectDer, status: 'reserved' })
    for (const record of [await store().get(intent.issuer, intent.serial), items[0]]) {
      expect(record?.subject === subject).toBe(true)
      // Compared by digest: large arrays take `toEqual` seconds.
      expect(record && digestOf(record.subjectDer)).toBe(digestOf(intent.subjectDer))
    }
  })
  test('names of the greatest length, of characters that need most room', async () => {
    for (const [i, character] of ['x', '\uffff', '\u0000', '\udfff', '\ue000'].entries()) {
      const [id, name] = [character.repeat(256), character.repeat(512)]
      const intent = sampleIntent(`${i}`, { issuer: id, requestId: id, profile: name, requester: name })
      await store().reserve(intent)
      expect(await store().get(id, intent.serial)).toEqual(reservedRecord(intent))
    }
  })
  test('an intent that some engine could not hold is refused', async () => {
    const one = sampleIntent('one')
    await expectCode(store().reserve({ ...one, issuer: '' }), 'limit')
    await expectCode(store().reserve({ ...one, requestId: 'x'.repeat(257) }), 'limit')
    await expectCode(store().reserve({ ...one, requester: 'x'.repeat(513) }), 'limit')
    for (const serial of ['', 'f', 'FF', 'xx', '00'.repeat(33)]) {
      await expectCode(store().reserve({ ...one, serial }), 'configuration')
    }
    await expectCode(store().reserve({ ...one, requestDigest: 'ab' }), 'configuration')
    await expectCode(store().reserve({ ...one, notAfter: new Date(Number.NaN) }), 'configuration')
    expect(await store().reserve(one)).toMatchObject({ kind: 'reserved' })
  })
  test('times keep their milliseconds, far away ones too', async () => {
    const notAfter = new Date('9999-12-31T23:59:59.999Z')
    const intent = sampleIntent('one', { notBefore: new Date('1950-01-01T00:00:00.001Z'), notAfter })
    await store().reserve(intent)
    expect(await store().get(intent.issuer, intent.serial)).toEqual(reservedRecord(intent))
  })
}
