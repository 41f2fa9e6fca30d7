import { createOrOpenCa, issueWithKey } from '@certwright/core/ca'
import { decodePkcs12 } from '@certwright/core/cms'
import { memoryStore, nodeCrypto, softwareKeyGenerator, systemRandom } from '@certwright/core/defaults'
import { type Name, parseName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testDeps } from '../support/world.js'
import { openWorkspace } from '../x509/openssl.js'

const deps = { generator: softwareKeyGenerator, crypto: nodeCrypto, random: systemRandom }
const password = 'correct horse battery'
const subject: Name = parseName('CN=device-7,O=Certwright')
const order = (requestId: string, profile = 'mobile-device-p12-digital-signature-client-authentication') => ({
  requestId,
  profile,
  requester: 'operator:eve',
  subject,
  extensions: [],
  password,
})

const serverOnly = {
  id: 'keys-made-here',
  extends: 'est-digital-signature',
  p12: { keyType: 'ecdsa-p384', requests: false },
} as const

async function world() {
  const store = memoryStore()
  const profiles = [order('').profile, 'est-digital-signature', serverOnly]
  const options = { id: 'test~root', subject: 'CN=Test Root,O=Certwright', profile: 'basic-ca-root', profiles }
  const ca = await createOrOpenCa(testDeps({ store }), options)
  const issued = async () => (await store.certificates.find({ issuer: ca.id, requester: 'operator:eve' })).items.length
  return { store, ca, issued }
}

describe('a certificate with a key made here', () => {
  it.each([
    [order('').profile, /rsaEncryption/, /2048 bit/],
    [serverOnly.id, /id-ecPublicKey/, /384 bit/],
  ])('comes as a PKCS #12 file that openssl opens, with the key that %s says', async (profile, algorithm, size) => {
    const { ca, store } = await world()
    const { pkcs12, record } = await issueWithKey(deps, ca, order('k1', profile))
    const work = openWorkspace()
    try {
      work.write('file.p12', pkcs12)
      const open = ['pkcs12', '-in', 'file.p12', '-passin', `pass:${password}`, '-nodes']
      work.openssl(...open, '-nocerts', '-out', 'key.pem')
      work.openssl(...open, '-clcerts', '-nokeys', '-out', 'cert.pem')
      expect(work.openssl('pkey', '-in', 'key.pem', '-pubout')).toBe(
        work.openssl('x509', '-in', 'cert.pem', '-noout', '-pubkey'),
      )
      expect(work.openssl('pkey', '-in', 'key.pem', '-noout', '-text')).toMatch(size)
      expect(work.openssl('x509', '-in', 'cert.pem', '-noout', '-text')).toMatch(algorithm)
    } finally {
      work.remove()
    }
    const [key] = (await decodePkcs12(deps, pkcs12, password)).keys
    expect(key?.certificates).toEqual([record.certificate, ca.certificate])
    expect(key?.friendlyName).toBe('CN=device-7,O=Certwright')
    expect(store.auditEvents.at(-1)).toMatchObject({ type: 'certificate.issued', details: { keyGeneration: 'server' } })
    expect(JSON.stringify(store.auditEvents)).not.toContain(password)
  })

  it('is refused by a profile without p12, for another type of key than the profile says, and the refusal recorded', async () => {
    const { ca, store, issued } = await world()
    const refused = [
      { ...order('k1', 'est-digital-signature'), keyType: 'ecdsa-p256' },
      { ...order('k2', serverOnly.id), keyType: 'ecdsa-p256' },
      { ...order('k3'), keyType: 'ml-kem-512' },
    ] as const
    for (const asked of refused) {
      await expect(issueWithKey(deps, ca, asked)).rejects.toMatchObject({
        code: 'profile-violation',
        violations: [{ code: 'server-key' }],
      })
    }
    const events = store.auditEvents.filter(({ type }) => type === 'certificate.refused')
    expect(events.map(({ details }) => details['keyGeneration'])).toEqual(['server', 'server', 'server'])
    expect(await issued()).toBe(0)
  })

  it('is the only one of a profile that takes no others; the rest takes a key of the requester too', async () => {
    const { ca } = await world()
    const own = orderOf(opensslRequest('rsa2048', '/CN=device-1'), 'own')
    const refused = ca.order({ ...own, profile: serverOnly.id })
    await expect(refused).rejects.toMatchObject({ violations: [{ code: 'server-key', field: 'publicKey' }] })
    await ca.order({ ...own, profile: order('').profile })
    expect(['est-digital-signature', serverOnly.id, 'no-such-profile'].map((id) => ca.serverKeyType?.(id))).toEqual([
      undefined,
      'ecdsa-p384',
      undefined,
    ])
  })

  it('is refused before anything is recorded for what no file can have, and for a request id that was used', async () => {
    const { ca, issued } = await world()
    const made = order('k1', serverOnly.id)
    const short = issueWithKey(deps, ca, { ...made, password: '7 chars' })
    await expect(short).rejects.toMatchObject({ code: 'configuration' })
    const options = issueWithKey(deps, ca, { ...made, pkcs12: { legacy: true, mac: { hash: 'sha256' } } })
    await expect(options).rejects.toMatchObject({ code: 'configuration' })
    const name = issueWithKey(deps, ca, { ...made, friendlyName: 'half \ud800 a pair' })
    await expect(name).rejects.toMatchObject({ code: 'asn1' })
    expect(await issued()).toBe(0)
    await issueWithKey(deps, ca, made)
    await expect(issueWithKey(deps, ca, made)).rejects.toMatchObject({ code: 'conflict' })
    expect(await issued()).toBe(1)
  })
})
