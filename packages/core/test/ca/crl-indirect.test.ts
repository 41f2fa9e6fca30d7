import { type CertificateAuthority, createIndirectCrl, createOrOpenCa, rollOverCa } from '@certwright/core/ca'
import {
  Certificate,
  CertificateList,
  CRLDistributionPoints,
  decodeExtension,
  extensionOid,
  formatName,
  parseName,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { opensslStatus } from '../support/revocation.js'
import { orderOf, testDeps } from '../support/world.js'

const by = { actor: 'operator', requestId: 'change' }
const request = opensslRequest('p256', '/CN=device-1')
const list = 'http://pki.example/crl/test/root/all.crl'
const hour = 3_600_000

/** A root that lists what two CAs below it revoke, and its own. */
async function world() {
  const deps = testDeps()
  const urls = { indirectCrl: { urls: [list], issuer: parseName('CN=Root,O=Acme') } }
  const root = await createOrOpenCa(deps, {
    id: 'test~root',
    subject: 'CN=Root,O=Acme',
    profile: 'basic-ca-root',
    profiles: ['basic-ca-subord'],
    issueIntermediates: true,
    urls,
  })
  const below = (name: string) =>
    createOrOpenCa(deps, {
      id: `test~${name}`,
      subject: `CN=${name}`,
      profile: 'basic-ca-subord',
      issuer: root,
      urls,
    })
  const renamed = async (id: string, subject: string) => {
    const options = { id, subject, profile: 'basic-ca-subord', issuer: root, urls }
    return rollOverCa(deps, options, { ...by, requestId: subject })
  }
  const [one, two] = [await below('one'), await below('two')]
  const options = { name: 'all', urls: [list], intervalHours: 24, validityHours: 168 }
  const indirect = createIndirectCrl(deps, root, [one, root, two], options)
  const check = async (ca: CertificateAuthority, certificate: Uint8Array) =>
    opensslStatus(certificate, {
      root,
      untrusted: [ca.certificate],
      // The root is in no CRL of a scope, and openssl asks for one of it too.
      crls: [(await root.crl()).crl, (await indirect.crl()).crl],
      at: deps.clock.now(),
      flags: ['-crl_check_all', '-extended_crl'],
    })
  return { deps, root, one, two, indirect, options, check, renamed }
}

describe('an indirect CRL', () => {
  it('lists the certificates of a CA that was renamed under the name that they have', async () => {
    const { deps, root, one, two, options, renamed } = await world()
    const before = await one.order(orderOf(request, 'before'))
    const next = await renamed('test~one', 'CN=three')
    const after = await next.order(orderOf(request, 'after'))
    const indirect = createIndirectCrl(deps, root, [next, root, two], options)
    const check = async (ca: CertificateAuthority, certificate: Uint8Array) =>
      opensslStatus(certificate, {
        root,
        untrusted: [ca.certificate],
        crls: [(await root.crl()).crl, (await indirect.crl()).crl],
        at: deps.clock.now(),
        flags: ['-crl_check_all', '-extended_crl'],
      })
    expect([await check(one, before.certificate), await check(next, after.certificate)]).toEqual(['ok', 'ok'])
    for (const { record } of [before, after]) {
      await next.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    }
    const revoked = [await check(one, before.certificate), await check(next, after.certificate)]
    expect(revoked).toEqual(['certificate revoked', 'certificate revoked'])
  })

  it('lists the certificates of several CAs, and openssl tells them apart', async () => {
    const { root, one, two, indirect, check } = await world()
    const issued = []
    for (const ca of [one, two, one, two])
      issued.push({ ca, ...(await ca.order(orderOf(request, `${issued.length}`))) })
    for (const { ca, certificate } of issued) expect(await check(ca, certificate)).toBe('ok')
    for (const { ca, record } of issued.slice(0, 3)) {
      await ca.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    }
    const states = await Promise.all(issued.map(({ ca, certificate }) => check(ca, certificate)))
    expect(states).toEqual(['certificate revoked', 'certificate revoked', 'certificate revoked', 'ok'])
    // The certificate of a CA, too.
    const { serialNumber } = Certificate.decode(two.certificate).tbsCertificate.value
    await root.changeStatus(Buffer.from(serialNumber).toString('hex'), { to: 'revoked', reason: 'cACompromise' }, by)
    expect(await check(two, issued[3]?.certificate ?? new Uint8Array())).toBe('certificate revoked')

    const { revokedCertificates = [] } = CertificateList.decode((await indirect.crl()).crl).tbsCertList.value
    const named = revokedCertificates.map(({ crlEntryExtensions = [] }) =>
      crlEntryExtensions.some(({ extnID, critical }) => extnID === extensionOid.certificateIssuer && critical),
    )
    // Its own first, without a name; then each CA named once.
    expect(named).toEqual([false, true, false, true])
  })

  it('is named by the certificates, with the name of the CA that signs it', async () => {
    const { one } = await world()
    const { certificate } = await one.order(orderOf(request, 'a'))
    const { extensions = [] } = Certificate.decode(certificate).tbsCertificate.value
    const points = decodeExtension(CRLDistributionPoints, extensions, extensionOid.cRLDistributionPoints) ?? []
    const [issuer] = points[0]?.cRLIssuer ?? []
    expect(points).toHaveLength(1)
    expect(issuer?.type === 'directoryName' && formatName(issuer.value)).toBe('CN=Root,O=Acme')
  })

  it('is made when it is due, when something has changed, and not otherwise', async () => {
    const { deps, one, indirect } = await world()
    expect((await indirect.crlDue('all'))?.getTime()).toBe(0)
    const first = await indirect.crl()
    expect([first.number, first.scope, (await indirect.crl()).number]).toEqual([1, 'all', 1])
    expect(await indirect.crlDue('all')).toEqual(new Date(first.thisUpdate.getTime() + 24 * hour))
    const { record } = await one.order(orderOf(request, 'a'))
    expect((await indirect.crl()).number).toBe(1)
    await one.changeStatus(record.serial, { to: 'held' }, by)
    expect((await indirect.crlDue('all'))?.getTime()).toBe(0)
    expect((await indirect.crl()).number).toBe(2)
    deps.clock.advance(25 * hour)
    expect((await indirect.crl()).number).toBe(3)
    expect(await indirect.crlLists()).toEqual(['all'])
  })

  it('is bridged by the one before while the CA is offline', async () => {
    const { deps, root, indirect } = await world()
    const first = await indirect.publishCrl()
    await root.setCondition('offline', by)
    deps.clock.advance(25 * hour)
    expect(await indirect.crl()).toEqual(first)
    await expect(indirect.publishCrl()).rejects.toMatchObject({ code: 'ca' })
    deps.clock.advance(200 * hour)
    await expect(indirect.crl()).rejects.toMatchObject({ code: 'ca' })
  })

  it('is refused with a name that is none, no CAs, and a CA from elsewhere', async () => {
    const { deps, root, one, indirect, options } = await world()
    for (const name of ['', 'crl', 'delta', '7', '7-delta', 'crl-k2', 'full', 'All', '../x', 'x'.repeat(33)]) {
      expect(() => createIndirectCrl(deps, root, [one], { ...options, name })).toThrow(/cannot be the name/)
    }
    expect(() => createIndirectCrl(deps, root, [], options)).toThrow(/one CA or more/)
    expect(() => createIndirectCrl(deps, root, [one], { ...options, validityHours: 1 })).toThrow(/valid for longer/)
    await expect(createIndirectCrl(deps, { ...root }, [one], options).crl()).rejects.toMatchObject({
      code: 'configuration',
    })
    await expect(indirect.crl('crl')).rejects.toMatchObject({ code: 'ca' })
  })
})
