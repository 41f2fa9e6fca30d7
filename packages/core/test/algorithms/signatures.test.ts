import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  signatureAlgorithm,
  signatureAlgorithmIdentifier,
  signatureAlgorithmOf,
  signatureAlgorithms,
} from '@certwright/core/algorithms'
import { fromHex } from '@certwright/core/asn1'
import { nodeCrypto } from '@certwright/core/defaults'
import { AlgorithmIdentifier, CertificationRequest, RsassaPssParams, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { inFolder, type keyArguments, opensslRequest } from '../support/openssl.js'

/** The parts of a request that a verifier needs. */
function parts(der: Uint8Array) {
  const { certificationRequestInfo, signatureAlgorithm: algorithm, signature } = CertificationRequest.decode(der)
  const publicKey = SubjectPublicKeyInfo.encode(certificationRequestInfo.value.subjectPKInfo)
  return { algorithm, publicKey, data: certificationRequestInfo.bytes, signature: signature.bytes }
}

const pss = (hash: string): readonly string[] => [
  `-${hash}`,
  ...['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'],
]

describe('signature algorithms', () => {
  it.each(signatureAlgorithms)('$name survives its AlgorithmIdentifier', ({ name }) => {
    const identifier = signatureAlgorithmIdentifier(name)
    expect(signatureAlgorithmOf(identifier)).toBe(name)
    expect(signatureAlgorithmOf(AlgorithmIdentifier.decode(AlgorithmIdentifier.encode(identifier)))).toBe(name)
    expect(signatureAlgorithm(name).name).toBe(name)
  })

  const requests: readonly (readonly [string, keyof typeof keyArguments, readonly string[]])[] = [
    ['ecdsa-sha256', 'p256', ['-sha256']],
    ['ecdsa-sha384', 'p384', ['-sha384']],
    ['ecdsa-sha512', 'p521', ['-sha512']],
    ['ecdsa-sha512', 'p256', ['-sha512']],
    ['rsa-pkcs1-sha256', 'rsa2048', ['-sha256']],
    ['rsa-pkcs1-sha384', 'rsa2048', ['-sha384']],
    ['rsa-pkcs1-sha512', 'rsa2048', ['-sha512']],
    ['rsa-pss-sha256', 'rsa2048', pss('sha256')],
    ['rsa-pss-sha384', 'rsa2048', pss('sha384')],
    ['rsa-pss-sha512', 'rsa2048', pss('sha512')],
    ['ed25519', 'ed25519', []],
    ['ed448', 'ed448', []],
  ]
  it.each(requests)('%s: what openssl signs with %s verifies, and nothing else', (name, key, extra) => {
    const { algorithm, publicKey, data, signature } = parts(opensslRequest(key, '/CN=d', extra))
    expect(signatureAlgorithmOf(algorithm)).toBe(name)
    const verify = (message: Uint8Array, bytes: Uint8Array) =>
      nodeCrypto.verify(signatureAlgorithmOf(algorithm), publicKey, message, bytes)
    expect(verify(data, signature)).toBe(true)
    expect(verify(data.with(5, (data[5] ?? 0) ^ 1), signature)).toBe(false)
    expect(verify(data, signature.with(9, (signature[9] ?? 0) ^ 1))).toBe(false)
    expect(verify(data, new Uint8Array())).toBe(false)
    expect(verify(data, new Uint8Array(100_000))).toBe(false)
  })

  it('answers false for a key of another family, or no key at all', () => {
    const { data, signature } = parts(opensslRequest('p256', '/CN=d'))
    const rsa = parts(opensslRequest('rsa2048', '/CN=d')).publicKey
    expect(nodeCrypto.verify('ecdsa-sha256', rsa, data, signature)).toBe(false)
    expect(nodeCrypto.verify('ecdsa-sha256', Uint8Array.of(1, 2, 3), data, signature)).toBe(false)
    // Without a hash name OpenSSL would take SHA-256 for this key, and the signature would verify.
    const { publicKey } = parts(opensslRequest('p256', '/CN=d'))
    const { publicKey: own, data: signed, signature: valid } = parts(opensslRequest('p256', '/CN=e'))
    expect(nodeCrypto.verify('ed25519', own, signed, valid)).toBe(false)
    expect(nodeCrypto.verify('ecdsa-sha256', publicKey, signed, valid)).toBe(false)
  })

  it.each([
    ['SHA-1 with RSA', { algorithm: '1.2.840.113549.1.1.5', parameters: fromHex('0500') }, /too weak/],
    ['MD5 with RSA', { algorithm: '1.2.840.113549.1.1.4', parameters: fromHex('0500') }, /too weak/],
    ['ECDSA with SHA-1', { algorithm: '1.2.840.10045.4.1' }, /too weak/],
    ['an unknown one', { algorithm: '1.2.3.4' }, /not supported/],
    ['ECDSA with NULL', { algorithm: '1.2.840.10045.4.3.2', parameters: fromHex('0500') }, /unsupported parameters/],
    [
      'RSA with other parameters',
      { algorithm: '1.2.840.113549.1.1.11', parameters: fromHex('3000') },
      /unsupported parameters/,
    ],
    [
      'PSS with its defaults, which are SHA-1',
      {
        algorithm: '1.2.840.113549.1.1.10',
        parameters: RsassaPssParams.encode(RsassaPssParams.decode(fromHex('3000'))),
      },
      /too weak/,
    ],
    ['PSS without parameters', { algorithm: '1.2.840.113549.1.1.10' }, /unsupported parameters/],
    ['PSS with garbage', { algorithm: '1.2.840.113549.1.1.10', parameters: fromHex('0401') }, /unsupported parameters/],
  ])('refuses %s', (_what, identifier, message) => {
    expect(() => signatureAlgorithmOf(identifier)).toThrow(message)
  })

  it('refuses a name outside the table', () => {
    expect(() => signatureAlgorithm('rsa-md5' as never)).toThrow(/not known/)
  })
})

describe('digests', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('%s is what openssl computes', async (name) => {
    const data = new TextEncoder().encode('certwright')
    const expected = inFolder((dir) => {
      writeFileSync(join(dir, 'data'), data)
      execFileSync('openssl', ['dgst', `-${name}`, '-binary', '-out', 'hash', 'data'], { cwd: dir })
      return new Uint8Array(readFileSync(join(dir, 'hash')))
    })
    expect(await nodeCrypto.digest(name, data)).toEqual(expected)
  })
})
