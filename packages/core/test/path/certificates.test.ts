import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { memoryKeys, nodeCrypto } from '@certwright/core/defaults'
import { findPath, type PathOptions, type PathResult, trustAnchor, validatePath } from '@certwright/core/path'
import {
  BasicConstraints,
  Certificate,
  extendedKeyUsageOid,
  extensionOid,
  parseName,
  SubjectPublicKeyInfo,
  signedStructure,
  TBSCertificate,
} from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { type CertificateSpec, certificate, day, extension, now, spoiled } from './hierarchy.js'

const root = certificate({ subject: 'CN=Root', issuer: 'CN=Root', key: 0, signedBy: 0, ca: true })
const anchors = [trustAnchor(root)]
const base: PathOptions = { time: now, revocation: 'none' }
const ca = (more: Partial<CertificateSpec> = {}) =>
  certificate({ subject: 'CN=A', issuer: 'CN=Root', key: 1, signedBy: 0, ca: true, ...more })
const leaf = (more: Partial<CertificateSpec> = {}) =>
  certificate({ subject: 'CN=leaf', issuer: 'CN=A', key: 2, signedBy: 1, ...more })
const run = (path: readonly Uint8Array[], more: Partial<PathOptions> = {}): Promise<PathResult> =>
  validatePath({ crypto: nodeCrypto }, path, anchors, { ...base, ...more })
const codes = (result: PathResult): readonly string[] =>
  result.valid ? [] : result.failures.map(({ index, code }) => `${index} ${code}`)
const { clientAuth, serverAuth, anyExtendedKeyUsage } = extendedKeyUsageOid
const critical = extension('1.2.3.4', Uint8Array.of(5, 0), true)
const twice = extension(extensionOid.subjectKeyIdentifier, Uint8Array.of(4, 1, 1))
const broken = extension(extensionOid.basicConstraints, Uint8Array.of(0x30, 1), true)
const notCa = extension(extensionOid.basicConstraints, BasicConstraints.encode({ cA: false }), true)

/** The TBSCertificate with another signature algorithm inside. */
function withInner(der: Uint8Array): Uint8Array {
  const { tbsCertificate, signatureAlgorithm, signatureValue } = Certificate.decode(der)
  const signature = signatureAlgorithmIdentifier('ecdsa-sha512')
  const tbs = TBSCertificate.encode({ ...tbsCertificate.value, signature })
  return signedStructure(tbs, signatureAlgorithm, signatureValue.bytes)
}

type Row = readonly [
  what: string,
  path: readonly Uint8Array[],
  expected: readonly string[],
  options?: Partial<PathOptions>,
]

