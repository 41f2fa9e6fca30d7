import {
  type CaCondition,
  type CaDeps,
  createCertificateLife,
  createOrOpenCa,
  crossCertify,
  importRoot,
  installCa,
  requestCa,
  rollOverCa,
} from '@certwright/core/ca'
import { memoryStore } from '@certwright/core/defaults'
import { CertwrightError } from '@certwright/core/errors'
import type { AuditEvent } from '@certwright/core/ports'
import { testTimer } from '@certwright/testkit'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const device = opensslRequest('p256', '/CN=device-1/O=Certwright')
const weak = opensslRequest('rsa1024', '/CN=weak')
const by = { actor: 'operator:eve', requestId: 'ticket-1', address: '192.0.2.7', comment: 'asked by phone' }
const outer = { id: 'test~outer', subject: 'CN=Outer,O=Certwright', profile: 'basic-ca-subord' }
const rootOptions = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root' }

async function world() {
  const store = memoryStore()
  const deps = testDeps({ store })
  const cas = await testAuthorities(deps)
  const { record } = await cas.issuing.order(orderOf(device, 'first'))
  const before = store.auditEvents.length
  return { store, deps, ...cas, serial: record.serial, events: () => store.auditEvents.slice(before) }
}

type World = Awaited<ReturnType<typeof world>>

interface Refusal {
  readonly what: string
  readonly does: (world: World) => Promise<unknown>
  readonly code: string
  readonly event: Partial<Omit<AuditEvent, 'details'>> & { readonly details: object }
}

const order = { ...orderOf(device, 'r1'), actor: 'operator:eve', address: '192.0.2.7', context: { protocol: 'test' } }
const whoOrdered = {
  type: 'certificate.refused',
  actor: 'operator:eve',
  address: '192.0.2.7',
  requestId: 'r1',
} as const
const whoChanged = { actor: by.actor, address: by.address, requestId: by.requestId } as const

const refusals: readonly Refusal[] = [
  {
    what: 'a profile that is not enabled',
    does: ({ root }) => root.order(order),
    code: 'ca',
    event: {
      ...whoOrdered,
      details: { protocol: 'test', issuer: 'test~root', profile: order.profile, keyAlgorithm: 'p256', keyBits: 256 },
    },
  },
  {
    what: 'a weak key',
    does: ({ issuing }) => issuing.order({ ...order, publicKey: orderOf(weak, 'r1').publicKey }),
    code: 'profile-violation',
    event: { ...whoOrdered, details: { keyAlgorithm: 'rsa', keyBits: 1024 } },
  },
  {
    what: 'a key that is none',
    does: ({ issuing }) => issuing.order({ ...order, publicKey: Uint8Array.of(5, 0) }),
    code: 'asn1',
    event: { ...whoOrdered, details: { profile: order.profile } },
  },
  {
    what: 'an order of a CA that is offline',
    async does({ issuing }) {
      await issuing.setCondition('offline', by)
      return issuing.order(order)
    },
    code: 'ca',
    event: { ...whoOrdered, details: { reason: 'the CA test~issuing is offline' } },
  },
  {
    what: 'a prepared certificate that is issued twice',
    async does({ issuing }) {
      const token = await issuing.prepare(order)
      await issuing.issue(token)
      return issuing.issue(token)
    },
    code: 'ca',
    event: { ...whoOrdered, details: { reason: 'the prepared certificate was issued already' } },
  },
  {
    what: 'a request id that was used for something else',
    does: ({ issuing }) => issuing.order({ ...order, requestId: 'first', requester: 'somebody else' }),
    code: 'conflict',
    event: { ...whoOrdered, requestId: 'first', details: { issuer: 'test~issuing' } },
  },
  {
    what: 'a change of an unknown certificate',
    does: ({ issuing }) => issuing.changeStatus('00ff', { to: 'held' }, by),
    code: 'conflict',
    event: {
      ...whoChanged,
      type: 'certificate.status-change-failed',
      details: { serial: '00ff', status: 'held', failure: 'conflict', comment: by.comment },
    },
  },
  {
    what: 'a revocation with a date that is none',
    does: ({ issuing, serial }) =>
      issuing.changeStatus(serial, { to: 'revoked', reason: 'superseded', invalidityDate: new Date(Number.NaN) }, by),
    code: 'configuration',
    event: {
      ...whoChanged,
      type: 'certificate.status-change-failed',
      details: { status: 'revoked', reason: 'superseded', failure: 'configuration' },
    },
  },
  {
    what: 'a condition after the end',
    async does({ issuing }) {
      await issuing.setCondition('retired', by)
      return issuing.setCondition('online', by)
    },
    code: 'conflict',
    event: { ...whoChanged, type: 'ca.refused', details: { ca: 'test~issuing', operation: 'condition' } },
  },
  {
    what: 'a condition that there is not',
    does: ({ issuing }) => issuing.setCondition('asleep' as CaCondition, by),
    code: 'configuration',
    event: { ...whoChanged, type: 'ca.refused', details: { condition: 'asleep' } },
  },
  {
    what: 'options of another CA',
    does: ({ deps }) => createOrOpenCa(deps, { ...rootOptions, subject: 'CN=Other' }),
    code: 'configuration',
    event: { type: 'ca.refused', actor: null, requestId: 'ca:test~root', details: { operation: 'open' } },
  },
  {
    what: 'the rollover of a CA that is offline',
    async does({ deps, root }) {
      await root.setCondition('offline', by)
      return rollOverCa(deps, rootOptions, by)
    },
    code: 'ca',
    event: { ...whoChanged, type: 'ca.refused', details: { ca: 'test~root', operation: 'rollover' } },
  },
  {
    what: 'a certificate for another key',
    async does({ deps, issuing, root }) {
      await requestCa(deps, outer, by)
      return installCa(deps, outer.id, [issuing.certificate, root.certificate], by)
    },
    code: 'configuration',
    event: { ...whoChanged, type: 'ca.refused', details: { ca: 'test~outer', operation: 'install' } },
  },
  {
    what: 'a request for a root',
    does: ({ deps }) => requestCa(deps, { ...outer, profile: 'basic-ca-root' }, by),
    code: 'configuration',
    event: { ...whoChanged, type: 'ca.refused', details: { operation: 'request' } },
  },
  {
    what: 'a cross-certificate for what is no CA',
    async does({ deps, root, issuing }) {
      const { certificate } = await issuing.order({ ...order, requestId: 'leaf' })
      const chain = [certificate, issuing.certificate, root.certificate]
      return crossCertify(deps, root, { ...by, profile: 'basic-ca-subord', certificates: chain })
    },
    code: 'configuration',
    event: { ...whoChanged, type: 'ca.refused', details: { ca: 'test~root', operation: 'cross-certify' } },
  },
  {
    what: 'a root that is none',
    does: ({ deps, issuing }) => importRoot(deps, 'test~elsewhere', issuing.certificate, by),
    code: 'configuration',
    event: { ...whoChanged, type: 'ca.refused', details: { ca: 'test~elsewhere', operation: 'import' } },
  },
]

