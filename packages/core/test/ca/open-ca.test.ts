import { createOrOpenCa, parseCaId } from '@certwright/core/ca'
import { describe, expect, it } from 'vitest'
import { opensslText, opensslVerify } from '../support/openssl.js'
import { testAuthorities, testDeps } from '../support/world.js'

const rootOptions = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root' } as const

describe('createOrOpenCa', () => {
  it('makes a root of 20 years and an issuing CA of 10 with path length 0', async () => {
    const { root, issuing } = await testAuthorities(testDeps())
    expect(opensslVerify(issuing.certificate, [root.certificate])).toContain('OK')
    expect(opensslText(root.certificate)).toMatch(/Basic Constraints: critical\n\s+CA:TRUE\n/)
    expect(opensslText(issuing.certificate)).toMatch(/Basic Constraints: critical\n\s+CA:TRUE, pathlen:0\n/)
    expect(opensslText(issuing.certificate)).toMatch(
      /Key Usage: critical\n\s+Digital Signature, Certificate Sign, CRL Sign\n/,
    )
    expect(opensslText(root.certificate)).toContain('Not After : Nov 20 11:59:59 2046 GMT')
  })

  it('finds the same CAs again', async () => {
    const deps = testDeps()
    const first = await testAuthorities(deps)
    const again = await testAuthorities(deps)
    expect(again.root.certificate).toEqual(first.root.certificate)
    expect(again.issuing.certificate).toEqual(first.issuing.certificate)
    expect(await deps.keys.list()).toHaveLength(2)
  })

  it('gives ten that open a new CA at once the same one', async () => {
    const deps = testDeps()
    const opened = await Promise.all(Array.from({ length: 10 }, () => createOrOpenCa(deps, rootOptions)))
    for (const ca of opened) expect(ca.certificate).toEqual(opened[0]?.certificate)
    expect(await deps.keys.list()).toHaveLength(1)
  })

  it('goes on where a crash left a half-made CA', async () => {
    const deps = testDeps()
    const broken = { ...deps.store, audit: { record: () => Promise.reject(new Error('power cut')) } }
    await expect(createOrOpenCa({ ...deps, store: broken }, rootOptions)).rejects.toMatchObject({ code: 'audit' })
    const root = await createOrOpenCa(deps, rootOptions)
    expect(opensslVerify(root.certificate, [root.certificate])).toContain('OK')
    expect((await deps.store.certificates.find({ issuer: root.id })).items).toHaveLength(1)
  })

  it.each([
    ['another subject', { subject: 'CN=Other' }],
    ['an id without organization', { id: 'root' }],
    ['a reserved organization', { id: 'main~root' }],
    ['an unknown profile', { id: 'test~new', profile: 'no-such-profile' }],
    ['an intermediate profile without issuer', { id: 'test~new', profile: 'basic-ca-subord' }],
    ['a CRL that ends before the next one', { crl: { intervalHours: 24, validityHours: 24 } }],
    ['a root profile among those it issues under', { profiles: ['basic-ca-root'] }],
  ])('refuses %s', async (_what, change) => {
    const deps = testDeps()
    await createOrOpenCa(deps, rootOptions)
    await expect(createOrOpenCa(deps, { ...rootOptions, ...change })).rejects.toMatchObject({ code: 'configuration' })
  })

  it.each([
    ['an intermediate profile without issuer', { profile: 'basic-ca-subord' }],
    ['an unknown profile', { profile: 'no-such-profile' }],
    ['an unknown profile among those it issues under', { profiles: ['no-such-profile'] }],
    ['a CRL that ends before the next one', { crl: { intervalHours: 24, validityHours: 24 } }],
  ])('makes nothing of a CA with %s', async (_what, change) => {
    const deps = testDeps()
    const wrong = { ...rootOptions, ...change, subject: 'CN=Tset Root' }
    await expect(createOrOpenCa(deps, wrong)).rejects.toMatchObject({ code: 'configuration' })
    expect(await deps.keys.list()).toEqual([])
    await createOrOpenCa(deps, rootOptions)
  })

  it('refuses to sign with a key that is not the one in the certificate', async () => {
    const deps = testDeps()
    await createOrOpenCa(deps, rootOptions)
    const [keyId = ''] = await deps.keys.list()
    await deps.keys.remove(keyId)
    await deps.keys.generate(keyId, 'ecdsa-p256')
    const root = await createOrOpenCa(deps, rootOptions)
    await expect(root.crl()).rejects.toMatchObject({ code: 'key' })
  })
})

describe('parseCaId', () => {
  it('splits organization and name', () => {
    expect(parseCaId('demo~issuing')).toEqual({ organization: 'demo', name: 'issuing' })
  })

  it.each([
    '',
    'demo',
    '~',
    'de~issuing',
    'demo~ca',
    'Demo~issuing',
    'demo~issuing~x',
    'demo~issuing\n',
    `${'a'.repeat(15)}~abc`,
    'demo~../x',
  ])('refuses %j', (id) => {
    expect(() => parseCaId(id)).toThrow(/is not the id of a CA/)
  })
})
