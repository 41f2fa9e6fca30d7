import { type CaOptions, type CertificateAuthority, createOrOpenCa, rollOverCa } from '@certwright/core/ca'
import type { CrlRecord } from '@certwright/core/ports'
import {
  Certificate,
  CertificateList,
  CRLDistributionPoints,
  decodeExtension,
  extensionOid,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { opensslStatus } from '../support/revocation.js'
import { orderOf, testDeps } from '../support/world.js'

const by = { actor: 'operator', requestId: 'change' }
const request = opensslRequest('p256', '/CN=device-1')
const hour = 3_600_000
const keyCompromise = { to: 'revoked', reason: 'keyCompromise' } as const
const deltas = { intervalHours: 24, validityHours: 168, delta: { intervalHours: 1, validityHours: 4 } }

/** A root and a CA below it that makes the lists. */
async function world(given: Partial<CaOptions> = {}, deps = testDeps()) {
  const urls = (ca: string) => ({ crl: [`http://pki.example/crl/test/${ca}/{list}.crl`] })
  const root = await createOrOpenCa(deps, {
    id: 'test~root',
    subject: 'CN=Root',
    profile: 'basic-ca-root',
    profiles: ['basic-ca-subord'],
    issueIntermediates: true,
    urls: urls('root'),
  })
  const options: CaOptions = {
    id: 'test~issuing',
    subject: 'CN=Issuing',
    profile: 'basic-ca-subord',
    issuer: root,
    urls: urls('issuing'),
    ...given,
  }
  const issuing = await createOrOpenCa(deps, options)
  const check = async (certificate: Uint8Array, lists: readonly CrlRecord[], flags: readonly string[] = []) =>
    opensslStatus(certificate, {
      root,
      untrusted: [issuing.certificate],
      crls: [(await root.crl()).crl, ...lists.map(({ crl }) => crl)],
      at: deps.clock.now(),
      flags: ['-crl_check_all', ...flags],
    })
  let count = 0
  const issue = async (ca: CertificateAuthority = issuing) => ca.order(orderOf(request, `request-${count++}`))
  return { deps, root, issuing, options, check, issue }
}

/** Reason by serial number. */
function entriesOf({ crl }: CrlRecord): Readonly<Record<string, string>> {
  const { revokedCertificates = [] } = CertificateList.decode(crl).tbsCertList.value
  return Object.fromEntries(
    revokedCertificates.map(({ userCertificate, crlEntryExtensions = [] }) => [
      Buffer.from(userCertificate).toString('hex'),
      Buffer.from(crlEntryExtensions[0]?.extnValue ?? []).toString('hex'),
    ]),
  )
}

function pointsOf(certificate: Uint8Array): readonly string[] {
  const { extensions = [] } = Certificate.decode(certificate).tbsCertificate.value
  const [point] = decodeExtension(CRLDistributionPoints, extensions, extensionOid.cRLDistributionPoints) ?? []
  const { distributionPoint } = point ?? {}
  return distributionPoint?.type === 'fullName' ? distributionPoint.value.map(({ value }) => String(value)) : []
}

describe('delta CRLs', () => {
  it('carry a hold, its release and a revocation to whoever has the complete list, says openssl', async () => {
    const { deps, issuing, check, issue } = await world({ crl: { ...deltas, onRevocation: 'deltas' } })
    const { certificate, record } = await issue()
    const complete = await issuing.crl()
    const status = async () => check(certificate, [complete, await issuing.crl('delta')], ['-use_deltas'])
    expect(await status()).toBe('ok')
    for (const [change, expected, reason] of [
      [{ to: 'held' }, 'certificate revoked', '0a0106'],
      [{ to: 'issued' }, 'ok', '0a0108'],
      [{ to: 'held' }, 'certificate revoked', '0a0106'],
      [keyCompromise, 'certificate revoked', '0a0101'],
    ] as const) {
      deps.clock.advance(60_000)
      await issuing.changeStatus(record.serial, change, by)
      expect(entriesOf(await issuing.crl('delta'))).toEqual({ [record.serial]: reason })
      expect(await status()).toBe(expected)
      // Whoever has only the complete list learns of it with the next one.
      expect(await check(certificate, [complete])).toBe('ok')
    }
    expect((await issuing.crl()).number).toBe(complete.number)
    deps.clock.advance(25 * hour)
    expect(await check(certificate, [await issuing.crl()])).toBe('certificate revoked')
  })

  it('take a certificate off hold that the complete list holds', async () => {
    const { deps, issuing, check, issue } = await world({ crl: deltas })
    const { certificate, record } = await issue()
    await issuing.changeStatus(record.serial, { to: 'held' }, by)
    const complete = await issuing.crl()
    expect(await check(certificate, [complete])).toBe('certificate revoked')
    deps.clock.advance(60_000)
    await issuing.changeStatus(record.serial, { to: 'issued' }, by)
    const delta = await issuing.crl('delta')
    expect(entriesOf(delta)).toEqual({ [record.serial]: '0a0108' })
    expect(await check(certificate, [complete, delta], ['-use_deltas'])).toBe('ok')
  })

  it('apply to every complete list from their base on, and share its numbers', async () => {
    const { deps, issuing, check, issue } = await world({ crl: deltas })
    const { certificate, record } = await issue()
    const lists = [await issuing.crl()]
    for (let day = 0; day < 5; day++) {
      deps.clock.advance(25 * hour)
      lists.push(await issuing.crl())
    }
    await issuing.crl('delta')
    await issuing.changeStatus(record.serial, keyCompromise, by)
    const delta = await issuing.crl('delta')
    const base = delta.base?.number ?? 0
    expect(lists.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
    expect(base).toBe(6)
    expect(delta.number).toBe(9)
    expect(await check(certificate, [lists[5] ?? delta, delta], ['-use_deltas'])).toBe('certificate revoked')
    deps.clock.advance(25 * hour)
    expect((await issuing.crl()).number).toBe(10)
    const later = await issuing.crl('delta')
    expect([later.number, later.base?.number]).toEqual([11, 6])
    deps.clock.advance(6 * 24 * hour)
    const moved = await issuing.crl('delta')
    expect(moved.base?.number).toBeGreaterThan(8)
    // What a complete list says already, a delta to it need not.
    expect(entriesOf(moved)).toEqual({})
  })

  it('are made with a complete list where there is none, and named by it', async () => {
    const { issuing } = await world({ crl: deltas })
    const delta = await issuing.crl('delta')
    expect([delta.number, delta.base?.number, delta.scope, delta.sequence]).toEqual([2, 1, 'delta', 'full'])
    const { crlExtensions = [] } = CertificateList.decode((await issuing.crl()).crl).tbsCertList.value
    expect(crlExtensions.map(({ extnID }) => extnID)).toContain(extensionOid.freshestCRL)
  })

  it('do not exist for a CA that makes none', async () => {
    const { issuing } = await world()
    for (const name of ['delta', '1', '1-delta', 'crl-k2', 'crl-k1', '', '../crl', 'x'.repeat(5000)]) {
      await expect(issuing.crl(name)).rejects.toMatchObject({ code: 'ca' })
      await expect(issuing.publishCrl(name)).rejects.toMatchObject({ code: 'ca' })
    }
    expect(await issuing.crlLists()).toEqual(['crl'])
  })
})

describe('partitioned CRLs', () => {
  const partitioned = { intervalHours: 24, validityHours: 168, partitions: 4 }

  it('hold the certificates that name them, and openssl takes no other list for one', async () => {
    const { issuing, check, issue } = await world({ crl: { ...partitioned, delta: deltas.delta } })
    const issued = await Promise.all(Array.from({ length: 24 }, () => issue()))
    const scopes = new Set(issued.map(({ record }) => record.crlScope))
    expect([...scopes].sort()).toEqual(['1', '2', '3', '4'])
    await issuing.publishCrl()
    for (const { certificate, record } of issued.slice(0, 8)) {
      const own = record.crlScope ?? ''
      expect(pointsOf(certificate)).toEqual([`http://pki.example/crl/test/issuing/${own}.crl`])
      const other = own === '1' ? '2' : '1'
      expect(await check(certificate, [await issuing.crl(own)], ['-extended_crl'])).toBe('ok')
      expect(await check(certificate, [await issuing.crl(other)], ['-extended_crl'])).toMatch(
        /different CRL scope|unable to get certificate CRL/i,
      )
      const before = await issuing.crl(own)
      await issuing.changeStatus(record.serial, keyCompromise, by)
      for (const name of [own, 'crl']) {
        const list = await issuing.crl(name)
        expect(entriesOf(list)).toHaveProperty(record.serial)
        expect(await check(certificate, [list], ['-extended_crl'])).toBe('certificate revoked')
      }
      expect(entriesOf(await issuing.crl(other))).not.toHaveProperty(record.serial)
      const delta = await issuing.crl(`${own}-delta`)
      expect(await check(certificate, [before, delta], ['-extended_crl', '-use_deltas'])).toBe('certificate revoked')
    }
  })

  it('stay when there are fewer of them', async () => {
    const { deps, issuing, options, issue } = await world({ crl: partitioned })
    const issued = await Promise.all(Array.from({ length: 24 }, () => issue()))
    const fourth = issued.find(({ record }) => record.crlScope === '4')
    await issuing.publishCrl()
    const fewer = await createOrOpenCa(deps, { ...options, crl: { ...partitioned, partitions: 2 } })
    expect([...(await fewer.crlLists())].sort()).toEqual(['1', '2', '3', '4', 'crl'])
    await fewer.changeStatus(fourth?.record.serial ?? '', keyCompromise, by)
    expect(entriesOf(await fewer.crl('4'))).toHaveProperty(fourth?.record.serial ?? '')
    await expect(fewer.crl('5')).rejects.toMatchObject({ code: 'ca' })
  })

  it.each([
    ['URLs that do not tell lists apart', { crl: partitioned, urls: { crl: ['http://pki.example/crl.crl'] } }],
    ['no URLs', { crl: partitioned, urls: {} }],
    ['no partitions', { crl: { ...partitioned, partitions: 0 } }],
    ['too many partitions', { crl: { ...partitioned, partitions: 10_001 } }],
    ['half a partition', { crl: { ...partitioned, partitions: 1.5 } }],
    ['deltas with URLs that do not tell lists apart', { crl: deltas, urls: { crl: ['http://pki.example/crl.crl'] } }],
    ['deltas rarer than complete lists', { crl: { ...deltas, delta: { intervalHours: 48, validityHours: 72 } } }],
    ['an interval of nothing', { crl: { intervalHours: 0, validityHours: 1 } }],
    ['lists that end before the next', { crl: { intervalHours: 24, validityHours: 24 } }],
    ['lists of more than a year', { crl: { intervalHours: 24, validityHours: 9000 } }],
    ['no number', { crl: { intervalHours: Number.NaN, validityHours: 9 } }],
  ] satisfies readonly (readonly [string, Partial<CaOptions>])[])('are refused with %s', async (_, options) => {
    await expect(world(options)).rejects.toMatchObject({ code: 'configuration' })
  })
})

describe('CRLs after a rollover', () => {
  it.each([
    ['in one name', {}],
    ['with a new name', { subject: 'CN=Renamed,O=Certwright' }],
  ])('are signed by the key that signed the certificates, and numbered together, %s', async (_, change) => {
    const { deps, root, issuing, options, issue } = await world({ crl: deltas })
    const old = await issue()
    const first = await issuing.crl()
    const next = await rollOverCa(deps, { ...options, ...change }, { actor: 'operator', requestId: 'rollover' })
    const fresh = await issue(next)
    expect(pointsOf(old.certificate)).toEqual(['http://pki.example/crl/test/issuing/crl.crl'])
    expect(pointsOf(fresh.certificate)).toEqual(['http://pki.example/crl/test/issuing/crl-k2.crl'])
    expect(await next.crlLists()).toEqual(['crl', 'delta', 'crl-k2', 'delta-k2'])
    const status = async (certificate: Uint8Array, ca: CertificateAuthority, list: string) =>
      opensslStatus(certificate, {
        root,
        untrusted: [ca.certificate],
        crls: [(await root.crl()).crl, (await next.crl(list)).crl],
        at: deps.clock.now(),
      })
    expect(await status(old.certificate, issuing, 'crl')).toBe('ok')
    expect(await status(fresh.certificate, next, 'crl-k2')).toBe('ok')
    for (const { record } of [old, fresh]) await next.changeStatus(record.serial, keyCompromise, by)
    expect(await status(old.certificate, issuing, 'crl')).toBe('certificate revoked')
    expect(await status(fresh.certificate, next, 'crl-k2')).toBe('certificate revoked')
    const numbers = await Promise.all(
      ['crl', 'delta', 'crl-k2', 'delta-k2'].map(async (l) => (await next.crl(l)).number),
    )
    expect(new Set([first.number, ...numbers]).size).toBe(5)
    // The list of the present key when none is named.
    expect((await next.crl()).scope).toBe('crl-k2')
  })
})

describe('expired certificates', () => {
  it('are not revoked where lists drop them, and are where lists keep them', async () => {
    for (const expired of ['drop', 'keep'] as const) {
      const { deps, issuing, issue } = await world({ crl: { intervalHours: 24, validityHours: 168, expired } })
      const [early, late] = [await issue(), await issue()]
      await issuing.changeStatus(early.record.serial, keyCompromise, by)
      deps.clock.advance(400 * 24 * hour)
      await issuing.publishCrl()
      deps.clock.advance(48 * hour)
      const change = issuing.changeStatus(late.record.serial, keyCompromise, by)
      if (expired === 'drop') await expect(change).rejects.toMatchObject({ code: 'conflict' })
      else await change
      const list = await issuing.publishCrl()
      const kept = expired === 'keep' ? [early.record.serial, late.record.serial].sort() : []
      expect(Object.keys(entriesOf(list)).sort()).toEqual(kept)
      const { crlExtensions = [] } = CertificateList.decode(list.crl).tbsCertList.value
      const has = crlExtensions.some(({ extnID }) => extnID === extensionOid.expiredCertsOnCRL)
      expect(has).toBe(expired === 'keep')
    }
  })
})

describe('a clock', () => {
  it('that is a little behind makes no earlier list, one far behind none at all', async () => {
    const { deps, issuing, issue } = await world()
    const { record } = await issue()
    deps.clock.advance(2 * hour)
    const list = await issuing.publishCrl()
    deps.clock.advance(-60_000)
    expect((await issuing.publishCrl()).thisUpdate).toEqual(list.thisUpdate)
    deps.clock.advance(-hour)
    await expect(issuing.publishCrl()).rejects.toMatchObject({ code: 'ca', message: /clock is \d+ seconds behind/ })
    await expect(issuing.changeStatus(record.serial, keyCompromise, by)).rejects.toMatchObject({ code: 'ca' })
    expect((await deps.store.certificates.get(issuing.id, record.serial))?.status).toBe('revoked')
    deps.clock.advance(2 * hour)
    expect(entriesOf(await issuing.publishCrl())).toHaveProperty(record.serial)
  })
})

describe('a CA that cannot sign', () => {
  it('still gives the list that is valid, and says when there is none', async () => {
    const { deps, issuing } = await world()
    const list = await issuing.crl()
    await issuing.setCondition('offline', by)
    deps.clock.advance(30 * hour)
    expect(await issuing.crl()).toEqual(list)
    await expect(issuing.publishCrl()).rejects.toMatchObject({ code: 'ca' })
    deps.clock.advance(200 * hour)
    await expect(issuing.crl()).rejects.toMatchObject({ code: 'ca' })
  })

  it('makes no list after the end of its certificate, and none that outlives it', async () => {
    const { deps, issuing } = await world()
    const end = Certificate.decode(issuing.certificate).tbsCertificate.value.validity.notAfter
    deps.clock.advance(end.getTime() - deps.clock.now().getTime() - hour)
    expect((await issuing.crl()).nextUpdate).toEqual(end)
    expect(await issuing.crlDue('crl')).toBeDefined()
    deps.clock.advance(2 * hour)
    await expect(issuing.publishCrl()).rejects.toMatchObject({ code: 'ca' })
    expect(await issuing.crlLists()).toEqual([])
    expect(await issuing.crlDue('crl')).toBeUndefined()
  })

  it('announces nothing at once where that is the policy', async () => {
    const { issuing, issue } = await world({ crl: { intervalHours: 24, validityHours: 168, onRevocation: 'nothing' } })
    const list = await issuing.crl()
    await issuing.changeStatus((await issue()).record.serial, keyCompromise, by)
    expect(await issuing.crl()).toEqual(list)
  })
})

describe('two nodes', () => {
  it('that make lists at once use no number twice and lose no revocation', async () => {
    const deps = testDeps()
    const { issuing, options, issue } = await world({ crl: deltas }, deps)
    const other = await createOrOpenCa(deps, options)
    const issued = await Promise.all(Array.from({ length: 20 }, () => issue()))
    const revoke = (ca: CertificateAuthority, serial: string) => ca.changeStatus(serial, keyCompromise, by)
    await Promise.all(issued.map(({ record }, i) => revoke(i % 2 === 0 ? issuing : other, record.serial)))
    const list = await deps.store.certificates.latestCrl(issuing.id)
    expect(list && Object.keys(entriesOf(list)).sort()).toEqual(issued.map(({ record }) => record.serial).sort())
  })

  it('tell who publishes of each list, and do not mind when that fails', async () => {
    const told: CrlRecord[] = []
    const crlIssued = async (crl: CrlRecord) => {
      told.push(crl)
      throw new Error('the web server is down')
    }
    const { issuing } = await world({ crl: deltas }, { ...testDeps(), crlIssued } as ReturnType<typeof testDeps>)
    const list = await issuing.publishCrl()
    expect(told.map(({ number }) => number)).toEqual([1, 2])
    expect(told).toContainEqual(list)
  })
})
