import { createCipheriv, pbkdf2Sync } from 'node:crypto'
import { AeadParameters, hmacIdentifier, PbeParameters, ScryptParameters } from '@certwright/core/algorithms'
import { octetString, toHex } from '@certwright/core/asn1'
import {
  decryptPrivateKeyInfo,
  EncryptedPrivateKeyInfo,
  encryptPrivateKeyInfo,
  Pbes2Parameters,
  Pbkdf2Parameters,
} from '@certwright/core/cms'
import { generatePrivateKey, systemDefaults } from '@certwright/core/defaults'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkspace, type Workspace } from '../x509/openssl.js'

const password = 'pässword €'
let work: Workspace
let key: Uint8Array
beforeAll(async () => {
  work = openWorkspace()
  key = (await generatePrivateKey('ecdsa-p256')).pkcs8()
  work.write('key.der', key)
})
afterAll(() => work.remove())

const legacy = ['-provider', 'legacy', '-provider', 'default']
const opensslEncrypt = (secret: string, ...options: readonly string[]): Uint8Array => {
  const form = ['-topk8', '-inform', 'DER', '-in', 'key.der', '-outform', 'DER', '-out', 'enc.der']
  work.openssl('pkcs8', ...form, '-passout', `pass:${secret}`, ...options, ...legacy)
  return work.read('enc.der')
}
const decrypt = (der: Uint8Array, secret = password) => decryptPrivateKeyInfo(systemDefaults, der, secret)
const failing = (code: string) => expect.objectContaining({ code })

describe('private keys that openssl encrypted', () => {
  it.each(
    [
      ['-scrypt'],
      ['-scrypt', '-scrypt_N', '1024', '-scrypt_r', '4', '-scrypt_p', '2'],
      ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3', 'des', 'rc2', 'rc2-64-cbc', 'rc2-40-cbc'].map((name) => [
        '-v2',
        name,
      ]),
      ...['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA512-256'].map((hash) => [
        '-v2',
        'aes-256-cbc',
        '-v2prf',
        `hmacWith${hash}`,
        '-iter',
        '1000',
      ]),
      ...['MD5-DES', 'MD5-RC2-64', 'SHA1-DES', 'SHA1-RC2-64'].map((name) => ['-v1', `PBE-${name}`]),
      ...['3DES', '2DES', 'RC2-128', 'RC2-40'].map((name) => ['-v1', `PBE-SHA1-${name}`, '-iter', '500']),
    ].map((options) => [options.join(' '), options] as const),
  )('open: %s', async (_name, options) => {
    for (const secret of [password, 'x', '']) {
      const der = opensslEncrypt(secret, ...options)
      expect(toHex(await decrypt(der, secret))).toBe(toHex(key))
      for (const wrong of ['wrong', `${secret} `])
        await expect(decrypt(der, wrong)).rejects.toThrow(failing('decryption'))
    }
  })

  it.each(['RC4-128', 'RC4-40'])('are refused by name under %s', async (cipher) => {
    await expect(decrypt(opensslEncrypt('x', '-v1', `PBE-SHA1-${cipher}`), 'x')).rejects.toThrow(
      /pbeWithSHAAnd(128|40)BitRC4 is not supported/,
    )
  })
})

