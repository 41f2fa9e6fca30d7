import type { Requester } from '@certwright/core/enrollment'
import { CertwrightError } from '@certwright/core/errors'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { passcode, enrollmentWorld as world } from './world.js'

const request = opensslRequest('p256', '/CN=device-1', ['-addext', 'subjectAltName=DNS:device-1.example'])

describe('authentication', () => {
  it('recognizes the right passcode and nothing else', async () => {
    const { enrollment, policy, context, password } = await world()
    const ask = (username: string, secret: string) =>
      enrollment.authenticate(policy, { basic: { username, password: secret }, clientCertificates: [] }, context())
    expect(await ask('line-3', password)).toEqual(passcode)
    for (const [username, secret] of [
      ['line-3', ''],
      ['line-3', `${password} `],
      ['line-3', password.toUpperCase()],
      ['line-4', password],
      ['', password],
      ['line-3', 'x'.repeat(100_000)],
      ['x'.repeat(100_000), password],
      ['__proto__', password],
    ] as const) {
      expect(await ask(username, secret)).toBeUndefined()
    }
    expect(await enrollment.authenticate(policy, { clientCertificates: [] }, context())).toBeUndefined()
  })

  it('keeps passwords only as hashes, expires and forgets them', async () => {
    const { login, store, deps, enrollment, policy, context } = await world()
    await login.set('chosen', 'a long enough password', { expiresAt: new Date(deps.clock.now().getTime() + 60_000) })
    const { items } = await store.records.list('passcode', deps.clock.now())
    expect(JSON.stringify(items)).not.toContain('a long enough password')
    const credentials = { basic: { username: 'chosen', password: 'a long enough password' }, clientCertificates: [] }
    expect(await enrollment.authenticate(policy, credentials, context())).toMatchObject({ name: 'passcode:chosen' })
    deps.clock.advance(60_000)
    expect(await enrollment.authenticate(policy, credentials, context())).toBeUndefined()
    expect(await login.remove('line-3')).toBe(true)
    expect(await login.remove('line-3')).toBe(false)
    await expect(login.set('x', 'short')).rejects.toMatchObject({ code: 'configuration' })
    await expect(login.create('a:b')).rejects.toMatchObject({ code: 'configuration' })
  })

  it('recognizes certificates of the issuer, until they are revoked or end', async () => {
    const { enrollment, policy, context, read, issuing, deps } = await world()
    const outcome = await enrollment.enroll(read(request, passcode))
    if (outcome.kind !== 'issued') throw new Error(JSON.stringify(outcome))
    const ask = (certificate: Uint8Array) =>
      enrollment.authenticate(policy, { clientCertificates: [certificate] }, context())
    expect(await ask(outcome.certificate)).toMatchObject({ method: 'client-certificate' })
    const tampered = outcome.certificate.slice()
    tampered[tampered.length - 1] = (tampered.at(-1) ?? 0) ^ 1
    expect(await ask(tampered)).toBeUndefined()
    expect(await ask(Uint8Array.of(1, 2, 3))).toBeUndefined()
    expect(await ask(issuing.certificate)).toBeUndefined()
    const record = await issuing.recordOf(outcome.certificate)
    await issuing.changeStatus(record?.serial ?? '', { to: 'held' }, { actor: 'operator', requestId: 'x' })
    expect(await ask(outcome.certificate)).toBeUndefined()
    await issuing.changeStatus(record?.serial ?? '', { to: 'issued' }, { actor: 'operator', requestId: 'x' })
    expect(await ask(outcome.certificate)).toBeDefined()
    deps.clock.advance(366 * 86_400_000)
    expect(await ask(outcome.certificate)).toBeUndefined()
  })

  it('does not take a server certificate for a client', async () => {
    const { enrollment, policy, context, read } = await world()
    const server = opensslRequest('p256', '/CN=server', ['-addext', 'extendedKeyUsage=serverAuth'])
    const outcome = await enrollment.enroll(read(server, passcode))
    if (outcome.kind !== 'issued') throw new Error(JSON.stringify(outcome))
    const credentials = { clientCertificates: [outcome.certificate] }
    expect(await enrollment.authenticate(policy, credentials, context())).toBeUndefined()
  })
})

