import 'reflect-metadata'
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { fromHex, integer, type Schema, toSigned } from '@certwright/core/asn1'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  accessMethodOid,
  BasicConstraints,
  CertificateList,
  CertificationRequest,
  CertificationRequestInfo,
  CRLDistributionPoints,
  DeferredCertificateList,
  ExtendedKeyUsage,
  ExtensionRequest,
  extendedKeyUsageOid,
  extensionOid,
  KeyUsage,
  parseName,
  requestAttributeOid,
  requestedExtensions,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  TBSCertList,
} from '@certwright/core/x509'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { measure, type Row, round } from './_measure.js'

const ecdsaWithSha256 = { algorithm: '1.2.840.10045.4.3.2' }
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const subjectPublicKeyInfo = SubjectPublicKeyInfo.decode(publicKey.export({ type: 'spki', format: 'der' }))
const subject = parseName('CN=device-1,O=Acme,C=DE')
const uri = (value: string) => ({ type: 'uniformResourceIdentifier', value }) as const

const schemas: ReadonlyMap<string, Schema<unknown>> = new Map<string, Schema<unknown>>([
  [extensionOid.subjectAltName, SubjectAlternativeName],
  [extensionOid.keyUsage, KeyUsage],
  [extensionOid.extendedKeyUsage, ExtendedKeyUsage],
])

/** A P-256 request with three extensions, as devices send it: about 330 octets. */
function makeRequest(): Uint8Array {
  const extensions = [
    {
      extnID: extensionOid.subjectAltName,
      critical: false,
      extnValue: SubjectAlternativeName.encode([
        { type: 'dNSName', value: 'device-1.example.org' },
        { type: 'iPAddress', value: fromHex('0a000001') },
      ]),
    },
    {
      extnID: extensionOid.keyUsage,
      critical: true,
      extnValue: KeyUsage.encode(new Set(['digitalSignature'] as const)),
    },
    {
      extnID: extensionOid.extendedKeyUsage,
      critical: false,
      extnValue: ExtendedKeyUsage.encode([extendedKeyUsageOid.clientAuth]),
    },
  ]
  const certificationRequestInfo = toSigned(CertificationRequestInfo, {
    version: 0,
    subject,
    subjectPKInfo: subjectPublicKeyInfo,
    attributes: [{ type: requestAttributeOid.extensionRequest, values: [ExtensionRequest.encode(extensions)] }],
  })
  const bytes = new Uint8Array(sign('sha256', certificationRequestInfo.bytes, privateKey))
  const signature = { unusedBits: 0, bytes }
  return CertificationRequest.encode({ certificationRequestInfo, signatureAlgorithm: ecdsaWithSha256, signature })
}

function decodeRequest(der: Uint8Array): unknown {
  const request = CertificationRequest.decode(der)
  const values: unknown[] = []
  for (const { extnID, extnValue } of requestedExtensions(request.certificationRequestInfo.value)) {
    values.push(schemas.get(extnID)?.decode(extnValue))
  }
  return [request, values]
}

