import { type CertificateOrder, type CtOptions, createCertificateLife, createOrOpenCa } from '@certwright/core/ca'
import {
  CtError,
  createHttpCtLog,
  isPoisoned,
  loggedTbs,
  poisonExtension,
  sctExtension,
  verifyEmbeddedScts,
} from '@certwright/core/ct'
import { memoryStore } from '@certwright/core/defaults'
import type { CertificateStore, Store } from '@certwright/core/ports'
import { catalogue, compileProfile, explain } from '@certwright/core/profile'
import { Certificate, CertificateList, extensionOid } from '@certwright/core/x509'
import { startTestLog, type TestLog } from '@certwright/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const base = { extends: 'est-digital-signature' } as const
const profiles = [
  { ...base, id: 'logged', transparency: 'required', override: ['extensions'] },
  { ...base, id: 'plain' },
  { ...base, id: 'off', transparency: 'off' },
] as const

const request = opensslRequest('p256', '/CN=logged')
let servers: TestLog[] = []
afterEach(() => Promise.all(servers.map((server) => server.close())))

/** A CA with logs, on a store of its own or one given. */
async function world(given: Partial<CtOptions> = {}, store: ReturnType<typeof memoryStore> = memoryStore()) {
  const deps = testDeps({ store })
  const { root } = await testAuthorities(deps)
  servers = await Promise.all([1, 2].map(() => startTestLog({ clock: deps.clock, roots: [root.certificate] })))
  const logs = await Promise.all(
    servers.map(({ url, publicKey }, i) =>
      createHttpCtLog({ ...deps, wait: async () => {} }, { url, publicKey, name: `log ${i}` }),
    ),
  )
  const ct: CtOptions = { logs, policy: { scts: 2 }, ...given }
  const options = { id: 'test~logged', subject: 'CN=CT', profile: 'basic-ca-subord', issuer: root, profiles } as const
  const open = (more: object = {}, otherDeps: object = {}) =>
    createOrOpenCa({ ...deps, ...otherDeps }, { ...options, ct, ...more })
  const order = (requestId = 'one', more: Partial<CertificateOrder> = {}): CertificateOrder => ({
    ...orderOf(request, requestId),
    profile: 'logged',
    ...more,
  })
  const ca = await open()
  const only = async (requestId = 'one') => {
    const { items } = await store.certificates.find({ issuer: ca.id })
    const found = items.filter((record) => record.requestId === requestId)
    expect(found).toHaveLength(1)
    return found[0] ?? expect.unreachable()
  }
  return { ca, root, deps, store, logs, open, order, only }
}

type World = Awaited<ReturnType<typeof world>>
const extensionsOf = (certificate: Uint8Array) => Certificate.decode(certificate).tbsCertificate.value.extensions ?? []
const oidsOf = (certificate: Uint8Array) => extensionsOf(certificate).map(({ extnID }) => extnID)
const logged = (i = 0) => servers[i]?.logged().map(({ chain }) => chain) ?? []
const typesOf = ({ store }: World) =>
  store.auditEvents.map(({ type }) => type).filter((type) => type.startsWith('certificate'))