describe('private keys that we encrypt', () => {
  it.each([
    ['by default', {}],
    ...(['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256'] as const).map(
      (hash) => [`PBKDF2 with ${hash}`, { derivation: { kind: 'pbkdf2', hash, iterations: 1000 } }] as const,
    ),
    ...(['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'] as const).map(
      (cipher) => [cipher, { cipher, derivation: { kind: 'scrypt', cost: 1024 } }] as const,
    ),
    ['scrypt', { derivation: { kind: 'scrypt' } }],
  ] as const)('open with openssl and with us: %s', async (_name, options) => {
    for (const secret of [password, '']) {
      const der = await encryptPrivateKeyInfo(systemDefaults, key, secret, options)
      work.write('ours.der', der)
      const passin = ['-passin', `pass:${secret}`]
      work.openssl('pkey', '-inform', 'DER', '-in', 'ours.der', '-outform', 'DER', '-out', 'o.der', ...passin)
      work.openssl('pkcs8', '-topk8', '-nocrypt', '-inform', 'DER', '-in', 'o.der', '-outform', 'DER', '-out', 'p8.der')
      expect(toHex(work.read('p8.der'))).toBe(toHex(key))
      expect(toHex(await decrypt(der, secret))).toBe(toHex(key))
      await expect(decrypt(der, `${secret}!`)).rejects.toThrow(failing('decryption'))
    }
  })

  // OpenSSL 3.0 cannot name these: only ourselves.
  it.each(['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'] as const)('PBKDF2 with %s', async (hash) => {
    const options = { derivation: { kind: 'pbkdf2', hash, iterations: 10 } } as const
    const der = await encryptPrivateKeyInfo(systemDefaults, key, password, options)
    expect(toHex(await decrypt(der))).toBe(toHex(key))
    const info = EncryptedPrivateKeyInfo.decode(der)
    const { keyDerivationFunc } = Pbes2Parameters.decode(info.encryptionAlgorithm.parameters ?? new Uint8Array())
    expect(Pbkdf2Parameters.decode(keyDerivationFunc.parameters ?? new Uint8Array()).prf).toEqual(hmacIdentifier(hash))
  })

  it('round-trip whatever the password', async () => {
    const derivation = { kind: 'pbkdf2', iterations: 1 } as const
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (secret, other) => {
        const der = await encryptPrivateKeyInfo(systemDefaults, key, secret, { derivation })
        expect(toHex(await decrypt(der, secret))).toBe(toHex(key))
        if (other !== secret) await expect(decrypt(der, other)).rejects.toThrow(failing('decryption'))
      }),
      { numRuns: 50 },
    )
  })

  it.each([
    ['no iterations', { derivation: { kind: 'pbkdf2', iterations: 0 } }, 'limit'],
    ['too many', { derivation: { kind: 'pbkdf2', iterations: 2 ** 31 } }, 'limit'],
    ['a cost that is no power of two', { derivation: { kind: 'scrypt', cost: 1000 } }, 'algorithm'],
    ['absurd memory', { derivation: { kind: 'scrypt', cost: 2 ** 30 } }, 'limit'],
    ['a hash without identifier', { derivation: { kind: 'pbkdf2', hash: 'shake128' } }, 'algorithm'],
  ] as const)('are refused with %s', async (_what, options, code) => {
    await expect(encryptPrivateKeyInfo(systemDefaults, key, password, options)).rejects.toThrow(failing(code))
  })

  it('are private keys', async () => {
    await expect(encryptPrivateKeyInfo(systemDefaults, Uint8Array.of(0x30, 0), password)).rejects.toThrow(
      failing('asn1'),
    )
  })
})

const salt = new Uint8Array(8).fill(7)
const iv = octetString.encode(new Uint8Array(16))
const pbes2 = (kdf: string, parameters: Uint8Array, cipher = '2.16.840.1.101.3.4.1.42', cipherParameters = iv) => ({
  algorithm: '1.2.840.113549.1.5.13',
  parameters: Pbes2Parameters.encode({
    keyDerivationFunc: { algorithm: kdf, parameters },
    encryptionScheme: { algorithm: cipher, parameters: cipherParameters },
  }),
})
const pbkdf2 = (iterationCount: bigint, keyLength?: bigint): Uint8Array =>
  Pbkdf2Parameters.encode({
    salt: { type: 'specified', value: salt },
    iterationCount,
    ...(keyLength === undefined ? {} : { keyLength }),
    prf: hmacIdentifier('sha256'),
  })
const scrypt = (costParameter: bigint, blockSize = 8n, parallelizationParameter = 1n): Uint8Array =>
  ScryptParameters.encode({ salt, costParameter, blockSize, parallelizationParameter })
const oid = { pbkdf2: '1.2.840.113549.1.5.12', scrypt: '1.3.6.1.4.1.11591.4.11', md5Des: '1.2.840.113549.1.5.3' }
const pbe = (iterationCount: bigint): Uint8Array => PbeParameters.encode({ salt, iterationCount })

