import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CertwrightError } from '@certwright/core'
import { createOrOpenCa } from '@certwright/core/ca'
import { memoryStore } from '@certwright/core/defaults'
import type { AuditEvent } from '@certwright/core/ports'
import { describe, expect, it } from 'vitest'
import { inFolder, openssl, opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const by = { actor: 'operator', requestId: 'revocation-1' }
const request = opensslRequest('p256', '/CN=device-1')

const crlText = (crl: Uint8Array, issuer: Uint8Array): string =>
  inFolder((dir) => {
    writeFileSync(join(dir, 'l.crl'), crl)
    writeFileSync(join(dir, 'ca.der'), issuer)
    openssl(['x509', '-inform', 'DER', '-in', 'ca.der', '-out', 'ca.pem'], dir)
    return openssl(['crl', '-inform', 'DER', '-in', 'l.crl', '-noout', '-text', '-CAfile', 'ca.pem'], dir)
  })

describe('CRLs', () => {
  it('are signed, numbered from 1, and made anew when due', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    const first = await issuing.crl()
    expect(crlText(first.crl, issuing.certificate)).toMatch(/X509v3 CRL Number: \n\s+1\n[\s\S]*No Revoked Certificates/)
    expect((await issuing.crl()).number).toBe(1)
    deps.clock.advance(25 * 3_600_000)
    expect((await issuing.crl()).number).toBe(2)
  })

  it('name revoked and held certificates at once, with their reasons', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const [a, b] = [await issuing.order(orderOf(request, 'a')), await issuing.order(orderOf(request, 'b'))]
    await issuing.changeStatus(a.record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    await issuing.changeStatus(b.record.serial, { to: 'held' }, by)
    const text = crlText((await issuing.crl()).crl, issuing.certificate)
    expect(text).toMatch(/Serial Number: [0-9A-F]+[\s\S]*Key Compromise|Certificate Hold/)
    for (const { record } of [a, b]) expect(text).toContain(`Serial Number: ${record.serial.toUpperCase()}`)
    await issuing.changeStatus(b.record.serial, { to: 'issued' }, by)
    const released = crlText((await issuing.crl()).crl, issuing.certificate)
    expect(released).not.toContain(b.record.serial.toUpperCase())
  })

  it('say since when a key may be compromised, with and without a reason', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    const [a, b] = [await issuing.order(orderOf(request, 'a')), await issuing.order(orderOf(request, 'b'))]
    deps.clock.advance(3_600_000)
    const invalidityDate = new Date('2026-11-20T12:30:00.4Z')
    await issuing.changeStatus(a.record.serial, { to: 'revoked', reason: 'keyCompromise', invalidityDate }, by)
    await issuing.changeStatus(b.record.serial, { to: 'revoked', reason: 'unspecified', invalidityDate }, by)
    const text = crlText((await issuing.crl()).crl, issuing.certificate)
    expect(text.match(/Invalidity Date: \n\s+Nov 20 12:30:00 2026 GMT/g)).toHaveLength(2)
    expect(text.match(/CRL Reason Code/g)).toHaveLength(1)
  })

  it('name what a node revoked whose clock is ahead', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    const { record } = await issuing.order(orderOf(request, 'a'))
    deps.clock.advance(90_000)
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    deps.clock.advance(-90_000)
    const other = await issuing.order(orderOf(request, 'b'))
    await issuing.changeStatus(other.record.serial, { to: 'revoked', reason: 'superseded' }, by)
    expect(crlText((await issuing.crl()).crl, issuing.certificate)).toContain(record.serial.toUpperCase())
  })

  it('are linted before they are signed', async () => {
    const store = memoryStore()
    const { certificates } = store
    async function* twice(issuer: string) {
      for await (const entry of certificates.revoked(issuer)) yield* [entry, entry]
    }
    const faulty = { ...store, certificates: { ...certificates, revoked: twice } }
    const { issuing } = await testAuthorities(testDeps({ store: faulty }))
    const { record } = await issuing.order(orderOf(request, 'a'))
    const revocation = issuing.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    await expect(revocation).rejects.toMatchObject({ code: 'lint', findings: [{ rule: 'crl-entries-unique' }] })
  })

  it('refuse a status change that does not fit', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const { record } = await issuing.order(orderOf(request, 'a'))
    await expect(issuing.changeStatus(record.serial, { to: 'issued' }, by)).rejects.toMatchObject({ code: 'conflict' })
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'superseded' }, by)
    await expect(issuing.changeStatus(record.serial, { to: 'held' }, by)).rejects.toMatchObject({ code: 'conflict' })
    await expect(issuing.changeStatus('00'.repeat(16), { to: 'held' }, by)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('do not hand out a revoked certificate to a retried request', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const { record } = await issuing.order(orderOf(request, 'a'))
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    await expect(issuing.order(orderOf(request, 'a'))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('keep an expired certificate on one list after its end, then drop it', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    const { record } = await issuing.order(orderOf(request, 'a'))
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'superseded' }, by)
    const listed = async () =>
      crlText((await issuing.crl()).crl, issuing.certificate).includes(record.serial.toUpperCase())
    deps.clock.advance(366 * 86_400_000)
    expect(await listed()).toBe(true)
    deps.clock.advance(2 * 86_400_000)
    expect(await listed()).toBe(false)
  })

  it('share the work of concurrent callers', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const lists = await Promise.all(Array.from({ length: 20 }, () => issuing.crl()))
    expect(new Set(lists.map(({ number }) => number))).toEqual(new Set([1]))
  })
})