describe('a certificate that is to be logged', () => {
  it('holds timestamps of the logs that verify, and is what the precertificate announced', async () => {
    const { ca, root, deps, logs, order, store } = await world()
    const { certificate, record } = await ca.order(order())
    const verdicts = await verifyEmbeddedScts(deps, certificate, ca.certificate, logs)
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['valid', 'valid'])
    for (const i of [0, 1]) {
      const [[precertificate, ...chain] = []] = logged(i)
      expect(chain).toEqual([ca.certificate, root.certificate])
      const [before, after] = [precertificate ?? new Uint8Array(), certificate].map(
        (der) => Certificate.decode(der).tbsCertificate,
      )
      if (before === undefined || after === undefined) return expect.unreachable()
      expect(isPoisoned(before.value.extensions)).toBe(true)
      expect(before.value.serialNumber).toEqual(after.value.serialNumber)
      expect(loggedTbs(before.bytes)).toEqual(loggedTbs(after.bytes))
      const swap = (oid: string) => (oid === extensionOid.ctPoison ? extensionOid.signedCertificateTimestamps : oid)
      expect(oidsOf(precertificate ?? new Uint8Array()).map(swap)).toEqual(oidsOf(certificate))
    }
    expect(record).toMatchObject({ status: 'issued', certificate })
    expect(record.tbsCertificate).toEqual(Certificate.decode(certificate).tbsCertificate.bytes)
    expect(record).not.toHaveProperty('precertificate')
    expect((await store.certificates.events()).items.filter(({ issuer }) => issuer === ca.id)).toHaveLength(2)
  })

  it('is audited before it goes out and when it is done', async () => {
    const made = await world()
    const { record } = await made.ca.order(made.order())
    expect(typesOf(made).slice(-2)).toEqual(['certificate.precertified', 'certificate.issued'])
    expect(made.store.auditEvents.slice(-2).map(({ details }) => details)).toMatchObject([
      { serial: record.serial, precertificate: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { scts: 'log 0 2026-11-20T12:00:00.000Z; log 1 2026-11-20T12:00:00.000Z' },
    ])
  })

  it('is handed out again to the same request, without asking the logs', async () => {
    const { ca, order } = await world()
    const [first, second] = [await ca.order(order()), await ca.order(order())]
    expect(second.certificate).toEqual(first.certificate)
    expect(servers.map((server) => server.requests())).toEqual([1, 1])
  })

  it('is one, however many ask for it at once', async () => {
    const { ca, order, only } = await world()
    const all = await Promise.all(Array.from({ length: 8 }, () => ca.order(order())))
    const { certificate } = await only()
    for (const issued of all) expect(issued.certificate).toEqual(certificate)
  })

  it('is not logged where the profile does not say so', async () => {
    const { ca, order } = await world()
    for (const profile of ['plain', 'off']) {
      const { certificate } = await ca.order(order(profile, { profile }))
      expect(oidsOf(certificate)).not.toContain(extensionOid.signedCertificateTimestamps)
    }
    expect(servers.map((server) => server.requests())).toEqual([0, 0])
  })

  it('is renewed with timestamps of its own', async () => {
    const { ca, deps, order, logs } = await world()
    const { record } = await ca.order(order())
    deps.clock.advance(1000)
    const renewed = await createCertificateLife(deps, ca).renew(record.serial, { actor: 'a', requestId: 'two' })
    const verdicts = await verifyEmbeddedScts(deps, renewed.certificate, ca.certificate, logs)
    expect(verdicts).toMatchObject([
      { outcome: 'valid', sct: { timestamp: deps.clock.now() } },
      { outcome: 'valid', sct: { timestamp: deps.clock.now() } },
    ])
  })
})

