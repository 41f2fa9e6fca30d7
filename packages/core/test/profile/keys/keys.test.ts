import { checkPrimeSync, createHash, generateKeyPairSync, generatePrimeSync } from 'node:crypto'
import { fromHex } from '@certwright/core/asn1'
import { createOrOpenCa } from '@certwright/core/ca'
import { memoryStore, systemDefaults } from '@certwright/core/defaults'
import { createKeyBlocklist, inspectKey } from '@certwright/core/profile'
import { Certificate, RsaPublicKey, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../../support/world.js'

const rsa = (modulus: bigint): Uint8Array =>
  SubjectPublicKeyInfo.encode({
    algorithm: { algorithm: '1.2.840.113549.1.1.1', parameters: fromHex('0500') },
    subjectPublicKey: { unusedBits: 0, bytes: RsaPublicKey.encode({ modulus, publicExponent: 65537n }) },
  })
const kinds = async (key: Uint8Array) => (await inspectKey(key, {})).map(({ kind }) => kind)
const spki = (bits: number) =>
  new Uint8Array(generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type: 'spki', format: 'der' }))

describe('inspectKey', () => {
  it('finds nothing against sound keys', async () => {
    for (let round = 0; round < 5; round++) expect(await kinds(spki(2048))).toEqual([])
    expect(await kinds(orderOf(opensslRequest('p256', '/CN=x'), 'r').publicKey)).toEqual([])
  })

  it('finds the ROCA weakness in a modulus that is a power of 65537 for every small prime', async () => {
    // A product of 65537-powers modulo the primorial, moved up by a multiple of it: the form of CVE-2017-15361.
    const primorial = [...Array(168).keys()]
      .filter((n) => n > 2 && [...Array(n).keys()].every((d) => d < 2 || n % d !== 0))
      .reduce((product, prime) => product * BigInt(prime), 1n)
    let residue = 1n
    for (let power = 0; power < 123; power++) residue = (residue * 65537n) % primorial
    const small = (n: bigint) => [...Array(752).keys()].some((d) => d > 2 && n % BigInt(d) === 0n)
    let modulus = residue + primorial * ((1n << 2047n) / primorial + 1n)
    while (modulus % 2n === 0n || small(modulus)) modulus += primorial
    expect(await kinds(rsa(modulus))).toEqual(['roca'])
  })

  it('finds primes that are close to each other', async () => {
    const p = generatePrimeSync(1024, { bigint: true })
    let q = p + 2n
    while (!checkPrimeSync(q)) q += 2n
    expect(await kinds(rsa(p * q))).toEqual(['close-primes'])
  })

  it('finds small factors', async () => {
    const base = 2n ** 2040n
    expect(await kinds(rsa(751n * (base + 1n)))).toEqual(['small-factor'])
  })

  it('asks a blocklist, by SPKI and in the form of Debian', async () => {
    const key = spki(2048)
    const info = SubjectPublicKeyInfo.decode(key)
    const { modulus } = RsaPublicKey.decode(info.subjectPublicKey.bytes)
    const line = `Modulus=${modulus.toString(16).toUpperCase()}\n`
    const debian = [createHash('sha1').update(line).digest('hex').slice(20)]
    const digest = createHash('sha256').update(key).digest('hex').toUpperCase()
    for (const lists of [{ debian }, { spki: [digest] }]) {
      const blocklist = createKeyBlocklist(systemDefaults, lists)
      expect((await inspectKey(key, { blocklist })).map(({ kind }) => kind)).toEqual(['blocklist'])
      expect(await inspectKey(spki(2048), { blocklist })).toEqual([])
    }
  })
})

describe('a CA', () => {
  it('refuses its own key and keys of a blocklist', async () => {
    const deps = testDeps()
    const { issuing } = await testAuthorities(deps)
    const info = Certificate.decode(issuing.certificate).tbsCertificate.value.subjectPublicKeyInfo
    const order = orderOf(opensslRequest('p256', '/CN=x'), 'own')
    await expect(issuing.order({ ...order, publicKey: SubjectPublicKeyInfo.encode(info) })).rejects.toMatchObject({
      violations: [{ code: 'key-of-ca' }],
    })
    const spkis = [createHash('sha256').update(order.publicKey).digest('hex')]
    const keyBlocklist = createKeyBlocklist(systemDefaults, { spki: spkis })
    const options = { id: 'test~strict', subject: 'CN=Strict', profile: 'basic-ca-root' }
    const strict = await createOrOpenCa({ ...deps, keyBlocklist }, options)
    await expect(strict.order(order)).rejects.toMatchObject({ violations: [{ code: 'key-weak', found: 'blocklist' }] })
  })

  it('keeps the key sizes of the platform and its own, and writes to the audit what is only logged', async () => {
    const store = memoryStore()
    const deps = testDeps({ store })
    const options = { id: 'test~root', subject: 'CN=Root', profile: 'basic-ca-root' }
    const ca = await createOrOpenCa(
      { ...deps, keySizes: { mode: 'log', rsa: 3072 } },
      { ...options, keySizes: { mode: 'block', ec: 384 } },
    )
    await ca.order(orderOf(opensslRequest('rsa2048', '/CN=x'), 'logged'))
    const event = store.auditEvents.find(({ requestId }) => requestId === 'logged')
    expect(event?.details['profileNotices']).toMatch(/^key-size: /)
    await expect(ca.order(orderOf(opensslRequest('p256', '/CN=x'), 'refused'))).rejects.toMatchObject({
      violations: [{ code: 'key-size', found: '256 bits', allowed: '384 bits or more' }],
    })
  })
})
