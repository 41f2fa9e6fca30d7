import { fromHex, type Schema } from '@certwright/core/asn1'
import type { LintPolicy } from '@certwright/core/lint'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  accessMethodOid,
  BasicConstraints,
  CertificatePolicies,
  CRLDistributionPoints,
  ExtendedKeyUsage,
  type Extension,
  extendedKeyUsageOid,
  extensionOid,
  KeyUsage,
  parseName,
  RsaPublicKey,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  type SubjectPublicKeyInfo,
  type TBSCertificate,
} from '@certwright/core/x509'

/** A certificate to lint, with the one above it. */
export interface Sample {
  readonly tbs: TBSCertificate
  readonly issuer?: TBSCertificate
  /** What is signed, when it is not the encoding of `tbs`. */
  readonly bytes?: Uint8Array
  readonly policy?: LintPolicy
}

/** Fields to replace, and extensions to replace or (null) leave out. */
export type Change = Partial<TBSCertificate> & {
  readonly with?: { readonly [K in keyof typeof extensionOid]?: Value | null } | undefined
  readonly more?: readonly Extension[]
  readonly issuerTbs?: TBSCertificate
  readonly sources?: LintPolicy['sources']
}

/** The encoded value of an extension, and whether it is critical. */
export interface Value {
  readonly critical: boolean
  readonly extnValue: Uint8Array
}

export const plain = <T>(schema: Schema<T>, value: T): Value => ({ critical: false, extnValue: schema.encode(value) })
export const critical = <T>(schema: Schema<T>, value: T): Value => ({ critical: true, extnValue: schema.encode(value) })
export const raw = (hex: string, isCritical = false): Value => ({ critical: isCritical, extnValue: fromHex(hex) })

export const usage = (...bits: Parameters<typeof KeyUsage.encode>[0] extends ReadonlySet<infer B> ? B[] : never) =>
  critical(KeyUsage, new Set(bits))
export const purposes = (...names: (keyof typeof extendedKeyUsageOid)[]) =>
  plain(
    ExtendedKeyUsage,
    names.map((name) => extendedKeyUsageOid[name]),
  )
export const names = (...values: Parameters<typeof SubjectAlternativeName.encode>[0]) =>
  plain(SubjectAlternativeName, values)
export const dns = (...values: string[]) => names(...values.map((value) => ({ type: 'dNSName' as const, value })))
export const email = (...values: string[]) => names(...values.map((value) => ({ type: 'rfc822Name' as const, value })))
export const uris = (...values: string[]) =>
  names(...values.map((value) => ({ type: 'uniformResourceIdentifier' as const, value })))
export const policies = (...oids: string[]) =>
  plain(
    CertificatePolicies,
    oids.map((policyIdentifier) => ({ policyIdentifier })),
  )
export const crlAt = (...values: string[]) =>
  plain(CRLDistributionPoints, [
    {
      distributionPoint: {
        type: 'fullName',
        value: values.map((value) => ({ type: 'uniformResourceIdentifier' as const, value })),
      },
    },
  ])
export const infoAt = (...entries: (readonly [keyof typeof accessMethodOid, string])[]) =>
  plain(
    AuthorityInfoAccess,
    entries.map(([method, value]) => ({
      accessMethod: accessMethodOid[method],
      accessLocation: { type: 'uniformResourceIdentifier' as const, value },
    })),
  )

const key = (algorithm: string, parameters: string | undefined, octets: Uint8Array): SubjectPublicKeyInfo => ({
  algorithm: { algorithm, ...(parameters === undefined ? {} : { parameters: fromHex(parameters) }) },
  subjectPublicKey: { unusedBits: 0, bytes: octets },
})
const rsaKey = (bits: number, publicExponent = 65537n) =>
  RsaPublicKey.encode({ modulus: (1n << BigInt(bits - 1)) + 0x10001n, publicExponent })