describe('a revocation whose audit fails', () => {
  it('does not happen, and happens when the audit is back', async () => {
    const deps = testDeps()
    const { root } = await testAuthorities(deps)
    let full = true
    const audit = {
      record: (event: AuditEvent) =>
        full ? Promise.reject(new Error('audit is full')) : deps.store.audit.record(event),
    }
    const issuing = await createOrOpenCa(
      { ...deps, audit },
      { id: 'test~issuing', subject: 'CN=Test Issuing,O=Certwright', profile: 'basic-ca-subord', issuer: root },
    )
    const { record } = await (await testAuthorities(deps)).issuing.order(orderOf(request, 'a'))
    const revoke = () => issuing.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    await expect(revoke()).rejects.toMatchObject({ code: 'audit' })
    expect(await deps.store.certificates.latestCrl(issuing.id)).toBeUndefined()
    expect((await deps.store.certificates.get(issuing.id, record.serial))?.status).toBe('issued')
    // Not even begun, and so no number is used.
    await expect(issuing.crl()).rejects.toMatchObject({ code: 'audit' })
    expect(await deps.store.certificates.lastCrlNumber(issuing.id, 'full')).toBe(0)
    full = false
    await revoke()
    const { number, crl } = await issuing.crl()
    expect(number).toBe(1)
    expect(crlText(crl, issuing.certificate)).toContain(record.serial.toUpperCase())
  })
})

describe('a status change', () => {
  const change = { to: 'revoked', reason: 'keyCompromise' } as const

  it('that is asked for again is no error, and one for another reason is', async () => {
    const store = memoryStore()
    const deps = testDeps({ store })
    const { issuing } = await testAuthorities(deps)
    const { record } = await issuing.order(orderOf(request, 'a'))
    const first = await issuing.changeStatus(record.serial, change, by)
    deps.clock.advance(60_000)
    expect(await issuing.changeStatus(record.serial, change, by)).toEqual(first)
    const other = issuing.changeStatus(record.serial, { to: 'revoked', reason: 'superseded' }, by)
    await expect(other).rejects.toMatchObject({
      code: 'conflict',
      message: 'the certificate is revoked, not issued or held',
    })
    const events = store.auditEvents.filter(({ type }) => type === 'certificate.status-changed')
    expect(events.map(({ details }) => details['again'])).toEqual([undefined, true])
  })

  it('that the store refuses is followed by an event that says so', async () => {
    const store = memoryStore()
    const { certificates } = store
    const broken = {
      ...store,
      certificates: { ...certificates, changeStatus: () => Promise.reject(new CertwrightError('store', 'disk full')) },
    }
    const { issuing } = await testAuthorities(testDeps({ store: broken }))
    const { record } = await issuing.order(orderOf(request, 'a'))
    await expect(issuing.changeStatus(record.serial, change, by)).rejects.toThrow('disk full')
    expect(store.auditEvents.slice(-2).map(({ type, details }) => [type, details['failure']])).toEqual([
      ['certificate.status-changed', undefined],
      ['certificate.status-change-failed', 'store'],
    ])
  })

  it('that a process recorded before it ended is on the list of the next one', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    const { record } = await issuing.order(orderOf(request, 'a'))
    const { number } = await issuing.crl()
    // All that is left of a node that was killed before it made its list.
    const ended = { from: ['issued'], to: 'revoked', reason: 'keyCompromise', at: deps.clock.now() } as const
    await deps.store.certificates.changeStatus(issuing.id, record.serial, ended)
    const next = (await testAuthorities(deps)).issuing
    expect((await next.crlDue('crl'))?.getTime()).toBeLessThanOrEqual(deps.clock.now().getTime())
    const list = await next.crl()
    expect(list.number).toBe(number + 1)
    expect(crlText(list.crl, issuing.certificate)).toContain(record.serial.toUpperCase())
    expect((await next.crl()).number).toBe(number + 1)
  })
})