const rows: readonly Row[] = [
  ['nothing wrong', [leaf(), ca()], []],
  ['no octets', [new Uint8Array()], ['0 malformed']],
  ['octets that are no certificate', [leaf(), Uint8Array.of(0x30, 0)], ['1 malformed']],
  ['octets behind the certificate', [Uint8Array.of(...leaf(), 0), ca()], ['0 malformed']],
  ['a certificate cut off', [leaf().slice(0, 200), ca()], ['0 malformed']],
  ['an extension twice', [leaf({ more: [twice] }), ca()], ['0 malformed']],
  ['an extension that cannot be read', [leaf({ more: [broken] }), ca()], ['0 malformed']],
  ['extensions of version 1', [leaf({ version: 0 }), ca()], ['0 malformed']],
  ['version 4', [leaf({ version: 3 }), ca()], ['0 malformed']],
  ['version 1 without extensions', [leaf({ version: 0, hints: false }), ca()], []],
  ['a CA of version 1', [leaf(), ca({ version: 0, hints: false, ca: false })], ['1 not-a-ca']],
  ['a signature that does not fit', [spoiled(leaf()), ca()], ['0 signature']],
  ['another algorithm inside', [withInner(leaf()), ca()], ['0 algorithm-mismatch']],
  ['a CA that is none', [leaf(), ca({ ca: false, more: [notCa] })], ['1 not-a-ca']],
  ['a CA that does not say it is', [leaf(), ca({ ca: false, usage: ['keyCertSign'] })], ['1 not-a-ca']],
  ['a CA that may not sign', [leaf(), ca({ usage: ['cRLSign'] })], ['1 key-usage']],
  ['a critical extension nobody knows', [leaf({ more: [critical] }), ca()], ['0 unknown-critical-extension']],
  ['one in a CA', [leaf(), ca({ more: [critical] })], ['1 unknown-critical-extension']],
  ['one that the caller knows', [leaf({ more: [critical] }), ca()], [], { knownExtensions: ['1.2.3.4'] }],
  ['the last moment', [leaf({ notAfter: now }), ca()], []],
  ['a moment later', [leaf({ notAfter: new Date(now.getTime() - 1000) }), ca()], ['0 expired']],
  ['the first moment', [leaf({ notBefore: now }), ca()], []],
  ['a moment earlier', [leaf({ notBefore: new Date(now.getTime() + 1000) }), ca()], ['0 not-yet-valid']],
  ['a purpose', [leaf({ purposes: [clientAuth] }), ca()], [], { purposes: [clientAuth] }],
  ['no purpose', [leaf(), ca()], [], { purposes: [clientAuth] }],
  ['any purpose', [leaf({ purposes: [anyExtendedKeyUsage] }), ca()], [], { purposes: [clientAuth] }],
  ['another purpose', [leaf({ purposes: [serverAuth] }), ca()], ['0 purpose'], { purposes: [clientAuth] }],
  ['another purpose of the CA', [leaf(), ca({ purposes: [serverAuth] })], ['1 purpose'], { purposes: [clientAuth] }],
  [
    'which is not looked at',
    [leaf(), ca({ purposes: [serverAuth] })],
    [],
    { purposes: [clientAuth], purposesOfCas: false },
  ],
  [
    'a use of the key',
    [leaf({ usage: ['digitalSignature'] }), ca()],
    ['0 key-usage'],
    { keyUsage: new Set(['digitalSignature', 'keyAgreement'] as const) },
  ],
  [
    'keys that are too weak for the caller',
    [leaf(), ca()],
    ['2 weak-key', '1 weak-key', '0 weak-key'],
    { algorithms: { minStrength: 192 } },
  ],
  [
    'a path that is too long',
    [leaf(), ca({ subject: 'CN=A', issuer: 'CN=B', signedBy: 3 }), ca({ subject: 'CN=B', key: 3, pathLength: 0 })],
    ['1 path-length'],
  ],
  [
    'as long as allowed',
    [leaf(), ca({ issuer: 'CN=B', signedBy: 3 }), ca({ subject: 'CN=B', key: 3, pathLength: 1 })],
    [],
  ],
  [
    'a self-issued CA is not counted',
    [leaf({ signedBy: 4 }), ca({ issuer: 'CN=A', key: 4, signedBy: 1 }), ca({ pathLength: 0 })],
    [],
  ],
]

describe('the last certificate', () => {
  it('can ask for a policy of its own path', async () => {
    const path = (more: Partial<CertificateSpec>) => [
      leaf({ requireExplicitPolicy: 0, ...more }),
      ca({ policies: ['1.2.3'] }),
    ]
    expect(codes(await run(path({})))).toEqual(['0 policy'])
    expect(codes(await run(path({ policies: ['1.2.3'] })))).toEqual([])
    expect(codes(await run(path({ requireExplicitPolicy: 1 })))).toEqual([])
  })
})

describe('a certificate', () => {
  for (const [what, path, expected, options] of rows) {
    it(`with ${what}`, async () => {
      expect(codes(await run(path, options))).toEqual(expected)
    })
  }

  it('is never an exception, whatever its octets are', async () => {
    const seeds = [
      leaf({ policies: ['1.2.3'], purposes: [clientAuth] }),
      ca({ pathLength: 1, permitted: [{ type: 'dNSName', value: 'a' }] }),
    ]
    const changes = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.nat(1), changes, async (which, list) => {
        const path = seeds.map((der, index) => {
          const copy = der.slice()
          if (index === which) for (const [at, octet] of list) copy[at % copy.length] = octet
          return copy
        })
        const same = path.every((der, index) => der.every((octet, at) => octet === seeds[index]?.[at]))
        const [first = new Uint8Array(), ...intermediates] = path
        const found = await findPath({ crypto: nodeCrypto }, first, anchors, { ...base, intermediates })
        expect((await run(path)).valid).toBe(same)
        expect(found.valid).toBe(same)
      }),
      { numRuns: 300 },
    )
  })
})

