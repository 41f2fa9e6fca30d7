import {
  AeadParameters,
  type CipherScheme,
  cipherSchemeOf,
  derivationOf,
  hashAlgorithmOf,
  hkdfHashOf,
  hmacHashOf,
  keyAgreementOf,
  keyWrapOf,
  Pbkdf2Parameters,
  passwordWrapOf,
  Rc2CbcParameter,
  rsaEncryptionOf,
  ScryptParameters,
  signerSchemeOf,
} from '@certwright/core/algorithms'
import { integer, nullValue, octetString } from '@certwright/core/asn1'
import { AlgorithmIdentifier } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { hex } from '../asn1/support.js'

const aes = '2.16.840.1.101.3.4.1'
const none = undefined
type Read = (identifier: AlgorithmIdentifier) => unknown

/** What says which algorithm is used comes from the sender: each row is refused before any work is done. */
const table: readonly (readonly [string, Read, string, Uint8Array | undefined, string])[] = [
  ['a cipher that is not known', cipherSchemeOf, '1.2.3', octetString.encode(new Uint8Array(16)), 'algorithm'],
  ['CBC without an IV', cipherSchemeOf, `${aes}.2`, none, 'algorithm'],
  ['CBC with NULL', cipherSchemeOf, `${aes}.2`, nullValue.encode(null), 'algorithm'],
  ['CBC with an IV of 8 octets', cipherSchemeOf, `${aes}.2`, octetString.encode(new Uint8Array(8)), 'algorithm'],
  ['CBC with garbage', cipherSchemeOf, `${aes}.2`, hex('04ff'), 'algorithm'],
  [
    'GCM with a tag of 11 octets',
    cipherSchemeOf,
    `${aes}.6`,
    AeadParameters.encode({ nonce: new Uint8Array(12), icvLen: 11 }),
    'algorithm',
  ],
  [
    'GCM with a tag of 17 octets',
    cipherSchemeOf,
    `${aes}.6`,
    AeadParameters.encode({ nonce: new Uint8Array(12), icvLen: 17 }),
    'algorithm',
  ],
  [
    'GCM without a nonce',
    cipherSchemeOf,
    `${aes}.6`,
    AeadParameters.encode({ nonce: new Uint8Array(0), icvLen: 16 }),
    'algorithm',
  ],
  [
    'GCM with a nonce of a kilobyte',
    cipherSchemeOf,
    `${aes}.6`,
    AeadParameters.encode({ nonce: new Uint8Array(1024), icvLen: 16 }),
    'algorithm',
  ],
  [
    'CCM with a tag of 4 octets',
    cipherSchemeOf,
    `${aes}.7`,
    AeadParameters.encode({ nonce: new Uint8Array(12), icvLen: 4 }),
    'algorithm',
  ],
  [
    'CCM with a nonce of 6 octets',
    cipherSchemeOf,
    `${aes}.7`,
    AeadParameters.encode({ nonce: new Uint8Array(6), icvLen: 16 }),
    'algorithm',
  ],
  [
    'RC2 with 32 bits',
    cipherSchemeOf,
    '1.2.840.113549.3.2',
    Rc2CbcParameter.encode({ type: 'ivOnly', value: new Uint8Array(8) }),
    'algorithm',
  ],
  [
    'RC2 of a version that is not known',
    cipherSchemeOf,
    '1.2.840.113549.3.2',
    Rc2CbcParameter.encode({ type: 'versioned', value: { rc2ParameterVersion: 1, iv: new Uint8Array(8) } }),
    'algorithm',
  ],
  ['a hash that is not known', hashAlgorithmOf, '1.2.3', none, 'algorithm'],
  ['a hash with parameters', hashAlgorithmOf, '2.16.840.1.101.3.4.2.1', hex('3000'), 'algorithm'],
  ['SHAKE256 with 256 bits', hashAlgorithmOf, '2.16.840.1.101.3.4.2.18', integer.encode(256n), 'algorithm'],
  ['SHAKE256 of no length', hashAlgorithmOf, '2.16.840.1.101.3.4.2.18', none, 'algorithm'],
  ['an HMAC that is not known', hmacHashOf, '1.2.3', none, 'algorithm'],
  ['an HKDF with parameters', hkdfHashOf, '1.2.840.113549.1.9.16.3.28', hex('3000'), 'algorithm'],
  ['a key wrap that is not known', keyWrapOf, '1.2.3', none, 'algorithm'],
  ['a key wrap with parameters', keyWrapOf, `${aes}.5`, hex('0401ff'), 'algorithm'],
  ['a key agreement without a wrap', keyAgreementOf, '1.3.132.1.11.1', none, 'algorithm'],
  ['a key agreement with garbage', keyAgreementOf, '1.3.132.1.11.1', hex('30ff'), 'algorithm'],
  [
    'a key agreement with a wrap that is none',
    keyAgreementOf,
    '1.3.132.1.11.1',
    AlgorithmIdentifier.encode({ algorithm: '1.2.3' }),
    'algorithm',
  ],
  ['a password wrap without a cipher', passwordWrapOf, '1.2.840.113549.1.9.16.3.9', none, 'algorithm'],
  [
    'a password wrap with GCM',
    passwordWrapOf,
    '1.2.840.113549.1.9.16.3.9',
    AlgorithmIdentifier.encode({
      algorithm: `${aes}.46`,
      parameters: AeadParameters.encode({ nonce: new Uint8Array(12), icvLen: 16 }),
    }),
    'algorithm',
  ],
  ['key transport that is not known', rsaEncryptionOf, '1.2.3', none, 'algorithm'],
  ['OAEP with garbage', rsaEncryptionOf, '1.2.840.113549.1.1.7', hex('30030201'), 'algorithm'],
  ['OAEP with another mask', rsaEncryptionOf, '1.2.840.113549.1.1.7', hex('3009a1073005 06032a0304'), 'algorithm'],
  ['a derivation that is not known', derivationOf, '1.2.3', hex('3000'), 'algorithm'],
  ['PBKDF2 without parameters', derivationOf, '1.2.840.113549.1.5.12', none, 'algorithm'],
  ['PBKDF2 with garbage', derivationOf, '1.2.840.113549.1.5.12', hex('30020500'), 'algorithm'],
  ['PBKDF2 with 2^31 iterations', derivationOf, '1.2.840.113549.1.5.12', pbkdf2(2n ** 31n), 'limit'],
  ['PBKDF2 with 2^200 iterations', derivationOf, '1.2.840.113549.1.5.12', pbkdf2(2n ** 200n), 'limit'],
  ['PBKDF2 with no iterations', derivationOf, '1.2.840.113549.1.5.12', pbkdf2(0n), 'limit'],
  ['PBKDF2 with less than none', derivationOf, '1.2.840.113549.1.5.12', pbkdf2(-1n), 'limit'],
  ['PBKDF2 with a key of a gigabyte', derivationOf, '1.2.840.113549.1.5.12', pbkdf2(1n, 2n ** 30n), 'limit'],
  ['scrypt with a gigabyte', derivationOf, '1.3.6.1.4.1.11591.4.11', scrypt(2n ** 20n, 8n, 1n), 'limit'],
  ['scrypt with N of 2^100', derivationOf, '1.3.6.1.4.1.11591.4.11', scrypt(2n ** 100n, 1n, 1n), 'limit'],
  ['scrypt with p of a million', derivationOf, '1.3.6.1.4.1.11591.4.11', scrypt(1024n, 8n, 1_000_000n), 'limit'],
  ['scrypt with N that is no power of two', derivationOf, '1.3.6.1.4.1.11591.4.11', scrypt(1000n, 8n, 1n), 'algorithm'],
  ['scrypt with no blocks', derivationOf, '1.3.6.1.4.1.11591.4.11', scrypt(1024n, 0n, 1n), 'algorithm'],
]