describe('what a CA refuses is an event with who, what and why', () => {
  it.each(refusals)('$what', async ({ does, code, event }) => {
    const given = await world()
    await expect(does(given)).rejects.toMatchObject({ code })
    const { details, ...rest } = event
    const isStatus = event.type === 'certificate.status-change-failed'
    const why = isStatus ? { failureReason: expect.any(String) } : { code, reason: expect.any(String) }
    expect(given.events().at(-1)).toMatchObject({ ...rest, details: { ...why, ...details } })
    expect(given.events().filter(({ type }) => type === event.type)).toHaveLength(1)
  })

  it('also when it is the store that fails', async () => {
    const { store, deps } = await world()
    const reserve = () => Promise.reject(new CertwrightError('store', 'the disk is full\nreally'))
    const broken = { ...deps, store: { ...store, certificates: { ...store.certificates, reserve } } }
    const { issuing } = await testAuthorities(broken)
    await expect(issuing.order(order)).rejects.toMatchObject({ code: 'store' })
    const details = { code: 'store', reason: 'the disk is full?really' }
    expect(store.auditEvents.at(-1)).toMatchObject({ ...whoOrdered, details })
  })

  it('and stays refused when the event is not taken', async () => {
    const { store, deps } = await world()
    const audit = { record: () => Promise.reject(new CertwrightError('audit', 'no space')) }
    const { issuing, root } = await testAuthorities({ ...deps, store: { ...store, audit } })
    await expect(root.order(order)).rejects.toMatchObject({ code: 'ca' })
    await expect(issuing.setCondition('offline', by)).rejects.toMatchObject({ code: 'audit' })
    expect(await issuing.condition()).toBe('online')
    expect((await store.certificates.find({ issuer: root.id })).items).toHaveLength(2)
  })
})