describe('logs that give too few timestamps', () => {
  const refused = async ({ ca, order }: World) => {
    const error = await ca.order(order()).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(CtError)
    return error as CtError
  }

  it('leave a precertificate that is recorded and audited, and that the same request takes up again', async () => {
    const made = await world()
    servers[1]?.misbehave('failed')
    expect(await refused(made)).toMatchObject({ code: 'ct', temporary: true })
    const left = await made.only()
    expect(left).toMatchObject({ status: 'issued', certificate: null, fingerprint: null })
    expect(logged().map(([first]) => first)).toEqual([left.precertificate])
    const types = ['certificate.precertified', 'certificate.not-logged', 'certificate.refused']
    expect(typesOf(made).slice(-3)).toEqual(types)
    expect(made.store.auditEvents.at(-2)?.details).toMatchObject({
      serial: left.serial,
      temporary: true,
      reason: expect.stringMatching(/asks for 2 timestamps, and there are 1: "log 1": it answered with status 500/),
    })
    made.deps.clock.advance(5000)
    const { certificate, record } = await made.ca.order(made.order())
    expect(record.serial).toBe(left.serial)
    expect(logged(1).map(([first]) => first)).toEqual([left.precertificate])
    const verdicts = await verifyEmbeddedScts(made.deps, certificate, made.ca.certificate, made.logs)
    expect(verdicts).toMatchObject([
      { outcome: 'valid', sct: { timestamp: new Date('2026-11-20T12:00:00Z') } },
      { outcome: 'valid', sct: { timestamp: new Date('2026-11-20T12:00:05Z') } },
    ])
  })

  it.each(['wrong-key', 'other-log', 'garbage', 'huge', 'future', 'refused'] as const)(
    'as when one is %s',
    async (fault) => {
      const made = await world()
      servers[0]?.misbehave(fault)
      expect(await refused(made)).toMatchObject({ temporary: fault !== 'refused' })
      expect((await made.only()).certificate).toBeNull()
    },
  )

  it('as when one is silent', async () => {
    const made = await world({ timeout: 30 })
    servers[0]?.misbehave('silent')
    expect((await refused(made)).failures).toMatchObject([{ kind: 'timeout' }])
  })

  it('do not keep the precertificate from being revoked, after which the request is refused', async () => {
    const made = await world()
    servers[0]?.misbehave('failed')
    await refused(made)
    const { serial } = await made.only()
    const by = { actor: 'operator', requestId: 'revoke' }
    const revoked = await made.ca.changeStatus(serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    expect(revoked).toMatchObject({ status: 'revoked', certificate: null })
    const { crl } = await made.ca.crl()
    expect(CertificateList.decode(crl).tbsCertList.value.revokedCertificates).toHaveLength(1)
    await expect(made.ca.order(made.order())).rejects.toMatchObject({ code: 'conflict' })
    expect(servers.map((server) => server.requests())).toEqual([1, 1])
  })

  it('leave what is found among all certificates and revoked with them, and is no predecessor', async () => {
    const made = await world()
    await made.ca.order(made.order('good'))
    const { record } = await made.ca.order(made.order('good'))
    made.deps.clock.advance(1000)
    servers[0]?.misbehave('failed')
    await refused(made)
    const { serial } = await made.only()
    const life = createCertificateLife(made.deps, made.ca)
    await expect(life.renew(serial, { actor: 'a', requestId: 'next' })).rejects.toMatchObject({ code: 'conflict' })
    const { subject } = orderOf(request, '')
    expect((await made.ca.newestFor({ subject, requester: 'passcode:test' }))?.serial).toBe(record.serial)
    const query = { requester: 'passcode:test' }
    const order = { query, reason: 'cessationOfOperation', actor: 'a', requestId: 'all' } as const
    expect(await life.revokeAll({ ...order, atMost: await life.count(query) })).toBe(2)
    expect((await made.only()).status).toBe('revoked')
  })
})

describe('a way that is cut off', () => {
  /** The same store, whose method fails once. */
  const failing = (
    store: Store,
    method: 'reserve' | 'precertify' | 'amend' | 'complete',
    when: 'before' | 'after',
  ): Store => {
    let failed = false
    const once = async <T>(call: () => Promise<T>): Promise<T> => {
      if (failed) return call()
      failed = true
      if (when === 'after') await call()
      throw new Error(`cut off ${when} ${method}`)
    }
    const { certificates } = store
    const broken: Pick<CertificateStore, typeof method> = {
      reserve: (...given) => once(() => certificates.reserve(...given)),
      precertify: (...given) => once(() => certificates.precertify(...given)),
      amend: (...given) => once(() => certificates.amend(...given)),
      complete: (...given) => once(() => certificates.complete(...given)),
    }
    return { ...store, certificates: { ...certificates, [method]: broken[method] } }
  }

  it.each(
    (['reserve', 'precertify', 'amend', 'complete'] as const).flatMap((method) => [
      [method, 'before'] as const,
      [method, 'after'] as const,
    ]),
  )('at %s, %s it, is gone on with, to one certificate', async (method, when) => {
    const made = await world()
    const ca = await made.open({}, { store: failing(made.store, method, when) })
    await expect(ca.order(made.order())).rejects.toThrow('cut off')
    const left = await made.store.certificates.find({ issuer: ca.id, status: 'issued' })
    // Whatever a log has, the store has.
    for (const [precertificate] of logged()) {
      expect(left.items.map((record) => record.precertificate ?? precertificate)).toEqual([precertificate])
    }
    made.deps.clock.advance(1000)
    const { certificate, record } = await (await made.open()).order(made.order())
    expect((await made.only()).certificate).toEqual(certificate)
    const verdicts = await verifyEmbeddedScts(made.deps, certificate, ca.certificate, made.logs)
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['valid', 'valid'])
    const { bytes } = Certificate.decode(certificate).tbsCertificate
    expect(record.tbsCertificate).toEqual(bytes)
    for (const [precertificate = new Uint8Array()] of logged()) {
      expect(loggedTbs(Certificate.decode(precertificate).tbsCertificate.bytes)).toEqual(loggedTbs(bytes))
    }
  })

  it('by a store that lost what was announced signs nothing more', async () => {
    const made = await world()
    const { certificates } = made.store
    const other = await made.ca.order(made.order('other'))
    const changed = (to: Uint8Array): Store => {
      const amend: CertificateStore['amend'] = async (...given) => ({
        ...(await certificates.amend(...given)),
        tbsCertificate: to,
      })
      return { ...made.store, certificates: { ...certificates, amend, complete: () => expect.unreachable() } }
    }
    const { bytes } = Certificate.decode(logged()[0]?.[0] ?? new Uint8Array()).tbsCertificate
    for (const [i, to] of [other.record.tbsCertificate, bytes].entries()) {
      const ca = await made.open({}, { store: changed(to) })
      await expect(ca.order(made.order(`lost ${i}`))).rejects.toMatchObject({ code: 'ca' })
    }
  })

  it('by two nodes that work on one request gives one certificate', async () => {
    const made = await world()
    const nodes = await Promise.all([made.open(), made.open(), made.open()])
    const issued = await Promise.all(nodes.flatMap((node) => [node.order(made.order()), node.order(made.order())]))
    const { certificate } = await made.only()
    for (const one of issued) expect(one.certificate).toEqual(certificate)
    expect(new Set(logged().map(([first]) => first)).size).toBe(1)
  })

  it('by an audit that fails sends nothing to a log', async () => {
    const made = await world()
    const audit = { record: () => Promise.reject(new Error('no audit')) }
    const ca = await made.open({}, { audit })
    await expect(ca.order(made.order())).rejects.toMatchObject({ code: 'audit' })
    expect(servers.map((server) => server.requests())).toEqual([0, 0])
    expect((await made.only()).precertificate).toBeDefined()
  })

  it('by another setting of the profile is not ended another way', async () => {
    const made = await world()
    servers[0]?.misbehave('failed')
    await expect(made.ca.order(made.order())).rejects.toMatchObject({ code: 'ct' })
    const plain = profiles.map((profile) => ({ ...profile, transparency: 'off' as const }))
    const other = await made.open({ profiles: plain })
    await expect(other.order(made.order())).rejects.toMatchObject({ code: 'conflict' })
    const cut = await made.open({ profiles: plain }, { store: failing(made.store, 'complete', 'before') })
    await expect(cut.order(made.order('two'))).rejects.toThrow('cut off')
    await expect(made.ca.order(made.order('two'))).rejects.toMatchObject({ code: 'conflict' })
    const before = await made.open({}, { store: failing(made.store, 'precertify', 'before') })
    await expect(before.order(made.order('three'))).rejects.toThrow('cut off')
    await expect(other.order(made.order('three'))).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('poison and timestamps', () => {
  const unknown = sctExtension([{ type: 'unknown', bytes: Uint8Array.of(1) }])
  it.each([
    ['poison', poisonExtension],
    ['poison that is not critical', { ...poisonExtension, critical: false }],
    ['timestamps', unknown],
  ])('a request cannot bring %s', async (_what, extension) => {
    const { ca, order } = await world()
    for (const profile of ['logged', 'plain']) {
      const asked = ca.order(order(profile, { profile, extensions: [extension] }))
      const issued = await asked.catch((error) => error)
      if ('code' in issued) expect(issued).toMatchObject({ code: 'profile-violation' })
      else if (profile === 'plain') expect(oidsOf(issued.certificate)).not.toContain(extension.extnID)
      else expect(oidsOf(issued.certificate)).not.toContain(extensionOid.ctPoison)
    }
    const privileged = { privileged: true, override: { extensions: [extension] } }
    await expect(ca.order(order('override', privileged))).rejects.toMatchObject({
      code: 'profile-violation',
      violations: [{ code: 'override-not-allowed' }],
    })
  })
})

describe('the settings', () => {
  beforeEach(() => {
    servers = []
  })

  it('a CA without logs has no profile that requires them', async () => {
    const { open } = await world()
    await expect(open({ ct: undefined })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/"logged" requires transparency/),
    })
    await open({ ct: undefined, profiles: profiles.slice(1) })
  })

  it.each([{ timeout: 0 }, { timeout: 600_001 }, { policy: { scts: 3 } }, { logs: [] }])(
    'refuses %j',
    async (given) => {
      await expect(world(given)).rejects.toMatchObject({ code: 'configuration' })
    },
  )

  it('refuses a certificate that no log takes, before anything is recorded', async () => {
    const { open, logs, order, store } = await world()
    const interval = { start: new Date('2020-01-01'), end: new Date('2021-01-01') }
    const ca = await open({ ct: { logs: logs.map((log) => ({ ...log, interval })), policy: { scts: 2 } } })
    await expect(ca.order(order())).rejects.toMatchObject({ code: 'ct', temporary: false })
    expect((await store.certificates.find({ issuer: ca.id, status: 'reserved' })).items).toEqual([])
  })

  it('are told by explain', () => {
    const told = profiles.map((profile) =>
      explain(compileProfile(profile, { extends: (id) => catalogue.get(id) }))
        .split('\n')
        .find((line) => line.startsWith('Certificates are')),
    )
    expect(told).toEqual([
      'Certificates are logged before they are issued (Certificate Transparency, RFC 6962).',
      undefined,
      'Certificates are not logged.',
    ])
  })
})
