import { createSecretKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { fromHex, toHex } from '@certwright/core/asn1'
import { PrivateKeyInfo } from '@certwright/core/cms'
import { CertwrightError } from '@certwright/core/errors'
import {
  fromNodeCertificate,
  fromNodePrivateKey,
  fromNodePublicKey,
  toNodeCertificate,
  toNodePrivateKey,
  toNodePublicKey,
} from '@certwright/core/interop/node'
import { Certificate, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeSamples, type Sample, trustAnchors } from './samples.js'

let samples: readonly Sample[]
beforeAll(() => {
  samples = makeSamples()
})

const pairs: readonly [name: string, pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }][] = [
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 })],
  ['Ed25519', generateKeyPairSync('ed25519')],
  ['Ed448', generateKeyPairSync('ed448')],
  ['X25519', generateKeyPairSync('x25519')],
]

describe('certificates of node:crypto', () => {
  it('are of the same octets both ways', () => {
    for (const certificate of [...samples.map((sample) => sample.certificate), ...trustAnchors()]) {
      const theirs = toNodeCertificate(certificate)
      expect(toHex(theirs.raw)).toBe(toHex(Certificate.encode(certificate)))
      expect(fromNodeCertificate(theirs)).toEqual(certificate)
    }
  })

  it('mean the same', () => {
    for (const { certificate } of samples) {
      const theirs = toNodeCertificate(certificate)
      const { value } = certificate.tbsCertificate
      expect(theirs.serialNumber.toLowerCase()).toBe(toHex(value.serialNumber).replace(/^00/, ''))
      expect(new Date(theirs.validTo)).toEqual(value.validity.notAfter)
      expect(theirs.verify(toNodePublicKey(value.subjectPublicKeyInfo))).toBe(true)
    }
  })

  it('are refused with a typed error when OpenSSL does not read them', () => {
    const certificate = samples[0]?.certificate
    if (certificate === undefined) throw new Error('no sample')
    const strange = { ...certificate, tbsCertificate: { ...certificate.tbsCertificate, bytes: fromHex('3000') } }
    expect(() => toNodeCertificate(strange)).toThrow(CertwrightError)
    expect(() => toNodeCertificate(strange)).toThrow('OpenSSL does not read this certificate')
  })
})

describe.each(pairs)('keys of node:crypto: %s', (name, { publicKey, privateKey }) => {
  it('public, both ways', () => {
    const ours = fromNodePublicKey(publicKey)
    expect(fromNodePublicKey(privateKey)).toEqual(ours)
    expect(toNodePublicKey(ours).equals(publicKey)).toBe(true)
  })

  it('private, both ways', () => {
    const ours = fromNodePrivateKey(privateKey)
    expect(toHex(PrivateKeyInfo.encode(ours))).toBe(toHex(privateKey.export({ format: 'der', type: 'pkcs8' })))
    expect(toNodePrivateKey(ours).equals(privateKey)).toBe(true)
  })

  it('work after the way there and back', () => {
    if (name === 'X25519') return
    const message = Uint8Array.of(1, 2, 3)
    const hash = name.startsWith('Ed') ? null : 'sha256'
    const signature = sign(hash, message, toNodePrivateKey(fromNodePrivateKey(privateKey)))
    expect(verify(hash, message, toNodePublicKey(fromNodePublicKey(publicKey)), signature)).toBe(true)
  })
})

describe('keys that cannot be', () => {
  const strange = { algorithm: { algorithm: '1.2.3.4' } }

  it.each([
    ['a public half of a secret key', () => fromNodePublicKey(createSecretKey(new Uint8Array(16)))],
    ['PKCS #8 of a secret key', () => fromNodePrivateKey(createSecretKey(new Uint8Array(16)))],
    ['PKCS #8 of a public key', () => fromNodePrivateKey(generateKeyPairSync('ed25519').publicKey)],
    [
      'an unknown algorithm',
      () => toNodePublicKey({ ...strange, subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array(4) } }),
    ],
    [
      'a private key of an unknown algorithm',
      () =>
        toNodePrivateKey({
          version: 0,
          privateKeyAlgorithm: strange.algorithm,
          privateKey: new Uint8Array(4),
        }),
    ],
    [
      'a point that is not on the curve',
      () =>
        toNodePublicKey(
          SubjectPublicKeyInfo.decode(
            fromHex(`3059301306072a8648ce3d020106082a8648ce3d030107034200${'04'.padEnd(130, '1')}`),
          ),
        ),
    ],
  ])('are refused: %s', (_what, run) => {
    expect(run).toThrow(expect.objectContaining({ name: 'CertwrightError', code: 'key' }))
  })
})