describe('what is done with a CA is an event before it is done', () => {
  it('making, requesting, importing, rolling over, with keys', async () => {
    const { deps, root, events } = await world()
    await createOrOpenCa(deps, { ...rootOptions, id: 'test~other', subject: 'CN=Other', keyType: 'ecdsa-p384' })
    await requestCa(deps, outer, by)
    await importRoot(deps, 'test~elsewhere', root.certificate, by)
    await importRoot(deps, 'test~elsewhere', root.certificate, by)
    await rollOverCa(deps, rootOptions, by)
    const ofCas = events().filter(({ type }) => type.startsWith('ca.'))
    expect(ofCas).toMatchObject([
      { type: 'ca.created', details: { profile: 'basic-ca-root', keyAlgorithm: 'p384', keyBits: 384 } },
      { ...whoChanged, type: 'ca.requested', details: { ca: 'test~outer', keyAlgorithm: 'p256', comment: by.comment } },
      { ...whoChanged, type: 'ca.imported', details: { ca: 'test~elsewhere', keyAlgorithm: 'p256' } },
      { ...whoChanged, type: 'ca.rolled-over', details: { ca: 'test~root', generation: 2, keyBits: 256 } },
    ])
  })

  it('and is not done when the event is not taken', async () => {
    const { deps, root, issuing, serial } = await world()
    const audit = { record: () => Promise.reject(new CertwrightError('audit', 'no space')) }
    const mute = { ...deps, store: { ...deps.store, audit } }
    const { issuing: muted } = await testAuthorities(mute)
    await expect(requestCa(mute, outer)).rejects.toMatchObject({ code: 'audit' })
    await expect(importRoot(mute, 'test~elsewhere', root.certificate)).rejects.toMatchObject({ code: 'audit' })
    await importRoot(deps, 'test~elsewhere', root.certificate, by)
    const life = createCertificateLife(mute, muted)
    const bulk = life.revokeAll({ ...by, query: {}, reason: 'superseded', atMost: 1 })
    await expect(bulk).rejects.toMatchObject({ code: 'audit' })
    expect(await deps.store.certificates.get(issuing.id, serial)).toMatchObject({ status: 'issued' })
  })
})

describe('an audit sink', () => {
  it('that failed is asked whether it works again before anything is signed', async () => {
    const store = memoryStore()
    let down = false
    const record = (event: AuditEvent) => (down ? Promise.reject(new Error('ENOSPC')) : store.audit.record(event))
    const deps = testDeps({ store: { ...store, audit: { record } } })
    const { issuing } = await testAuthorities(deps)
    down = true
    const refusal = { code: 'audit', message: 'the audit trail did not take the event' }
    await expect(issuing.order(orderOf(device, 'r1'))).rejects.toMatchObject(refusal)
    const before = await deps.store.certificates.count({ issuer: issuing.id })
    const many = Array.from({ length: 10 }, (_, index) => issuing.order(orderOf(device, `many-${index}`)))
    for (const one of await Promise.allSettled(many)) expect(one).toMatchObject({ status: 'rejected', reason: refusal })
    await expect(issuing.publishCrl()).rejects.toMatchObject(refusal)
    expect(await deps.store.certificates.count({ issuer: issuing.id, status: 'reserved' })).toBe(0)
    expect(await deps.store.certificates.count({ issuer: issuing.id })).toBe(before)
    down = false
    await Promise.all([1, 2, 3].map((index) => issuing.order(orderOf(device, `again-${index}`))))
    const types = store.auditEvents.map(({ type }) => type)
    expect(types.filter((type) => type === 'audit.resumed')).toHaveLength(1)
  })

  it('that does not answer is waited for no longer than it may take', async () => {
    const store = memoryStore()
    let hang: (() => void) | undefined
    const record = (event: AuditEvent) => {
      if (hang === undefined) return store.audit.record(event)
      hang()
      return new Promise<void>(() => undefined)
    }
    const world = testDeps({ store: { ...store, audit: { record } } })
    const deps = { ...world, timer: testTimer(world.clock), auditTimeoutMs: 500 }
    const { issuing } = await testAuthorities(deps)
    const { record: issued } = await issuing.order(orderOf(device, 'r1'))
    const hanging = new Promise<void>((resolve) => {
      hang = resolve
    })
    const change = issuing.changeStatus(issued.serial, { to: 'held' }, by)
    const refusal = expect(change).rejects.toMatchObject({ code: 'audit', message: /within 500 milliseconds/ })
    await hanging
    deps.timer.advance(500)
    await refusal
    expect((await store.certificates.get(issuing.id, issued.serial))?.status).toBe('issued')
    hang = undefined
    for (const auditTimeoutMs of [0, 1.5, 600_001]) {
      const faulty: CaDeps = { ...deps, auditTimeoutMs }
      await expect(createOrOpenCa(faulty, rootOptions)).rejects.toMatchObject({ code: 'configuration' })
    }
  })
})
