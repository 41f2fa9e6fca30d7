import type { EnrollmentPolicyOptions, PolicyQuestion, Requester } from '@certwright/core/enrollment'
import { createClientCertificate, createEnrollment } from '@certwright/core/enrollment'
import { Certificate, formatName, parseName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { enrollmentWorld, passcode } from './world.js'

const request = opensslRequest('p256', '/CN=device-1', ['-addext', 'subjectAltName=DNS:device-1.example'])

/** What an embedding program without types may answer. */
const untyped = (answer: unknown) => (() => answer) as unknown as NonNullable<EnrollmentPolicyOptions['authorize']>

describe('a policy that does not say yes says no', () => {
  it.each([
    ['nothing', undefined],
    ['false', false],
    ['null', null],
    ['a text', 'yes'],
    ['a denial without a reason', { denied: undefined }],
    ['an empty object', {}],
  ])('authorize answers %s', async (_, answer) => {
    const { enrollment, read, events } = await enrollmentWorld({ authorize: untyped(answer) })
    const outcome = await enrollment.enroll(read(request, passcode))
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'not-authorized', reason: expect.stringMatching(/./) })
    expect(await events()).toMatchObject([{ type: 'enrollment.refused', details: { code: 'not-authorized' } }])
  })

  it.each([
    ['nothing', undefined],
    ['true', true],
    ['a wait that is no number', { retryAfter: Number.NaN }],
    ['a wait into the past', { retryAfter: -1 }],
  ])('approve answers %s', async (_, answer) => {
    const approve = untyped(answer) as unknown as NonNullable<EnrollmentPolicyOptions['approve']>
    const { enrollment, read } = await enrollmentWorld({ approve })
    expect(await enrollment.enroll(read(request, passcode))).toMatchObject({ kind: 'rejected', code: 'not-authorized' })
  })
})