function pbkdf2(iterationCount: bigint, keyLength?: bigint): Uint8Array {
  const salt = { type: 'specified', value: new Uint8Array(8) } as const
  const prf = { algorithm: '1.2.840.113549.2.9', parameters: nullValue.encode(null) }
  return Pbkdf2Parameters.encode({ salt, iterationCount, ...(keyLength === undefined ? {} : { keyLength }), prf })
}

function scrypt(costParameter: bigint, blockSize: bigint, parallelizationParameter: bigint): Uint8Array {
  return ScryptParameters.encode({ salt: new Uint8Array(8), costParameter, blockSize, parallelizationParameter })
}

describe('an AlgorithmIdentifier from outside', () => {
  it.each(table)('with %s is refused', (_what, read, algorithm, parameters, code) => {
    const identifier = parameters === undefined ? { algorithm } : { algorithm, parameters }
    let thrown: unknown
    try {
      read(identifier)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code })
  })

  it('that names only the key takes the hash from the digest algorithm', () => {
    const rsa = { algorithm: '1.2.840.113549.1.1.1', parameters: nullValue.encode(null) }
    const sha384 = { algorithm: '2.16.840.1.101.3.4.2.2' }
    expect(signerSchemeOf(rsa, sha384)).toEqual({ name: 'rsa-pkcs1-sha384' })
    expect(signerSchemeOf({ algorithm: '1.2.840.10045.2.1' }, sha384)).toEqual({ name: 'ecdsa-sha384' })
    expect(() => signerSchemeOf(rsa, { algorithm: '2.16.840.1.101.3.4.2.11' })).toThrow(/parameters/)
  })

  it('of a cipher is read as it was written', () => {
    const scheme: CipherScheme = cipherSchemeOf({
      algorithm: `${aes}.46`,
      parameters: AeadParameters.encode({ nonce: hex('000102030405060708090a0b'), icvLen: 12 }),
    })
    expect(scheme).toEqual({ name: 'aes-256-gcm', iv: hex('000102030405060708090a0b'), tagLength: 12 })
  })
})