describe('encrypted private keys that are wrong', () => {
  it.each([
    ['2^31 iterations of PBKDF2', pbes2(oid.pbkdf2, pbkdf2(2n ** 31n)), 'limit'],
    ['2^62 iterations of PBKDF2', pbes2(oid.pbkdf2, pbkdf2(2n ** 62n)), 'limit'],
    ['no iterations', pbes2(oid.pbkdf2, pbkdf2(0n)), 'limit'],
    ['2^31 iterations of PBES1', { algorithm: oid.md5Des, parameters: pbe(2n ** 31n) }, 'limit'],
    ['2^31 iterations of PKCS #12', { algorithm: '1.2.840.113549.1.12.1.3', parameters: pbe(2n ** 31n) }, 'limit'],
    ['scrypt with 2^40 for N', pbes2(oid.scrypt, scrypt(2n ** 40n)), 'limit'],
    ['scrypt with 2^20 for r', pbes2(oid.scrypt, scrypt(2n, 2n ** 20n)), 'limit'],
    ['scrypt with 2^20 for p', pbes2(oid.scrypt, scrypt(16384n, 8n, 2n ** 20n)), 'limit'],
    ['scrypt with N = 3', pbes2(oid.scrypt, scrypt(3n)), 'algorithm'],
    ['a key of another length', pbes2(oid.pbkdf2, pbkdf2(1n, 16n)), 'algorithm'],
    ['a key of 2^40 octets', pbes2(oid.pbkdf2, pbkdf2(1n, 2n ** 40n)), 'limit'],
    ['an unknown derivation', pbes2('1.2.3', pbkdf2(1n)), 'algorithm'],
    ['an unknown cipher', pbes2(oid.pbkdf2, pbkdf2(1n), '1.2.3'), 'algorithm'],
    ['no parameters', { algorithm: '1.2.840.113549.1.5.13' }, 'algorithm'],
    ['malformed parameters', { algorithm: oid.md5Des, parameters: Uint8Array.of(5, 0) }, 'algorithm'],
    ['PBES1 with MD2', { algorithm: '1.2.840.113549.1.5.1', parameters: pbe(1n) }, 'algorithm'],
    ['nothing encrypted', pbes2(oid.pbkdf2, pbkdf2(1n)), 'decryption'],
  ] as const)('%s', async (_what, encryptionAlgorithm, code) => {
    const der = EncryptedPrivateKeyInfo.encode({ encryptionAlgorithm, encryptedData: new Uint8Array(0) })
    await expect(decrypt(der)).rejects.toThrow(failing(code))
  })

  it('within tighter limits', async () => {
    const der = await encryptPrivateKeyInfo(systemDefaults, key, password)
    await expect(decryptPrivateKeyInfo(systemDefaults, der, password, { maxIterations: 1000 })).rejects.toThrow(
      failing('limit'),
    )
  })

  it('changed anywhere: a typed error, or another key under CBC, which authenticates nothing', async () => {
    const der = await encryptPrivateKeyInfo(systemDefaults, key, password, {
      derivation: { kind: 'pbkdf2', iterations: 1 },
    })
    for (let index = 0; index < der.length; index += 1) {
      const changed = Uint8Array.from(der)
      changed[index] = (changed[index] ?? 0) ^ 0x01
      const outcome = await decrypt(changed).catch((error: unknown) => error)
      if (outcome instanceof Uint8Array) continue
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^(asn1|algorithm|limit|decryption)$/) })
    }
  })

  it('open under AES-GCM, which others may write, and not when changed', async () => {
    const nonce = new Uint8Array(12).fill(1)
    const cipher = createCipheriv('aes-256-gcm', pbkdf2Sync(password, salt, 10, 32, 'sha256'), nonce)
    const encryptedData = new Uint8Array(Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]))
    const parameters = AeadParameters.encode({ nonce, icvLen: 16 })
    const encryptionAlgorithm = pbes2(oid.pbkdf2, pbkdf2(10n), '2.16.840.1.101.3.4.1.46', parameters)
    expect(toHex(await decrypt(EncryptedPrivateKeyInfo.encode({ encryptionAlgorithm, encryptedData })))).toBe(
      toHex(key),
    )
    encryptedData[3] = (encryptedData[3] ?? 0) ^ 1
    const changed = EncryptedPrivateKeyInfo.encode({ encryptionAlgorithm, encryptedData })
    await expect(decrypt(changed)).rejects.toThrow(failing('decryption'))
  })
})
