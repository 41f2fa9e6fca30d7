import type { ParameterSetName } from '@certwright/core/algorithms'
import { describePublicKey, parameterSetNamed, parameterSets } from '@certwright/core/algorithms'
import { PrivateKeyInfo, SeededPrivateKey } from '@certwright/core/cms'
import { generatePrivateKey, nodeCrypto, openPrivateKey, type PrivateKey } from '@certwright/core/defaults'
import { SubjectPublicKeyInfo } from '@certwright/core/x509'
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { slh_dsa_sha2_128f } from '@noble/post-quantum/slh-dsa.js'
import { describe, expect, it } from 'vitest'

const data = new TextEncoder().encode('a message')
const bare = (publicKey: Uint8Array): Uint8Array => SubjectPublicKeyInfo.decode(publicKey).subjectPublicKey.bytes

const info = (name: ParameterSetName, privateKey: Uint8Array): Uint8Array =>
  PrivateKeyInfo.encode({
    version: 0,
    privateKeyAlgorithm: { algorithm: parameterSetNamed(name)?.oid ?? '' },
    privateKey,
  })

/** The slow sets take seconds in JavaScript; one of each kind stands for them. */
const signing = parameterSets.filter(
  ({ family, name }) => family === 'ml-dsa' || (family === 'slh-dsa' && /128f|sha2-192f/.test(name)),
)

describe('post-quantum signatures', () => {
  it.each(signing)('$name: made, opened again, signed and verified', async ({ name, output, publicKey: length }) => {
    const key = await generatePrivateKey(name)
    expect(describePublicKey(key.publicKey)).toMatchObject({ parameterSet: name })
    expect(bare(key.publicKey)).toHaveLength(length)
    const opened = await openPrivateKey(key.pkcs8())
    expect(opened).toMatchObject({ type: name, publicKey: key.publicKey })
    expect(opened.pkcs8()).toEqual(key.pkcs8())
    const signature = await opened.signer().sign(data)
    expect(signature).toHaveLength(output)
    const verify = (octets: Uint8Array, text = data) =>
      nodeCrypto.verify(name as 'ml-dsa-44', key.publicKey, text, octets)
    expect(await verify(signature)).toBe(true)
    expect(await verify(signature, new TextEncoder().encode('another'))).toBe(false)
    expect(await verify(signature.map((octet, i) => (i === 100 ? octet ^ 1 : octet)))).toBe(false)
    expect(await verify(signature.subarray(1))).toBe(false)
    expect(await verify(new Uint8Array(0))).toBe(false)
  })

  it('are those of another implementation, both ways', async () => {
    const seed = Uint8Array.from({ length: 32 }, (_, i) => i)
    const { secretKey, publicKey } = ml_dsa65.keygen(seed)
    const key = await openPrivateKey(info('ml-dsa-65', SeededPrivateKey.encode({ type: 'seed', value: seed })))
    expect(bare(key.publicKey)).toEqual(publicKey)
    expect(ml_dsa65.verify(await key.signer().sign(data), data, publicKey)).toBe(true)
    expect(await nodeCrypto.verify('ml-dsa-65', key.publicKey, data, ml_dsa65.sign(data, secretKey))).toBe(true)
    const hash = slh_dsa_sha2_128f.keygen()
    const slh = await openPrivateKey(info('slh-dsa-sha2-128f', hash.secretKey))
    expect(bare(slh.publicKey)).toEqual(hash.publicKey)
    expect(slh_dsa_sha2_128f.verify(await slh.signer().sign(data), data, hash.publicKey)).toBe(true)
    const theirs = slh_dsa_sha2_128f.sign(data, hash.secretKey)
    expect(await nodeCrypto.verify('slh-dsa-sha2-128f', slh.publicKey, data, theirs)).toBe(true)
  })

  it('do not verify under a key of another kind', async () => {
    const [small, large] = [await generatePrivateKey('ml-dsa-44'), await generatePrivateKey('ml-dsa-65')]
    const signature = await small.signer().sign(data)
    expect(await nodeCrypto.verify('ml-dsa-44', large.publicKey, data, signature)).toBe(false)
    expect(await nodeCrypto.verify('ml-dsa-65', small.publicKey, data, signature)).toBe(false)
    expect(await nodeCrypto.verify('ecdsa-sha256', small.publicKey, data, signature)).toBe(false)
    expect(() => small.signer('ml-dsa-65')).toThrow(expect.objectContaining({ code: 'key' }))
    expect(() => small.decryptionKey()).toThrow(expect.objectContaining({ code: 'key' }))
  })
})

