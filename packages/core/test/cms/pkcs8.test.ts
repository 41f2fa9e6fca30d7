import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { toHex } from '@certwright/core/asn1'
import {
  EncryptedPrivateKeyInfo,
  Pbes2Parameters,
  Pbkdf2Parameters,
  PrivateKeyInfo,
  ScryptParameters,
} from '@certwright/core/cms'
import { EcPrivateKey, RsaPublicKey, RsassaPssParams } from '@certwright/core/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, hex } from '../asn1/support.js'
import { openWorkspace, type Workspace } from '../x509/openssl.js'

let work: Workspace
beforeAll(() => {
  work = openWorkspace()
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  work.write('ec.der', key.export({ type: 'pkcs8', format: 'der' }))
})
afterAll(() => work.remove())

const encrypt = (...options: readonly string[]): EncryptedPrivateKeyInfo => {
  work.openssl(
    'pkcs8',
    '-topk8',
    '-inform',
    'DER',
    '-in',
    'ec.der',
    '-outform',
    'DER',
    '-passout',
    'pass:x',
    ...options,
    '-out',
    'enc.der',
  )
  const der = work.read('enc.der')
  const value = EncryptedPrivateKeyInfo.decode(der)
  expect(toHex(EncryptedPrivateKeyInfo.encode(value))).toBe(toHex(der))
  return value
}

const parametersOf = ({ encryptionAlgorithm }: EncryptedPrivateKeyInfo): Pbes2Parameters => {
  expect(encryptionAlgorithm.algorithm).toBe('1.2.840.113549.1.5.13')
  return Pbes2Parameters.decode(encryptionAlgorithm.parameters ?? new Uint8Array())
}

describe('private keys of openssl and node', () => {
  it('round-trip', () => {
    const der = work.read('ec.der')
    const info = PrivateKeyInfo.decode(der)
    expect(toHex(PrivateKeyInfo.encode(info))).toBe(toHex(der))
    const key = EcPrivateKey.decode(info.privateKey)
    expect(toHex(EcPrivateKey.encode(key))).toBe(toHex(info.privateKey))
    expect(key.privateKey).toHaveLength(32)
  })

  it('round-trip with a public key (version 2)', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const info = PrivateKeyInfo.decode(privateKey.export({ type: 'pkcs8', format: 'der' }))
    const both = { ...info, version: 1, publicKey: { unusedBits: 0, bytes: new Uint8Array(randomBytes(32)) } }
    expect(PrivateKeyInfo.decode(PrivateKeyInfo.encode(both))).toEqual(both)
    expect(toHex(PrivateKeyInfo.encode(both))).toContain(`812100${toHex(both.publicKey.bytes)}`)
    expect(
      createPrivateKey({ key: Buffer.from(PrivateKeyInfo.encode(info)), format: 'der', type: 'pkcs8' }).equals(
        privateKey,
      ),
    ).toBe(true)
  })

  it('round-trip under PBES2 with scrypt', () => {
    const { keyDerivationFunc } = parametersOf(encrypt('-scrypt'))
    const kdf = ScryptParameters.decode(keyDerivationFunc.parameters ?? new Uint8Array())
    expect(kdf).toMatchObject({ costParameter: 16384n, blockSize: 8n, parallelizationParameter: 1n })
    expect(ScryptParameters.encode(kdf)).toEqual(keyDerivationFunc.parameters)
  })

  it.each(['hmacWithSHA1', 'hmacWithSHA256'])('round-trip under PBES2 with PBKDF2 and %s', (prf) => {
    const { keyDerivationFunc } = parametersOf(encrypt('-v2', 'aes-256-cbc', '-v2prf', prf, '-iter', '3000'))
    const kdf = Pbkdf2Parameters.decode(keyDerivationFunc.parameters ?? new Uint8Array())
    expect(kdf.iterationCount).toBe(3000n)
    expect(kdf.prf.algorithm).toBe(prf === 'hmacWithSHA1' ? '1.2.840.113549.2.7' : '1.2.840.113549.2.9')
    expect(Pbkdf2Parameters.encode(kdf)).toEqual(keyDerivationFunc.parameters)
  })
})

describe('key structures', () => {
  it('RSA keys of node', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const der = publicKey.export({ type: 'pkcs1', format: 'der' })
    const { modulus, publicExponent } = RsaPublicKey.decode(der)
    expect([modulus.toString(2).length, publicExponent]).toEqual([2048, 65537n])
    expect(RsaPublicKey.encode({ modulus, publicExponent })).toEqual(new Uint8Array(der))
  })

  it('RSASSA-PSS parameters: all DEFAULT is an empty SEQUENCE', () => {
    const value = RsassaPssParams.decode(hex('30 00'))
    expect(value).toMatchObject({ saltLength: 20, trailerField: 1, hashAlgorithm: { algorithm: '1.3.14.3.2.26' } })
    expect(RsassaPssParams.encode(value)).toEqual(hex('30 00'))
  })
})

describe('malformed private keys', () => {
  it.each([
    ['an empty one', PrivateKeyInfo, '30 00', 'missing', 'version'],
    ['one without key', PrivateKeyInfo, '30 0a 02 01 00 30 05 06 03 2b 65 70', 'missing', 'privateKey'],
    [
      'attributes that are none',
      PrivateKeyInfo,
      '30 10 02 01 00 30 05 06 03 2b 65 70 04 00 a0 02 05 00',
      'tag',
      'attributes.0',
    ],
    [
      'encrypted data in pieces',
      EncryptedPrivateKeyInfo,
      '30 0c 30 05 06 03 2a 03 04 24 03 04 01 00',
      'constructed',
      'encryptedData',
    ],
    ['scrypt without salt', ScryptParameters, '30 09 02 01 01 02 01 01 02 01 01', 'tag', 'salt'],
    ['PBKDF2 with a NULL salt', Pbkdf2Parameters, '30 05 05 00 02 01 01', 'tag', 'salt'],
  ] as const)('%s is refused', (_what, schema, der, kind, path) => {
    const found = failure(schema, hex(der))
    expect({ kind: found.kind, path: found.path.join('.') }).toEqual({ kind, path })
  })
})