/** Public keys of every family; the points of elliptic curves are their generators. */
export const keys = {
  p256: key(
    '1.2.840.10045.2.1',
    '06082a8648ce3d030107',
    fromHex(
      '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    ),
  ),
  p384: key(
    '1.2.840.10045.2.1',
    '06052b81040022',
    fromHex(
      '04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab73617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f',
    ),
  ),
  rsa1024: key('1.2.840.113549.1.1.1', '0500', rsaKey(1024)),
  rsa2048: key('1.2.840.113549.1.1.1', '0500', rsaKey(2048)),
  rsa3072: key('1.2.840.113549.1.1.1', '0500', rsaKey(3072)),
  rsaExponent3: key('1.2.840.113549.1.1.1', '0500', rsaKey(2048, 3n)),
  rsaNoNull: key('1.2.840.113549.1.1.1', undefined, rsaKey(2048)),
  rsaPss: key('1.2.840.113549.1.1.10', undefined, rsaKey(2048)),
  ed25519: key('1.3.101.112', undefined, new Uint8Array(32).fill(0x42)),
  x25519: key('1.3.101.110', undefined, new Uint8Array(32).fill(0x42)),
  mlDsa44: key('2.16.840.1.101.3.4.3.17', undefined, new Uint8Array(1312)),
  slhDsa: key('2.16.840.1.101.3.4.3.20', undefined, new Uint8Array(32)),
  mlKem512: key('2.16.840.1.101.3.4.4.1', undefined, new Uint8Array(800)),
} as const

const identifiers = {
  root: fromHex('01'.repeat(20)),
  issuing: fromHex('02'.repeat(20)),
  leaf: fromHex('03'.repeat(20)),
}
const extension = (name: keyof typeof extensionOid, value: Value): Extension => ({
  extnID: extensionOid[name],
  ...value,
})
const subjectKey = (id: Uint8Array) => extension('subjectKeyIdentifier', plain(SubjectKeyIdentifier, id))
const authorityKey = (keyIdentifier: Uint8Array) =>
  extension('authorityKeyIdentifier', plain(AuthorityKeyIdentifier, { keyIdentifier }))
const ca = (pathLenConstraint?: number) =>
  extension(
    'basicConstraints',
    critical(BasicConstraints, { cA: true, ...(pathLenConstraint === undefined ? {} : { pathLenConstraint }) }),
  )
const date = (text: string): Date => new Date(`${text}T00:00:00Z`)
const published = [
  extension('cRLDistributionPoints', crlAt('http://pki.example.com/ca.crl')),
  extension('authorityInfoAccess', infoAt(['caIssuers', 'http://pki.example.com/ca.cer'])),
]
const ecdsaSha256 = { algorithm: '1.2.840.10045.4.3.2' }

const rootTbs: TBSCertificate = {
  version: 2,
  serialNumber: fromHex('10'.repeat(16)),
  signature: ecdsaSha256,
  issuer: parseName('CN=Test Root,O=Example Ltd,C=AT'),
  validity: { notBefore: date('2026-01-01'), notAfter: date('2046-01-01') },
  subject: parseName('CN=Test Root,O=Example Ltd,C=AT'),
  subjectPublicKeyInfo: keys.p256,
  extensions: [ca(), extension('keyUsage', usage('keyCertSign', 'cRLSign')), subjectKey(identifiers.root)],
}

const issuingTbs: TBSCertificate = {
  ...rootTbs,
  serialNumber: fromHex('11'.repeat(16)),
  subject: parseName('CN=Test Issuing,O=Example Ltd,C=AT'),
  validity: { notBefore: date('2026-01-02'), notAfter: date('2036-01-01') },
  extensions: [
    ca(0),
    extension('keyUsage', usage('keyCertSign', 'cRLSign')),
    subjectKey(identifiers.issuing),
    authorityKey(identifiers.root),
    extension('certificatePolicies', policies('2.5.29.32.0')),
    extension('extendedKeyUsage', purposes('serverAuth', 'clientAuth')),
    ...published,
  ],
}

const leafTbs: TBSCertificate = {
  ...rootTbs,
  serialNumber: fromHex('12'.repeat(16)),
  issuer: issuingTbs.subject,
  subject: parseName('CN=device-1.example.com'),
  validity: { notBefore: date('2026-04-01'), notAfter: date('2026-09-01') },
  extensions: [
    extension('keyUsage', usage('digitalSignature')),
    extension('extendedKeyUsage', purposes('serverAuth', 'clientAuth')),
    extension('subjectAltName', dns('device-1.example.com')),
    subjectKey(identifiers.leaf),
    authorityKey(identifiers.issuing),
    ...published,
  ],
}

function changed(base: TBSCertificate, { with: values = {}, more = [], issuerTbs, sources, ...fields }: Change) {
  const replaced = (base.extensions ?? []).flatMap((found) => {
    const name = Object.keys(values).find((key) => extensionOid[key as keyof typeof extensionOid] === found.extnID)
    if (name === undefined) return [found]
    const value = values[name as keyof typeof extensionOid]
    return value === null || value === undefined ? [] : [{ ...found, ...value }]
  })
  const added = Object.entries(values).flatMap(([name, value]) => {
    const extnID = extensionOid[name as keyof typeof extensionOid]
    return value === null || replaced.some((found) => found.extnID === extnID) ? [] : [{ extnID, ...value }]
  })
  return { ...base, extensions: [...replaced, ...added, ...more], ...fields }
}

const sample = (base: TBSCertificate, above: TBSCertificate | undefined, change: Change): Sample => {
  const issuer = change.issuerTbs ?? above
  return {
    tbs: changed(base, change),
    ...(issuer === undefined ? {} : { issuer }),
    ...(change.sources === undefined ? {} : { policy: { sources: change.sources } }),
  }
}

/** A self-signed CA. */
export const root = (change: Change = {}): Sample => sample(rootTbs, undefined, change)
/** A CA below it. */
export const issuing = (change: Change = {}): Sample => sample(issuingTbs, rootTbs, change)
/** A device below that. */
export const leaf = (change: Change = {}): Sample => sample(leafTbs, issuingTbs, change)
/** Its certificate with other extensions than those of a TLS device. */
export const bare = (change: Change = {}): Sample =>
  leaf({ ...change, with: { extendedKeyUsage: null, subjectAltName: null, ...change.with } })

/** Names with attributes of any type, as pairs of the identifier and the DER of the value in hexadecimal. */
export const nameOf = (...attributes: (readonly [string, string])[]): TBSCertificate['subject'] =>
  attributes.map(([type, value]) => [{ type, value: fromHex(value) }])