it('keeps the rules of a policy that is an object of a class', async () => {
  const { deps, store, issuing, read } = await enrollmentWorld()
  class Rules {
    readonly issuer = issuing
    readonly profile = 'est-digital-signature'
    readonly authenticate = createClientCertificate(deps, issuing)
    readonly #word = 'not this one'
    authorize() {
      return { denied: this.#word }
    }
  }
  const enrollment = createEnrollment({ ...deps, audit: store.audit }, { '': new Rules() })
  const policy = enrollment.policy('')
  if (policy === undefined) throw new Error('no policy')
  expect(await enrollment.enroll({ ...read(request, passcode), policy })).toMatchObject({ reason: 'not this one' })
})

describe('what a policy grants', () => {
  it('goes to the issuer with the request', async () => {
    const { enrollment, read, issuing } = await enrollmentWorld({
      authorize: () => ({ granted: { names: [{ type: 'dNSName', value: 'given.example' }] } }),
    })
    const outcome = await enrollment.enroll(read(request, passcode))
    if (outcome.kind !== 'issued') throw new Error(JSON.stringify(outcome))
    expect((await issuing.recordOf(outcome.certificate))?.names).toContain('DNS:given.example')
  })

  it('lets the privileged override what the profile lists, and the audit says so', async () => {
    const override = { subject: parseName('CN=decided') }
    const granting = await enrollmentWorld({ authorize: () => ({ granted: { privileged: true, override } }) })
    const outcome = await granting.enrollment.enroll(granting.read(request, passcode))
    if (outcome.kind !== 'issued') throw new Error(JSON.stringify(outcome))
    expect(formatName(Certificate.decode(outcome.certificate).tbsCertificate.value.subject)).toBe('CN=decided')
    expect(granting.store.auditEvents.at(-1)).toMatchObject({
      type: 'certificate.issued',
      details: { privileged: true, override: 'subject' },
    })
  })

  it('gives nobody the privilege unless it says so', async () => {
    const override = { subject: parseName('CN=decided') }
    const { enrollment, read } = await enrollmentWorld({ authorize: () => ({ granted: { override } }) })
    expect(await enrollment.enroll(read(request, passcode))).toMatchObject({ kind: 'rejected', code: 'not-allowed' })
  })
})

describe('renewal', () => {
  it('tells the policy which certificate is renewed', async () => {
    const asked: PolicyQuestion[] = []
    const authorize = (question: PolicyQuestion): true => {
      asked.push(question)
      return true
    }
    const { enrollment, read } = await enrollmentWorld({ authorize })
    await enrollment.enroll(read(request, passcode))
    await enrollment.enroll(read(request, passcode, true))
    expect(asked.map(({ previous }) => previous?.subject)).toEqual([undefined, 'CN=device-1'])
  })

  it.each([
    ['refuses a certificate of another profile', {}, 'rejected'],
    ['renews those of profiles that the policy names', { renews: ['est-digital-signature'] }, 'issued'],
  ])('%s', async (_, options, kind) => {
    const { deps, store, issuing, enrollment, read } = await enrollmentWorld()
    const first = await enrollment.enroll(read(request, passcode))
    if (first.kind !== 'issued') throw new Error(JSON.stringify(first))
    const authenticate = createClientCertificate(deps, issuing)
    const policies = { '': { issuer: issuing, profile: 'est-non-repudiation', authenticate, ...options } }
    const other = createEnrollment({ ...deps, audit: store.audit }, policies)
    const policy = other.policy('')
    if (policy === undefined) throw new Error('no policy')
    const requester: Requester = { name: 'c', method: 'client-certificate', certificate: first.certificate }
    expect(await other.enroll({ ...read(request, requester, true), policy })).toMatchObject({ kind })
  })
})

describe('the audit of what was not issued', () => {
  const key = { keyAlgorithm: 'p256', keyBits: 256 }
  const known = { profile: 'est-digital-signature', issuer: 'test~issuing', subject: 'CN=device-1', ...key }

  it('names profile, issuer, subject and key of a refusal', async () => {
    const { enrollment, read, events } = await enrollmentWorld({ authorize: () => ({ denied: 'no' }) })
    await enrollment.enroll(read(request, passcode))
    const common = { protocol: 'est', operation: 'simpleenroll', policy: '', method: 'passcode' }
    expect(await events()).toMatchObject([
      { actor: passcode.name, address: '192.0.2.1', details: { ...common, ...known, code: 'not-authorized' } },
    ])
  })

  it('names them for what waits', async () => {
    const { enrollment, read, events } = await enrollmentWorld({ approve: () => ({ retryAfter: 60 }) })
    await enrollment.enroll(read(request, passcode))
    expect(await events()).toMatchObject([{ type: 'enrollment.pending', details: { ...known, retryAfter: 60 } }])
  })

  it('names profile and issuer of a request that was not read', async () => {
    const { enrollment, context, events } = await enrollmentWorld()
    await enrollment.refuse(context(), { code: 'unauthenticated', reason: 'who?' })
    const { profile, issuer } = known
    expect(await events()).toMatchObject([{ actor: null, details: { profile, issuer, code: 'unauthenticated' } }])
  })

  it('lists the violations by code, and the key that could not be described is left out', async () => {
    const { enrollment, read, events } = await enrollmentWorld()
    await enrollment.enroll(read(opensslRequest('ed25519', '/CN=d'), passcode))
    await enrollment.enroll(read(opensslRequest('secp256k1', '/CN=d'), passcode))
    const [first, second] = await events()
    expect(first?.details).toMatchObject({ reasons: 'key-type', keyAlgorithm: 'ed25519' })
    expect(second?.details).not.toHaveProperty('keyAlgorithm')
  })

  it('tells the operator, not the requester, why the CA cannot issue', async () => {
    const { enrollment, read, events, issuing } = await enrollmentWorld()
    await issuing.setCondition('offline', { actor: 'operator', requestId: 'x' })
    const outcome = await enrollment.enroll(read(request, passcode))
    expect(outcome).toMatchObject({
      kind: 'rejected',
      code: 'unavailable',
      reason: expect.not.stringMatching(/offline/),
    })
    expect(await events()).toMatchObject([{ details: { reason: expect.stringMatching(/offline/) } }])
  })
})

it('refuses a policy whose profile the issuer does not have', async () => {
  const { deps, store, issuing } = await enrollmentWorld()
  const authenticate = createClientCertificate(deps, issuing)
  const policies = { line: { issuer: issuing, profile: 'no-such-profile', authenticate } }
  expect(() => createEnrollment({ ...deps, audit: store.audit }, policies)).toThrow(/"line".*no-such-profile/)
})
