import {
  type CaSummary,
  caGenerations,
  createOrOpenCa,
  importRoot,
  installCa,
  listCas,
  requestCa,
  rollOverCa,
} from '@certwright/core/ca'
import { memoryStore } from '@certwright/core/defaults'
import { Certificate, CertificationRequest } from '@certwright/core/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest, opensslText, opensslVerify } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'
import { openWorkspace, type Workspace } from '../x509/openssl.js'

const by = { actor: 'operator:eve', requestId: 'ceremony' }
const device = opensslRequest('p256', '/CN=device-1/O=Certwright')
const options = { id: 'test~outer', subject: 'CN=Outer Issuing,O=Certwright', profile: 'basic-ca-subord' }

/** What openssl makes is valid from the second in which it was made: by then a clock of before is behind. */
const soon = (): Date => new Date(Date.now() + 60_000)

let work: Workspace
beforeAll(() => {
  work = openWorkspace()
  for (const name of ['root', 'stranger']) {
    work.openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`],
      ...['-subj', `/CN=${name}/O=Elsewhere`, '-days', '3000'],
      ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    )
    work.openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
  }
})
afterAll(() => work.remove())

/** The issuer elsewhere: openssl signs what it is sent. */
function signed(request: Uint8Array, extensions: string, by = 'root'): Uint8Array {
  work.write('request.der', request)
  work.write('ext.cnf', `${extensions}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`)
  work.openssl('req', '-inform', 'DER', '-in', 'request.der', '-out', 'request.pem', '-verify')
  work.openssl(
    ...['x509', '-req', '-in', 'request.pem', '-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-set_serial', '7'],
    ...['-days', '1000', '-extfile', 'ext.cnf', '-outform', 'DER', '-out', 'made.der'],
  )
  return work.read('made.der')
}

const caExtensions =
  'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign,digitalSignature'

describe('a CA below one elsewhere', () => {
  it('asks for its certificate, installs it, and issues what openssl verifies up to that root', async () => {
    const deps = testDeps({ store: memoryStore() })
    deps.clock.set(soon())
    const request = await requestCa(deps, options)
    work.write('r.der', request)
    const text = work.openssl('req', '-inform', 'DER', '-in', 'r.der', '-noout', '-text', '-verify')
    expect(text).toMatch(/CA:TRUE, pathlen:0/)
    expect(text).toMatch(/Certificate Sign, CRL Sign/)
    await expect(createOrOpenCa(deps, { ...options, issuer: 'outside' })).rejects.toMatchObject({ code: 'ca' })
    const again = CertificationRequest.decode(await requestCa(deps, options)).certificationRequestInfo.value
    expect(again.subjectPKInfo).toEqual(
      CertificationRequest.decode(request).certificationRequestInfo.value.subjectPKInfo,
    )

    const root = work.read('root.der')
    const certificate = signed(request, caExtensions)
    await installCa(deps, options.id, [certificate, root], by)
    await installCa(deps, options.id, [certificate, root], by)
    const ca = await createOrOpenCa(deps, { ...options, issuer: 'outside' })
    expect(await ca.certificates()).toEqual([certificate, root])
    const issued = await ca.order(orderOf(device, 'r1'))
    expect(opensslVerify(issued.certificate, [root, certificate])).toContain('OK')
    await expect(requestCa(deps, options)).rejects.toMatchObject({ code: 'conflict' })
    expect(deps.store.auditEvents.filter(({ type }) => type === 'ca.installed')).toHaveLength(1)
  })

  it.each<[string, (request: Uint8Array) => Uint8Array[], RegExp]>([
    ['no certificate', () => [], /there is none/],
    ['one for another key', () => [work.read('root.der')], /another key/],
    ['one that is no CA', (r) => [signed(r, 'basicConstraints=CA:FALSE'), work.read('root.der')], /not a CA/],
    [
      'one that may not sign',
      (r) => [signed(r, 'basicConstraints=CA:TRUE\nkeyUsage=cRLSign'), work.read('root.der')],
      /keyCertSign/,
    ],
    [
      'one that may not sign CRLs',
      (r) => [signed(r, 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign'), work.read('root.der')],
      /cRLSign/,
    ],
    ['one without its root', (r) => [signed(r, caExtensions)], /end with the root/],
    ['the root of somebody else', (r) => [signed(r, caExtensions), work.read('stranger.der')], /next certificate/],
    [
      'a signature by another key',
      (r) => [signed(r, caExtensions, 'stranger'), work.read('root.der')],
      /next certificate/,
    ],
    [
      'a chain without end',
      (r) => [signed(r, caExtensions), ...Array.from({ length: 9 }, () => work.read('root.der'))],
      /more than 8/,
    ],
  ])('refuses %s, and waits on', async (_what, chain, message) => {
    const deps = testDeps({ store: memoryStore() })
    deps.clock.set(soon())
    const request = await requestCa(deps, options)
    await expect(installCa(deps, options.id, chain(request), by)).rejects.toMatchObject({
      code: 'configuration',
      message,
    })
    await expect(createOrOpenCa(deps, { ...options, issuer: 'outside' })).rejects.toMatchObject({ code: 'ca' })
  })

  it('refuses an expired one, an unknown CA, and a profile for others', async () => {
    const deps = testDeps({ store: memoryStore() })
    deps.clock.set(soon())
    const request = await requestCa(deps, options)
    const certificate = signed(request, caExtensions)
    deps.clock.set(new Date('2040-01-01T00:00:00Z'))
    const installed = installCa(deps, options.id, [certificate, work.read('root.der')], by)
    await expect(installed).rejects.toMatchObject({ code: 'configuration', message: /not valid now/ })
    await expect(installCa(deps, 'test~nobody', [certificate], by)).rejects.toMatchObject({ code: 'configuration' })
    const root = requestCa(deps, { ...options, id: 'test~other', profile: 'basic-ca-root' })
    await expect(root).rejects.toMatchObject({ code: 'configuration' })
  })

  it('has a root of which only the certificate is here', async () => {
    const deps = testDeps({ store: memoryStore() })
    deps.clock.set(soon())
    const certificate = work.read('root.der')
    expect(await importRoot(deps, 'test~elsewhere', certificate)).toEqual({ id: 'test~elsewhere', certificate })
    expect(await importRoot(deps, 'test~elsewhere', certificate)).toEqual({ id: 'test~elsewhere', certificate })
    await expect(importRoot(deps, 'test~elsewhere', work.read('stranger.der'))).rejects.toMatchObject({
      code: 'conflict',
    })
    const { issuing } = await testAuthorities(deps)
    await expect(importRoot(deps, 'test~new', issuing.certificate)).rejects.toMatchObject({ code: 'configuration' })
  })
})

describe('a rollover of a CA below one elsewhere', () => {
  const asked = { ...options, rollover: true, keyType: 'ecdsa-p384' } as const
  const roll = { ...by, requestId: 'roll' }

  async function world() {
    const deps = testDeps({ store: memoryStore() })
    deps.clock.set(soon())
    const root = work.read('root.der')
    const first = signed(await requestCa(deps, options, by), caExtensions)
    await installCa(deps, options.id, [first, root], by)
    const open = () => createOrOpenCa(deps, { ...options, issuer: 'outside' })
    return { deps, root, first, open }
  }

  it('asks for another certificate, and has both keys from then on', async () => {
    const { deps, root, first, open } = await world()
    const before = await (await open()).order(orderOf(device, 'r1'))
    const second = signed(await requestCa(deps, asked, roll), caExtensions)
    const again = CertificationRequest.decode(await requestCa(deps, asked, roll)).certificationRequestInfo.value
    expect((await open()).certificate).toEqual(first)
    await installCa(deps, options.id, [second, root], roll)
    await installCa(deps, options.id, [second, root], roll)
    await installCa(deps, options.id, [first, root], by)
    const ca = await open()
    expect(ca.certificate).toEqual(second)
    expect(Certificate.decode(second).tbsCertificate.value.subjectPublicKeyInfo).toEqual(again.subjectPKInfo)
    expect(await caGenerations(deps, options.id)).toMatchObject([{ certificate: first }])
    const after = await ca.order(orderOf(device, 'r2'))
    expect(opensslVerify(before.certificate, [root, first])).toContain('OK')
    expect(opensslVerify(after.certificate, [root, second])).toContain('OK')
    expect(await ca.crlLists()).toEqual(['crl', 'crl-k2'])
    expect(deps.store.auditEvents.filter(({ type }) => type === 'ca.rolled-over')).toHaveLength(1)
  })

  it('asks for another name, and takes that name only', async () => {
    const { deps, root } = await world()
    const renamed = { ...asked, subject: 'CN=Renamed CA,O=Certwright' }
    const second = signed(await requestCa(deps, renamed, roll), caExtensions)
    const other = { ...by, requestId: 'other' }
    const unnamed = signed(await requestCa(deps, asked, other), caExtensions)
    await expect(installCa(deps, options.id, [unnamed, root], roll)).rejects.toMatchObject({ code: 'configuration' })
    const misnamed = signed(await requestCa(deps, { ...renamed, subject: 'CN=Third' }, other), caExtensions)
    await requestCa(deps, renamed, roll)
    await expect(installCa(deps, options.id, [misnamed, root], other)).rejects.toMatchObject({ message: /subject/ })
    await installCa(deps, options.id, [second, root], roll)
    const ca = await createOrOpenCa(deps, { ...options, subject: renamed.subject, issuer: 'outside' })
    expect(ca.certificate).toEqual(second)
    const after = await ca.order(orderOf(device, 'r2'))
    expect(opensslVerify(after.certificate, [root, second])).toContain('OK')
    await expect(createOrOpenCa(deps, { ...options, issuer: 'outside' })).rejects.toMatchObject({
      code: 'configuration',
    })
  })

  it('is refused under another request, for another key, and where there is nothing to roll over', async () => {
    const { deps, root, open } = await world()
    const second = signed(await requestCa(deps, asked, roll), caExtensions)
    const install = (certificate: Uint8Array, request: typeof by) =>
      installCa(deps, options.id, [certificate, root], request)
    await expect(install(second, by)).rejects.toMatchObject({ code: 'conflict' })
    await expect(install(root, roll)).rejects.toMatchObject({ code: 'configuration', message: /another key/ })
    await expect(requestCa(deps, options, by)).rejects.toMatchObject({ code: 'conflict' })
    await expect(requestCa(deps, { ...asked, id: 'test~new' }, by)).rejects.toMatchObject({ code: 'conflict' })
    await expect(caGenerations(deps, 'test~new')).rejects.toMatchObject({ code: 'ca' })
    await expect(requestCa(deps, asked)).rejects.toMatchObject({ code: 'configuration', message: /who asks/ })
    const here = rollOverCa(deps, { ...options, issuer: 'outside' }, roll)
    await expect(here).rejects.toMatchObject({ code: 'configuration', message: /elsewhere/ })
    const ca = await open()
    await ca.setCondition('offline', by)
    await expect(requestCa(deps, asked, roll)).rejects.toMatchObject({ code: 'ca', message: /offline/ })
    expect(await caGenerations(deps, options.id)).toEqual([])
  })
})

describe('the CAs of a store', () => {
  const all = async (...asked: Parameters<typeof listCas>): Promise<CaSummary[]> => {
    const found: CaSummary[] = []
    for await (const ca of listCas(...asked)) found.push(ca)
    return found
  }

  it('are listed by organization, with what became of them', async () => {
    const deps = testDeps({ store: memoryStore() })
    const { root, issuing } = await testAuthorities(deps)
    await requestCa(deps, options)
    await importRoot(deps, 'other~elsewhere', root.certificate)
    const idsOf = async (organization?: string) => (await all(deps, organization)).map(({ id }) => id)
    expect(await idsOf()).toEqual(['other~elsewhere', 'test~issuing', 'test~outer', 'test~root'])
    expect(await idsOf('other')).toEqual(['other~elsewhere'])
    expect(await idsOf('tes')).toEqual([])
    expect(await all(deps, 'test')).toMatchObject([
      { issuer: 'test~root', state: 'active', condition: 'online', hasKey: true, certificate: issuing.certificate },
      { issuer: 'outside', state: 'registered', subject: options.subject },
      { issuer: 'test~root', state: 'active' },
    ])
    expect(await all(deps, 'other')).toMatchObject([{ hasKey: false, condition: 'retired' }])
  })

  it('do not take a certificate from elsewhere unless they asked for one', async () => {
    const deps = testDeps({ store: memoryStore() })
    const { root } = await testAuthorities(deps)
    await expect(installCa(deps, root.id, [root.certificate], by)).rejects.toMatchObject({
      code: 'configuration',
      message: /not elsewhere/,
    })
  })
})

describe('a rollover', () => {
  it('of a root gives a new key in the same name, with both keys certifying each other', async () => {
    const deps = testDeps({ store: memoryStore() })
    const rootOptions = {
      id: 'test~root',
      subject: 'CN=Test Root,O=Certwright',
      profile: 'basic-ca-root',
      profiles: ['basic-ca-subord', 'est-digital-signature'],
      issueIntermediates: true,
    }
    const old = await createOrOpenCa(deps, rootOptions)
    const before = await old.order(orderOf(device, 'before'))
    deps.clock.advance(86_400_000)
    const next = await rollOverCa(deps, { ...rootOptions, keyType: 'ecdsa-p384' }, by)
    const after = await next.order(orderOf(device, 'after'))
    expect(next.certificate).not.toEqual(old.certificate)
    expect(opensslVerify(before.certificate, [old.certificate])).toContain('OK')
    expect(opensslVerify(after.certificate, [next.certificate])).toContain('OK')
    const [generation] = await caGenerations(deps, 'test~root')
    expect(generation?.certificate).toEqual(old.certificate)
    const [newWithOld, oldWithNew] = generation?.crossCertificates ?? []
    if (newWithOld === undefined || oldWithNew === undefined) throw new Error('no cross-certificates')
    // Who trusts only the old key verifies what the new one signed, and the other way round.
    expect(opensslVerify(after.certificate, [old.certificate, newWithOld])).toContain('OK')
    expect(opensslVerify(before.certificate, [next.certificate, oldWithNew])).toContain('OK')
    expect((await rollOverCa(deps, { ...rootOptions, keyType: 'ecdsa-p384' }, by)).certificate).toEqual(
      next.certificate,
    )
    expect((await createOrOpenCa(deps, rootOptions)).certificate).toEqual(next.certificate)
    expect(await caGenerations(deps, 'test~root')).toHaveLength(1)
  })

  it('changes the name, too: what has the old one stays good, and both keys certify each other', async () => {
    const deps = testDeps({ store: memoryStore() })
    const rootOptions = {
      id: 'test~root',
      subject: 'CN=Test Root,O=Certwright',
      profile: 'basic-ca-root',
      profiles: ['basic-ca-subord', 'est-digital-signature'],
      issueIntermediates: true,
    }
    const renamed = { ...rootOptions, subject: 'CN=Test Root G2,O=Certwright' }
    const old = await createOrOpenCa(deps, rootOptions)
    const before = await old.order(orderOf(device, 'before'))
    const next = await rollOverCa(deps, renamed, by)
    const after = await next.order(orderOf(device, 'after'))
    expect(opensslText(after.certificate)).toMatch(/Issuer: .*Test Root G2/)
    const [generation] = await caGenerations(deps, 'test~root')
    const [newWithOld, oldWithNew] = generation?.crossCertificates ?? []
    if (newWithOld === undefined || oldWithNew === undefined) throw new Error('no cross-certificates')
    expect(opensslVerify(after.certificate, [old.certificate, newWithOld])).toContain('OK')
    expect(opensslVerify(before.certificate, [next.certificate, oldWithNew])).toContain('OK')
    // Certificates of both names are this CA's.
    for (const { certificate, record } of [before, after]) {
      expect((await next.recordOf(certificate))?.serial).toBe(record.serial)
    }
    expect((await createOrOpenCa(deps, renamed)).certificate).toEqual(next.certificate)
    await expect(createOrOpenCa(deps, rootOptions)).rejects.toMatchObject({
      code: 'configuration',
      message: /exists with the subject CN=Test Root G2,O=Certwright; only a rollover changes it/,
    })
    await expect(rollOverCa(deps, rootOptions, by)).rejects.toMatchObject({ code: 'configuration' })
    expect(deps.store.auditEvents.find(({ type }) => type === 'ca.rolled-over')?.details['subject']).toBe(
      renamed.subject,
    )
  })

  it('happens whatever its request is called, and once for each', async () => {
    const deps = testDeps({ store: memoryStore() })
    const rootOptions = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root' }
    await createOrOpenCa(deps, rootOptions)
    for (const [requestId, generations] of [
      ['1', 1],
      ['a~1', 2],
      ['1', 2],
      ['~1', 3],
    ] as const) {
      await rollOverCa(deps, rootOptions, { ...by, requestId })
      expect(await caGenerations(deps, 'test~root')).toHaveLength(generations)
    }
  })

  it('of an issuing CA is certified by the one above', async () => {
    const deps = testDeps({ store: memoryStore() })
    const { root, issuing } = await testAuthorities(deps)
    const next = await rollOverCa(
      deps,
      { id: issuing.id, subject: 'CN=Test Issuing,O=Certwright', profile: 'basic-ca-subord', issuer: root },
      by,
    )
    expect(opensslVerify(next.certificate, [root.certificate])).toContain('OK')
    const { certificate } = await next.order(orderOf(device, 'r1'))
    expect(opensslVerify(certificate, [root.certificate, next.certificate])).toContain('OK')
    expect(await caGenerations(deps, issuing.id)).toMatchObject([{ certificate: issuing.certificate }])
    await expect(rollOverCa(deps, { ...options, id: 'test~nobody' }, by)).rejects.toMatchObject({ code: 'ca' })
  })

  it('cut off before it is recorded is continued by the same request', async () => {
    const deps = testDeps({ store: memoryStore() })
    const rootOptions = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root' }
    const old = await createOrOpenCa(deps, rootOptions)
    const records = { ...deps.store.records, put: () => Promise.reject(new Error('power cut')) }
    const broken = { ...deps, store: { ...deps.store, records } }
    await expect(rollOverCa(broken, rootOptions, by)).rejects.toThrow('power cut')
    expect((await createOrOpenCa(deps, rootOptions)).certificate).toEqual(old.certificate)
    const next = await rollOverCa(deps, rootOptions, by)
    expect(await deps.keys.list()).toHaveLength(2)
    expect((await createOrOpenCa(deps, rootOptions)).certificate).toEqual(next.certificate)
  })

  it('cut off under a request that nobody knows any more is not in the way of another', async () => {
    const deps = testDeps({ store: memoryStore() })
    const rootOptions = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root' }
    await createOrOpenCa(deps, rootOptions)
    const records = { ...deps.store.records, put: () => Promise.reject(new Error('power cut')) }
    const broken = { ...deps, store: { ...deps.store, records } }
    await expect(rollOverCa(broken, rootOptions, { ...by, requestId: 'lost' })).rejects.toThrow('power cut')
    const next = await rollOverCa(deps, rootOptions, by)
    const [generation] = await caGenerations(deps, 'test~root')
    expect(opensslVerify(next.certificate, [next.certificate])).toContain('OK')
    expect(generation?.crossCertificates).toHaveLength(2)
  })

  it('of a root that has ended gives a new key, and no certificates by the old one', async () => {
    const deps = testDeps({ store: memoryStore() })
    const rootOptions = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root' }
    await createOrOpenCa(deps, rootOptions)
    deps.clock.set(new Date('2047-01-01T00:00:00Z'))
    const next = await rollOverCa(deps, rootOptions, by)
    expect((await caGenerations(deps, 'test~root'))[0]?.crossCertificates).toEqual([])
    const { profiles } = next
    expect(profiles).toContain('est-digital-signature')
    await next.order(orderOf(device, 'after'))
  })
})