describe('the forms of a private key', () => {
  const seed = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
  const { secretKey } = ml_dsa65.keygen(seed)
  const forms: readonly SeededPrivateKey[] = [
    { type: 'seed', value: seed },
    { type: 'expandedKey', value: secretKey },
    { type: 'both', value: { seed, expandedKey: secretKey } },
  ]

  it.each(forms)('$type is read, and the seed is written where there is one', async (form) => {
    const key = await openPrivateKey(info('ml-dsa-65', SeededPrivateKey.encode(form)))
    expect(await nodeCrypto.verify('ml-dsa-65', key.publicKey, data, await key.signer().sign(data))).toBe(true)
    const written = SeededPrivateKey.decode(PrivateKeyInfo.decode(key.pkcs8()).privateKey)
    expect(written).toEqual(form.type === 'expandedKey' ? form : forms[0])
  })

  it.each<[string, ParameterSetName, Uint8Array]>([
    ['a short seed', 'ml-dsa-65', SeededPrivateKey.encode({ type: 'seed', value: seed.subarray(1) })],
    [
      'a short expanded key',
      'ml-dsa-65',
      SeededPrivateKey.encode({ type: 'expandedKey', value: secretKey.subarray(1) }),
    ],
    ['an expanded key of another set', 'ml-dsa-44', SeededPrivateKey.encode({ type: 'expandedKey', value: secretKey })],
    [
      'a seed and an expanded key that do not belong together',
      'ml-dsa-65',
      SeededPrivateKey.encode({
        type: 'both',
        value: { seed: seed.map((octet) => octet ^ 1), expandedKey: secretKey },
      }),
    ],
    ['an ML-KEM seed of ML-DSA length', 'ml-kem-768', SeededPrivateKey.encode({ type: 'seed', value: seed })],
    ['an SLH-DSA key that is too short', 'slh-dsa-sha2-128s', new Uint8Array(63)],
  ])('%s is refused', async (_what, name, privateKey) => {
    await expect(openPrivateKey(info(name, privateKey))).rejects.toMatchObject({ code: 'key' })
  })

  it('that are nothing at all are refused', async () => {
    await expect(openPrivateKey(info('ml-dsa-65', Uint8Array.of(1, 2, 3)))).rejects.toMatchObject({
      code: expect.stringMatching(/^(key|asn1)$/),
    })
  })
})

describe('ML-KEM', () => {
  it.each(['ml-kem-512', 'ml-kem-768', 'ml-kem-1024'] as const)('%s: both sides have one secret', async (name) => {
    const key = await generatePrivateKey(name)
    const opened = (await openPrivateKey(key.pkcs8())).decryptionKey()
    const { sent, secret } = await nodeCrypto.encapsulate(key.publicKey)
    expect(secret).toHaveLength(32)
    expect(await opened.decapsulate?.(sent)).toEqual(secret)
    const changed = sent.map((octet, i) => (i === 5 ? octet ^ 1 : octet))
    expect(await opened.decapsulate?.(changed)).not.toEqual(secret)
    await expect(opened.decapsulate?.(sent.subarray(1))).rejects.toMatchObject({ code: 'decryption' })
    expect(() => key.signer()).toThrow(expect.objectContaining({ code: 'key' }))
  })

  it('is that of another implementation, both ways', async () => {
    const seed = Uint8Array.from({ length: 64 }, (_, i) => i)
    const { secretKey, publicKey } = ml_kem768.keygen(seed)
    const keys: readonly PrivateKey[] = [
      await openPrivateKey(info('ml-kem-768', SeededPrivateKey.encode({ type: 'seed', value: seed }))),
      await openPrivateKey(info('ml-kem-768', SeededPrivateKey.encode({ type: 'expandedKey', value: secretKey }))),
    ]
    for (const key of keys) {
      expect(bare(key.publicKey)).toEqual(publicKey)
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey)
      expect(await key.decryptionKey().decapsulate?.(cipherText)).toEqual(sharedSecret)
      const { sent, secret } = await nodeCrypto.encapsulate(key.publicKey)
      expect(ml_kem768.decapsulate(sent, secretKey)).toEqual(secret)
    }
    const damaged = secretKey.map((octet, i) => (i === secretKey.length - 40 ? octet ^ 1 : octet))
    const form = SeededPrivateKey.encode({ type: 'expandedKey', value: damaged })
    await expect(openPrivateKey(info('ml-kem-768', form))).rejects.toMatchObject({ code: 'key' })
    await expect(nodeCrypto.encapsulate((await generatePrivateKey('ml-dsa-44')).publicKey)).rejects.toMatchObject({
      code: 'algorithm',
    })
  })
})