/** Everything a leaf certificate of a device has, extension values and names included. */
function encodeLeaf(): Uint8Array {
  const keyIdentifier = fromHex('00112233445566778899aabbccddeeff00112233')
  return TBSCertificate.encode({
    version: 2,
    serialNumber: fromHex('7fc0ffee00c0ffee00c0ffee00c0ffee'),
    signature: ecdsaWithSha256,
    issuer: subject,
    validity: { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2026-01-01T00:00:00Z') },
    subject,
    subjectPublicKeyInfo,
    extensions: [
      { extnID: extensionOid.basicConstraints, critical: true, extnValue: BasicConstraints.encode({ cA: false }) },
      {
        extnID: extensionOid.keyUsage,
        critical: true,
        extnValue: KeyUsage.encode(new Set(['digitalSignature'] as const)),
      },
      {
        extnID: extensionOid.extendedKeyUsage,
        critical: false,
        extnValue: ExtendedKeyUsage.encode([extendedKeyUsageOid.clientAuth]),
      },
      {
        extnID: extensionOid.subjectKeyIdentifier,
        critical: false,
        extnValue: SubjectKeyIdentifier.encode(keyIdentifier),
      },
      {
        extnID: extensionOid.authorityKeyIdentifier,
        critical: false,
        extnValue: AuthorityKeyIdentifier.encode({ keyIdentifier }),
      },
      {
        extnID: extensionOid.subjectAltName,
        critical: false,
        extnValue: SubjectAlternativeName.encode([{ type: 'dNSName', value: 'device-1.example.org' }]),
      },
      {
        extnID: extensionOid.cRLDistributionPoints,
        critical: false,
        extnValue: CRLDistributionPoints.encode([
          { distributionPoint: { type: 'fullName', value: [uri('http://pki.example.org/crl/acme/devices/crl.crl')] } },
        ]),
      },
      {
        extnID: extensionOid.authorityInfoAccess,
        critical: false,
        extnValue: AuthorityInfoAccess.encode([
          { accessMethod: accessMethodOid.ocsp, accessLocation: uri('http://pki.example.org/ocsp/acme/devices') },
        ]),
      },
    ],
  })
}

function makeCrl(count: number): Uint8Array {
  const revocationDate = new Date('2025-01-01T00:00:00Z')
  const tbsCertList = toSigned(TBSCertList, {
    version: 1,
    signature: ecdsaWithSha256,
    issuer: subject,
    thisUpdate: revocationDate,
    revokedCertificates: Array.from({ length: count }, (_, index) => ({
      userCertificate: integer.encode(2n ** 120n + BigInt(index)).subarray(2),
      revocationDate,
    })),
  })
  const signatureValue = { unusedBits: 0, bytes: new Uint8Array(71) }
  return CertificateList.encode({ tbsCertList, signatureAlgorithm: ecdsaWithSha256, signatureValue })
}

/**
 * Decoding and encoding against the other codecs of JavaScript, and against the signature that follows. The others are
 * given an advantage: they only read the request, while ours decodes the value of every extension too.
 */
export function run(): Promise<readonly Row[]> {
  const der = makeRequest()
  const buffer = Uint8Array.from(der).buffer
  const tbs = encodeLeaf()
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const us = measure({
    ours: { run: () => decodeRequest(der), times: 20_000 },
    peculiar: { run: () => new Pkcs10CertificateRequest(der), times: 500 },
    peculiarExtensions: { run: () => new Pkcs10CertificateRequest(der).extensions, times: 200 },
    asn1js: { run: () => asn1js.fromBER(buffer), times: 500 },
    pkijs: { run: () => pkijs.CertificationRequest.fromBER(buffer), times: 200 },
    tbs: { run: encodeLeaf, times: 10_000 },
    sign: { run: () => sign('sha256', tbs, key), times: 2000 },
  })
  const crl = makeCrl(100_000)
  const crlUs = measure({
    deferred: { run: () => DeferredCertificateList.decode(crl), times: 20 },
    objects: { run: () => CertificateList.decode(crl), times: 2 },
  })
  return Promise.resolve([
    row('codec.csr.us', us.ours, 'us', `decode a P-256 request of ${der.length} octets, extensions included`),
    row('codec.csr.vs_peculiar', us.peculiar / us.ours, 'x', `@peculiar/x509 takes ${round(us.peculiar)} us`),
    row(
      'codec.csr.vs_peculiar_extensions',
      us.peculiarExtensions / us.ours,
      'x',
      `and ${round(us.peculiarExtensions)} us with extensions`,
    ),
    row('codec.csr.vs_pkijs', us.pkijs / us.ours, 'x', `pkijs takes ${round(us.pkijs)} us`),
    row(
      'codec.csr.vs_asn1js',
      us.asn1js / us.ours,
      'x',
      `asn1js, which knows no structure, takes ${round(us.asn1js)} us`,
    ),
    row(
      'codec.tbs_us',
      us.tbs,
      'us',
      `build and encode a leaf TBSCertificate of ${tbs.length} octets with 8 extensions`,
    ),
    row('codec.sign_us', us.sign, 'us', 'the P-256 signature that follows, for comparison'),
    row(
      'codec.crl_100k_ms',
      crlUs.deferred / 1000,
      'ms',
      `find the entries of a CRL of 100,000 (${crl.length} octets)`,
    ),
    row('codec.crl_100k_objects_ms', crlUs.objects / 1000, 'ms', 'the same with an object for each'),
  ])
}

const row = (id: string, value: number, unit: string, what: string): Row => ({ id, value: round(value), unit, what })