describe('enroll', () => {
  it('keeps the ids of requests for certificates of CAs from clients', async () => {
    const { enrollment, read, events } = await world()
    const asked = read(request, passcode)
    const requestId = 'ca-certificate:test~new:1'
    const outcome = await enrollment.enroll({ ...asked, context: { ...asked.context, requestId } })
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'bad-request' })
    expect(await events()).toMatchObject([{ type: 'enrollment.refused', requestId }])
  })

  it('issues, with an audit event that names requester, key and request', async () => {
    const { enrollment, read, store, events } = await world()
    const asked = read(request, passcode)
    const outcome = await enrollment.enroll(asked)
    expect(outcome).toMatchObject({ kind: 'issued', chain: [expect.any(Uint8Array), expect.any(Uint8Array)] })
    expect(await events()).toEqual([])
    expect(store.auditEvents.at(-1)).toMatchObject({
      type: 'certificate.issued',
      actor: 'passcode:line-3',
      address: '192.0.2.1',
      requestId: asked.context.requestId,
      details: { protocol: 'est', operation: 'simpleenroll', keyAlgorithm: 'p256', profile: 'est-digital-signature' },
    })
  })

  it.each([
    [
      'a broken signature',
      (der: Uint8Array) => der.map((octet, i) => (i === der.length - 5 ? octet ^ 1 : octet)),
      'bad-proof',
    ],
    ['a weak key', () => opensslRequest('rsa1024', '/CN=weak'), 'weak-key'],
    ['another curve', () => opensslRequest('secp256k1', '/CN=d'), 'bad-request'],
    ['a key type that the profile lacks', () => opensslRequest('ed25519', '/CN=d'), 'weak-key'],
    ['a SHA-1 signature', () => opensslRequest('rsa2048', '/CN=d', ['-sha1']), 'bad-request'],
    [
      'the wish to be a CA',
      () => opensslRequest('p256', '/CN=d', ['-addext', 'basicConstraints=CA:TRUE']),
      'not-allowed',
    ],
  ])('rejects %s, records nothing as issued and one event', async (_what, make, code) => {
    const { enrollment, read, store, events } = await world()
    const before = (await store.certificates.find({})).items.length
    const asked = read(make(request), passcode)
    expect(await enrollment.enroll(asked)).toMatchObject({ kind: 'rejected', code, reason: expect.stringMatching(/./) })
    expect((await store.certificates.find({})).items).toHaveLength(before)
    expect(await events()).toMatchObject([{ type: 'enrollment.refused', actor: passcode.name, details: { code } }])
  })

  it('lets a policy authorize and approve', async () => {
    const denying = await world({ authorize: () => ({ denied: 'not this one' }) })
    expect(await denying.enrollment.enroll(denying.read(request, passcode))).toEqual({
      kind: 'rejected',
      code: 'not-authorized',
      reason: 'not this one',
    })
    const waiting = await world({ approve: () => ({ retryAfter: 60 }) })
    expect(await waiting.enrollment.enroll(waiting.read(request, passcode))).toEqual({
      kind: 'pending',
      retryAfter: 60,
    })
    expect(await waiting.events()).toMatchObject([{ type: 'enrollment.pending' }])
  })

  it('throws what is not the fault of the requester, and audits no refusal', async () => {
    const { enrollment, read, issuing, policy, events } = await world()
    const failing = { ...issuing, order: () => Promise.reject(new CertwrightError('store', 'disk full')) }
    const asked = { ...read(request, passcode), policy: { ...policy, issuer: failing } }
    await expect(enrollment.enroll(asked)).rejects.toThrow('disk full')
    expect(await events()).toEqual([])
  })
})

describe('renewal', () => {
  it('follows the certificate the client authenticated with', async () => {
    const { enrollment, policy, context, read, issuing } = await world()
    const first = await enrollment.enroll(read(request, passcode))
    if (first.kind !== 'issued') throw new Error(JSON.stringify(first))
    const requester = await enrollment.authenticate(policy, { clientCertificates: [first.certificate] }, context())
    if (requester === undefined) throw new Error('not recognized')
    const second = await enrollment.enroll(read(request, requester, true))
    if (second.kind !== 'issued') throw new Error(JSON.stringify(second))
    const [old, renewed] = [await issuing.recordOf(first.certificate), await issuing.recordOf(second.certificate)]
    expect(renewed).toMatchObject({ previousSerial: old?.serial, requester: passcode.name })
  })

  it('with a passcode follows the newest certificate of that subject, also after a renewal', async () => {
    const { enrollment, read } = await world()
    expect(await enrollment.enroll(read(request, passcode, true))).toMatchObject({
      kind: 'rejected',
      code: 'not-authorized',
    })
    for (const renewal of [false, true, true]) {
      expect(await enrollment.enroll(read(request, passcode, renewal))).toMatchObject({ kind: 'issued' })
    }
    const stranger: Requester = { name: 'passcode:other', method: 'passcode' }
    expect(await enrollment.enroll(read(request, stranger, true))).toMatchObject({ code: 'not-authorized' })
  })

  it.each([
    ['another subject', opensslRequest('p256', '/CN=device-2', ['-addext', 'subjectAltName=DNS:device-1.example'])],
    [
      'another alternative name',
      opensslRequest('p256', '/CN=device-1', ['-addext', 'subjectAltName=DNS:other.example']),
    ],
    ['no alternative name', opensslRequest('p256', '/CN=device-1')],
  ])('refuses %s', async (_what, changed) => {
    const { enrollment, policy, context, read } = await world()
    const first = await enrollment.enroll(read(request, passcode))
    if (first.kind !== 'issued') throw new Error(JSON.stringify(first))
    const requester = await enrollment.authenticate(policy, { clientCertificates: [first.certificate] }, context())
    if (requester === undefined) throw new Error('not recognized')
    expect(await enrollment.enroll(read(changed, requester, true))).toMatchObject({
      kind: 'rejected',
      code: 'bad-request',
    })
  })

  it('refuses a certificate that ended or was revoked after the client authenticated with it', async () => {
    const { enrollment, read, issuing, deps } = await world()
    const first = await enrollment.enroll(read(request, passcode))
    if (first.kind !== 'issued') throw new Error(JSON.stringify(first))
    const record = await issuing.recordOf(first.certificate)
    const requester: Requester = { name: 'c', method: 'client-certificate', certificate: first.certificate }
    const by = { actor: 'operator', requestId: 'x' }
    await issuing.changeStatus(record?.serial ?? '', { to: 'held' }, by)
    expect(await enrollment.enroll(read(request, requester, true))).toMatchObject({ code: 'not-authorized' })
    await issuing.changeStatus(record?.serial ?? '', { to: 'issued' }, by)
    deps.clock.advance(366 * 86_400_000)
    expect(await enrollment.enroll(read(request, requester, true))).toMatchObject({ code: 'not-authorized' })
  })

  it('is refused where the policy says so', async () => {
    const { enrollment, read } = await world({ renewal: 'refused' })
    await enrollment.enroll(read(request, passcode))
    expect(await enrollment.enroll(read(request, passcode, true))).toMatchObject({ code: 'not-authorized' })
  })
})
