import { generateKeyPairSync } from 'node:crypto'
import type { CipherName, SignatureAlgorithmName } from '@certwright/core/algorithms'
import { fromHex } from '@certwright/core/asn1'
import { createOrOpenCa } from '@certwright/core/ca'
import { createCmsSigner, encodeEnvelope, encodeSignedData, openEnvelope, verifySignedData } from '@certwright/core/cms'
import { generatePrivateKey, nodeCrypto, openPrivateKey, systemRandom } from '@certwright/core/defaults'
import type { KeyProvider, Signer } from '@certwright/core/ports'
import {
  type WebCryptoEngine,
  type WebCryptoKeyPair,
  webCrypto,
  webCryptoDecryptionKey,
  webCryptoSigner,
} from '@certwright/core/webcrypto'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import { describe, expect, it } from 'vitest'
import { opensslRequest, opensslVerify } from '../support/openssl.js'
import { orderOf, testDeps } from '../support/world.js'

const data = new TextEncoder().encode('a message')
const engines: readonly (readonly [string, WebCryptoEngine])[] = [
  ['globalThis.crypto', globalThis.crypto],
  ['@peculiar/webcrypto', new PeculiarCrypto()],
]

type Generate = (algorithm: object, extractable: boolean, usages: readonly string[]) => Promise<WebCryptoKeyPair>
const generate = ({ subtle }: WebCryptoEngine, algorithm: object, usages: readonly string[]) =>
  (subtle as { generateKey: Generate }).generateKey(algorithm, false, usages)

const rsa = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }

describe.each(engines)('%s', (_name, engine) => {
  const crypto = webCrypto(engine)

  it.each<[SignatureAlgorithmName, object]>([
    ['ecdsa-sha256', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['ecdsa-sha384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['ecdsa-sha512', { name: 'ECDSA', namedCurve: 'P-521' }],
    ['rsa-pkcs1-sha256', { name: 'RSASSA-PKCS1-v1_5', ...rsa }],
    ['rsa-pss-sha256', { name: 'RSA-PSS', ...rsa }],
  ])('signs with %s, and both backends verify', async (algorithm, parameters) => {
    const signer = await webCryptoSigner(engine, await generate(engine, parameters, ['sign', 'verify']))
    expect(signer.algorithm).toBe(algorithm)
    for (let round = 0; round < 4; round++) {
      const signature = await signer.sign(data)
      for (const backend of [crypto, nodeCrypto]) {
        expect(await backend.verify(algorithm, signer.publicKey, data, signature)).toBe(true)
        expect(await backend.verify(algorithm, signer.publicKey, data.subarray(1), signature)).toBe(false)
      }
    }
  })

  it.each(['ecdsa-p256', 'ecdsa-p521', 'rsa-2048'] as const)(
    'verifies what node:crypto signs with %s',
    async (type) => {
      const signer = (await generatePrivateKey(type)).signer()
      const signature = await signer.sign(data)
      const verify = (octets: Uint8Array, key = signer.publicKey) => crypto.verify(signer.algorithm, key, data, octets)
      expect(await verify(signature)).toBe(true)
      const malformed = [new Uint8Array(0), fromHex('3000'), fromHex('3006020100020100'), signature.subarray(1)]
      for (const octets of malformed) expect(await verify(octets)).toBe(false)
      expect(await verify(signature, Uint8Array.of(1, 2, 3))).toBe(false)
      expect(await verify(signature, (await generatePrivateKey('ed25519')).publicKey)).toBe(false)
    },
  )

  it('verifies Ed25519', async () => {
    const signer = (await generatePrivateKey('ed25519')).signer()
    const signature = await signer.sign(data)
    expect(await crypto.verify('ed25519', signer.publicKey, data, signature)).toBe(true)
    expect(await crypto.verify('ed25519', signer.publicKey, data, signature.subarray(1))).toBe(false)
  })

  it.each<CipherName>(['aes-128-cbc', 'aes-256-cbc', 'aes-128-gcm', 'aes-256-gcm'])(
    '%s is that of node:crypto',
    async (cipher) => {
      const key = new Uint8Array(cipher.includes('128') ? 16 : 32).fill(7)
      const iv = new Uint8Array(cipher.endsWith('cbc') ? 16 : 12).fill(9)
      const options = { key, iv, ...(cipher.endsWith('gcm') ? { additionalData: data, tagLength: 16 } : {}) }
      const encrypted = await crypto.encrypt(cipher, options, data)
      expect(encrypted).toEqual(await nodeCrypto.encrypt(cipher, options, data))
      expect(await crypto.decrypt(cipher, options, encrypted)).toEqual(data)
      const changed = encrypted.map((octet, i) => (i === encrypted.length - 1 ? octet ^ 0x80 : octet))
      await expect(crypto.decrypt(cipher, options, changed)).rejects.toMatchObject({ code: 'decryption' })
      const short = async () => crypto.encrypt(cipher, { ...options, key: key.subarray(1) }, data)
      await expect(short).rejects.toMatchObject({ code: 'key' })
    },
  )

  it('hashes, derives and wraps as node:crypto does', async () => {
    for (const hash of ['sha1', 'sha256', 'sha384', 'sha512'] as const) {
      expect(await crypto.digest(hash, data)).toEqual(await nodeCrypto.digest(hash, data))
      expect(await crypto.hmac(hash, data, data)).toEqual(await nodeCrypto.hmac(hash, data, data))
      expect(await crypto.hmac(hash, new Uint8Array(0), data)).toEqual(
        await nodeCrypto.hmac(hash, new Uint8Array(0), data),
      )
    }
    const running = crypto.createDigest('sha256')
    running.update(data.subarray(0, 3))
    running.update(data.subarray(3))
    expect(await running.digest()).toEqual(await nodeCrypto.digest('sha256', data))
    const options = { hash: 'sha256', iterations: 10, length: 40 } as const
    expect(await crypto.pbkdf2(data, data, options)).toEqual(await nodeCrypto.pbkdf2(data, data, options))
    const kek = new Uint8Array(32).fill(5)
    const wrapped = await crypto.wrapKey('aes-256-wrap', kek, new Uint8Array(16).fill(1))
    expect(wrapped).toEqual(await nodeCrypto.wrapKey('aes-256-wrap', kek, new Uint8Array(16).fill(1)))
    expect(await crypto.unwrapKey('aes-256-wrap', kek, wrapped)).toEqual(new Uint8Array(16).fill(1))
    const wrong = crypto.unwrapKey(
      'aes-256-wrap',
      kek.map((octet) => octet ^ 1),
      wrapped,
    )
    await expect(wrong).rejects.toMatchObject({ code: 'decryption' })
    expect(crypto.equal(data, data.slice())).toBe(true)
    expect(crypto.equal(data, data.subarray(1))).toBe(false)
    expect(crypto.equal(Uint8Array.of(1), Uint8Array.of(2))).toBe(false)
  })

  it('agrees and encrypts with the keys of node:crypto', async () => {
    for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve })
      const key = (
        await openPrivateKey(new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })))
      ).decryptionKey()
      const { sent, secret } = await crypto.agree(key.publicKey)
      expect(await key.agree?.(sent)).toEqual(secret)
      const own = await webCryptoDecryptionKey(
        engine,
        await generate(engine, { name: 'ECDH', namedCurve }, ['deriveBits']),
      )
      const theirs = await nodeCrypto.agree(own.publicKey)
      expect(await own.agree?.(theirs.sent)).toEqual(theirs.secret)
      await expect(own.agree?.(Uint8Array.of(1))).rejects.toMatchObject({ code: 'decryption' })
    }
    const oaep = { scheme: 'oaep', hash: 'sha256', mgfHash: 'sha256', label: new Uint8Array(0) } as const
    const rsaKey = await webCryptoDecryptionKey(
      engine,
      await generate(engine, { name: 'RSA-OAEP', ...rsa }, ['encrypt', 'decrypt']),
    )
    for (const backend of [crypto, nodeCrypto]) {
      expect(await rsaKey.decryptRsa?.(oaep, await backend.encryptRsa(oaep, rsaKey.publicKey, data))).toEqual(data)
    }
    await expect(rsaKey.decryptRsa?.({ scheme: 'pkcs1' }, data)).rejects.toMatchObject({ code: 'decryption' })
  })

  it('names what it does not have', async () => {
    const { publicKey } = await generatePrivateKey('ecdsa-p256')
    const calls: readonly (() => unknown)[] = [
      () => crypto.digest('sha3-256', data),
      () => crypto.createDigest('md5'),
      () => crypto.scrypt(data, data, { cost: 2, blockSize: 1, parallelization: 1, length: 16 }),
      () => crypto.verify('ecdsa-sha3-256', publicKey, data, data),
      () => crypto.encrypt('des-ede3-cbc', { key: new Uint8Array(24), iv: new Uint8Array(8) }, data),
      () => crypto.encrypt('chacha20-poly1305', { key: new Uint8Array(32), iv: new Uint8Array(12) }, data),
      () => crypto.wrapKey('des-ede3-wrap', new Uint8Array(24), data),
      () => crypto.encryptRsa({ scheme: 'pkcs1' }, publicKey, data),
      () => crypto.encapsulate(publicKey),
    ]
    for (const call of calls) await expect((async () => call())()).rejects.toMatchObject({ code: 'algorithm' })
    const ecdh = await generate(engine, { name: 'ECDH', namedCurve: 'P-256' }, ['deriveBits'])
    await expect(webCryptoSigner(engine, ecdh)).rejects.toMatchObject({ code: 'key' })
    const signing = await generate(engine, { name: 'ECDSA', namedCurve: 'P-256' }, ['sign', 'verify'])
    await expect(webCryptoDecryptionKey(engine, signing)).rejects.toMatchObject({ code: 'key' })
    await expect(webCryptoSigner(engine, signing, 'ed25519')).rejects.toMatchObject({ code: 'key' })
  })

  it('signs and seals CMS, and is the key of a CA whose certificates openssl verifies', async () => {
    const signers = new Map<string, Signer>()
    const keys: KeyProvider = {
      keyTypes: new Set(['ecdsa-p256']),
      async generate(id) {
        const pair = await generate(engine, { name: 'ECDSA', namedCurve: 'P-256' }, ['sign', 'verify'])
        const signer = await webCryptoSigner(engine, pair)
        signers.set(id, signer)
        return signer
      },
      open: async (id) => signers.get(id),
      list: async () => [...signers.keys()],
      remove: async (id) => signers.delete(id),
    }
    const deps = { ...testDeps({ keys }), crypto }
    const ca = await createOrOpenCa(deps, { id: 'test~root', subject: 'CN=Web Root', profile: 'basic-ca-root' })
    const { certificate } = await ca.order(orderOf(opensslRequest('p256', '/CN=device-1'), 'r1'))
    expect(opensslVerify(certificate, [ca.certificate])).toContain('OK')

    const [key] = signers.values()
    if (key === undefined) throw new Error('no key')
    const signer = await createCmsSigner(crypto, { signer: key, certificate: ca.certificate })
    const message = await encodeSignedData(crypto, { content: data, signers: [{ signer }] })
    for (const backend of [crypto, nodeCrypto]) {
      expect((await verifySignedData(backend, message)).signers).toMatchObject([{ valid: true }])
    }
    const both = { crypto, random: systemRandom }
    const sealed = await encodeEnvelope(both, {
      content: data,
      recipients: [{ kind: 'password', password: 'sesame', iterations: 10 }],
    })
    const opener = { kind: 'password', password: 'sesame' } as const
    expect((await openEnvelope(both, sealed, opener)).content).toEqual(data)
    expect((await openEnvelope({ ...both, crypto: nodeCrypto }, sealed, opener)).content).toEqual(data)
  })
})