/** A self-signed leaf of any algorithm, made by openssl with its own key; the anchor is its name and key. */
function selfSigned(keyType: Parameters<typeof opensslRequest>[0], extra: readonly string[]) {
  return opensslRequest(keyType, '/CN=self', ['-x509', '-days', '30', ...extra])
}

describe('algorithms', () => {
  const check = async (der: Uint8Array, algorithms: PathOptions['algorithms'] = {}) => {
    const { subject, subjectPublicKeyInfo, validity } = Certificate.decode(der).tbsCertificate.value
    const anchor = { name: subject, publicKey: SubjectPublicKeyInfo.encode(subjectPublicKeyInfo) }
    const time = validity.notBefore
    return codes(await validatePath({ crypto: nodeCrypto }, [der], [anchor], { time, revocation: 'none', algorithms }))
  }

  it.each(['p256', 'p384', 'p521', 'rsa2048', 'ed25519', 'ed448'] as const)('%s is accepted', async (type) => {
    expect(await check(selfSigned(type, []))).toEqual([])
  })

  it('refuses short keys and broken hashes unless told otherwise', async () => {
    const short = selfSigned('rsa1024', [])
    expect(await check(short)).toEqual(['1 weak-key', '0 weak-key'])
    expect(await check(short, { minStrength: 80 })).toEqual([])
    const sha1 = selfSigned('rsa2048', ['-sha1'])
    expect(await check(sha1)).toEqual(['0 algorithm'])
    expect(await check(sha1, { allowBroken: ['rsa-pkcs1-sha1'] })).toEqual([])
    expect(await check(selfSigned('secp256k1', []))).toEqual(['1 algorithm', '0 algorithm'])
  })

  it('accepts RSASSA-PSS', async () => {
    expect(await check(selfSigned('rsa2048', ['-sigopt', 'rsa_padding_mode:pss']))).toEqual([])
  })

  it('takes keys that are for RSASSA-PSS only for nothing else', async () => {
    for (const [extra, expected] of [
      [[], ['0 signature']],
      [['-sigopt', 'rsa_padding_mode:pss'], []],
    ] as const) {
      const der = selfSigned('rsa2048', extra)
      const { subject, subjectPublicKeyInfo, validity } = Certificate.decode(der).tbsCertificate.value
      const algorithm = { algorithm: '1.2.840.113549.1.1.10' }
      const anchor = { name: subject, publicKey: SubjectPublicKeyInfo.encode({ ...subjectPublicKeyInfo, algorithm }) }
      const options = { time: validity.notBefore, revocation: 'none' } as const
      expect(codes(await validatePath({ crypto: nodeCrypto }, [der], [anchor], options))).toEqual(expected)
    }
  })

  it('accepts ML-DSA and SLH-DSA, and no other parameter set than that of the key', async () => {
    const keys = memoryKeys()
    for (const type of ['ml-dsa-65', 'slh-dsa-sha2-128f'] as const) {
      const signer = await keys.generate(type, type)
      const signature = signatureAlgorithmIdentifier(signer.algorithm)
      const tbs = (inner: typeof signature) =>
        TBSCertificate.encode({
          version: 2,
          serialNumber: Uint8Array.of(1),
          signature: inner,
          issuer: parseName('CN=pq'),
          validity: { notBefore: now, notAfter: new Date(now.getTime() + day) },
          subject: parseName('CN=pq'),
          subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(signer.publicKey),
        })
      const good = signedStructure(tbs(signature), signature, await signer.sign(tbs(signature)))
      expect(await check(good)).toEqual([])
      const other = signatureAlgorithmIdentifier('ml-dsa-44')
      expect(await check(signedStructure(tbs(other), other, await signer.sign(tbs(other))))).toEqual(['0 signature'])
    }
  })
})
