import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  describePublicKey,
  type KeyTypeRule,
  keyStrength,
  keyTypeOf,
  keyTypeRule,
  keyTypes,
  parameterSetNamed,
} from '@certwright/core/algorithms'
import { fromHex } from '@certwright/core/asn1'
import { RsaPublicKey, SubjectPublicKeyInfo } from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const spki = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }))
const ec = (namedCurve: string): Uint8Array => spki(generateKeyPairSync('ec', { namedCurve }).publicKey)
const p256 = ec('P-256')

const rsaKey = (modulus: bigint, publicExponent: bigint): Uint8Array =>
  SubjectPublicKeyInfo.encode({
    algorithm: { algorithm: '1.2.840.113549.1.1.1', parameters: fromHex('0500') },
    subjectPublicKey: { unusedBits: 0, bytes: RsaPublicKey.encode({ modulus, publicExponent }) },
  })
const changed = (change: (info: SubjectPublicKeyInfo) => SubjectPublicKeyInfo, of = p256): Uint8Array =>
  SubjectPublicKeyInfo.encode(change(SubjectPublicKeyInfo.decode(of)))

describe('describePublicKey', () => {
  /** A key of each kind: from OpenSSL where it makes them fast, else of the right form. */
  function keyOf({ type, family, bits }: KeyTypeRule): Uint8Array {
    const set = parameterSetNamed(type)
    if (set !== undefined) {
      const subjectPublicKey = { unusedBits: 0, bytes: new Uint8Array(set.publicKey) }
      return SubjectPublicKeyInfo.encode({ algorithm: { algorithm: set.oid }, subjectPublicKey })
    }
    if (family === 'rsa') return rsaKey((1n << BigInt(bits - 1)) | 1n, 65537n)
    if (family === 'ecdsa') return ec(`P-${bits}`)
    return spki(generateKeyPairSync(family as 'ed25519').publicKey)
  }

  it.each(keyTypes)('knows the type of $type', (rule) => {
    const description = describePublicKey(keyOf(rule))
    expect(description).toMatchObject({ family: rule.family, bits: rule.bits })
    expect(keyTypeOf(description)).toBe(rule.type)
    expect(keyTypeRule(rule.type).type).toBe(rule.type)
  })

  it('knows RSA keys that are for RSASSA-PSS only', () => {
    const free = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey
    expect(describePublicKey(spki(free))).toMatchObject({ family: 'rsa', bits: 2048, pss: {} })
    const bound = { modulusLength: 2048, hashAlgorithm: 'sha384', mgf1HashAlgorithm: 'sha384', saltLength: 48 }
    const { publicKey } = generateKeyPairSync('rsa-pss', bound as { modulusLength: number })
    expect(describePublicKey(spki(publicKey))).toMatchObject({ pss: { hash: 'sha384', saltLength: 48 } })
  })

  it.each([
    ['rsa-2048', 112],
    ['rsa-3072', 128],
    ['rsa-8192', 192],
    ['ecdsa-p256', 128],
    ['ecdsa-p521', 256],
    ['ed25519', 128],
    ['ed448', 224],
    ['ml-dsa-65', 192],
    ['slh-dsa-shake-256s', 256],
    ['ml-kem-512', 128],
  ] as const)('%s has %i bits of strength', (type, strength) => {
    expect(keyStrength(describePublicKey(keyOf(keyTypeRule(type))))).toBe(strength)
  })

  const odd = (1n << 2047n) | 1n
  const table: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['an even modulus', rsaKey(1n << 2047n, 65537n), /modulus is even/],
    ['modulus zero', rsaKey(0n, 65537n), /not positive/],
    ['a negative modulus', rsaKey(-odd, 65537n), /not positive/],
    ['a modulus of 16385 bits', rsaKey((1n << 16384n) | 1n, 65537n), /more than 16384 bits/],
    ['exponent 1', rsaKey(odd, 1n), /public exponent/],
    ['an even exponent', rsaKey(odd, 65536n), /public exponent/],
    ['an exponent beyond the modulus', rsaKey(odd, odd + 2n), /public exponent/],
    ['a curve outside the table', ec('secp256k1'), /1\.3\.132\.0\.10 is not supported/],
    [
      'no curve',
      changed(({ subjectPublicKey }) => ({ algorithm: { algorithm: '1.2.840.10045.2.1' }, subjectPublicKey })),
      /names its curve/,
    ],
    [
      'curve parameters that are no name',
      changed(({ subjectPublicKey }) => ({
        algorithm: { algorithm: '1.2.840.10045.2.1', parameters: fromHex('3000') },
        subjectPublicKey,
      })),
      /malformed/,
    ],
    [
      'a compressed point',
      changed((info) => ({
        ...info,
        subjectPublicKey: { unusedBits: 0, bytes: info.subjectPublicKey.bytes.slice(0, 33) },
      })),
      /uncompressed/,
    ],
    [
      'a point of another length',
      changed((info) => ({
        ...info,
        subjectPublicKey: { unusedBits: 0, bytes: info.subjectPublicKey.bytes.slice(0, -1) },
      })),
      /uncompressed/,
    ],
    [
      'unused bits',
      changed((info) => ({
        ...info,
        subjectPublicKey: {
          unusedBits: 1,
          bytes: info.subjectPublicKey.bytes.map((o, i, all) => (i === all.length - 1 ? o & 0xfe : o)),
        },
      })),
      /whole number of octets/,
    ],
    [
      'an unknown algorithm',
      changed((info) => ({ ...info, algorithm: { algorithm: '1.2.3' } })),
      /1\.2\.3 is not supported/,
    ],
    [
      'a short Ed25519 key',
      changed(() => ({
        algorithm: { algorithm: '1.3.101.112' },
        subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array(31) },
      })),
      /instead of 32/,
    ],
    [
      'Ed25519 with parameters',
      changed(() => ({
        algorithm: { algorithm: '1.3.101.112', parameters: fromHex('0500') },
        subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array(32) },
      })),
      /no parameters/,
    ],
  ]
  it.each(table)('refuses %s', (_what, publicKey, message) => {
    expect(() => describePublicKey(publicKey)).toThrow(message)
  })

  it('answers any octets with a description or a typed error (property)', () => {
    const mutated = fc.tuple(fc.nat(p256.length - 1), fc.nat(255)).map(([at, octet]) => p256.with(at, octet))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
        try {
          expect(describePublicKey(bytes).bits).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(asn1|algorithm)$/) })
        }
      }),
    )
  })
})
