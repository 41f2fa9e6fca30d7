import { issueWithKey } from '@certwright/core/ca'
import { decodePkcs12 } from '@certwright/core/cms'
import { memoryStore, nodeCrypto, softwareKeyGenerator, systemRandom } from '@certwright/core/defaults'
import type { KeyType } from '@certwright/core/ports'
import { parseName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { testAuthorities, testDeps } from '../support/world.js'
import { openWorkspace } from '../x509/openssl.js'

const deps = { generator: softwareKeyGenerator, crypto: nodeCrypto, random: systemRandom }
const password = 'correct horse battery'
const order = (requestId: string) => ({
  requestId,
  profile: 'est-digital-signature',
  requester: 'operator:eve',
  subject: parseName('CN=device-7,O=Certwright'),
  extensions: [],
  password,
})

async function world() {
  const store = memoryStore()
  return { store, ...(await testAuthorities(testDeps({ store }))) }
}

describe('a certificate with a key made here', () => {
  it.each<[KeyType | undefined, RegExp]>([
    [undefined, /rsaEncryption/],
    ['ecdsa-p384', /EC|id-ecPublicKey/],
  ])('comes as a PKCS #12 file that openssl opens, chain and all: %s', async (keyType, algorithm) => {
    const { issuing, root, store } = await world()
    const type = keyType === undefined ? {} : { keyType }
    const { pkcs12, record } = await issueWithKey(deps, issuing, { ...order('k1'), ...type })
    const work = openWorkspace()
    try {
      work.write('file.p12', pkcs12)
      const open = ['pkcs12', '-in', 'file.p12', '-passin', `pass:${password}`, '-nodes']
      work.openssl(...open, '-nocerts', '-out', 'key.pem')
      work.openssl(...open, '-clcerts', '-nokeys', '-out', 'cert.pem')
      expect(work.openssl('pkey', '-in', 'key.pem', '-pubout')).toBe(
        work.openssl('x509', '-in', 'cert.pem', '-noout', '-pubkey'),
      )
      expect(work.openssl('pkey', '-in', 'key.pem', '-noout', '-text')).toContain('Private-Key')
      expect(work.openssl('x509', '-in', 'cert.pem', '-noout', '-text')).toMatch(algorithm)
    } finally {
      work.remove()
    }
    const [key] = (await decodePkcs12(deps, pkcs12, password)).keys
    expect(key?.certificates).toEqual([record.certificate, issuing.certificate, root.certificate])
    expect(key?.friendlyName).toBe('CN=device-7,O=Certwright')
    expect(store.auditEvents.at(-1)).toMatchObject({ details: { keyGeneration: 'server' } })
    expect(JSON.stringify(store.auditEvents)).not.toContain(password)
  })

  it('is refused for a short password, a used request id and a profile that does not take the key', async () => {
    const { issuing, store } = await world()
    const short = issueWithKey(deps, issuing, { ...order('k1'), password: '7 chars' })
    await expect(short).rejects.toMatchObject({ code: 'configuration' })
    await issueWithKey(deps, issuing, { ...order('k1'), keyType: 'ecdsa-p256' })
    const again = issueWithKey(deps, issuing, { ...order('k1'), keyType: 'ecdsa-p256' })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    const kem = issueWithKey(deps, issuing, { ...order('k2'), keyType: 'ml-kem-512' })
    await expect(kem).rejects.toMatchObject({ code: 'profile-violation' })
    expect((await store.certificates.find({ issuer: issuing.id })).items).toHaveLength(1)
  })
})
