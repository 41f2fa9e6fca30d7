import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { fromHex, ia5String } from '@certwright/core/asn1'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  CRLDistributionPoints,
  ExtendedKeyUsage,
  extendedKeyUsageOid,
  KeyUsage,
  NameConstraints,
  parseName,
} from '@certwright/core/x509'
import type { Row } from './rules.js'
import {
  type Change,
  critical,
  crlAt,
  dns,
  email,
  infoAt,
  issuing,
  keys,
  leaf,
  names,
  plain,
  policies,
  purposes,
  root,
  usage,
} from './samples.js'

const policy = { dv: '2.23.140.1.2.1', ov: '2.23.140.1.2.2', iv: '2.23.140.1.2.3', ev: '2.23.140.1.1' } as const

/** A certificate of a public TLS server, validated by domain unless said otherwise. */
export const server = (change: Change = {}) =>
  leaf({
    ...change,
    with: {
      certificatePolicies: policies(policy.dv),
      extendedKeyUsage: purposes('serverAuth'),
      subjectKeyIdentifier: null,
      ...change.with,
    },
  })
const ext = (change: Change['with']) => server({ with: change })
const named = (...values: string[]) => ext({ subjectAltName: dns(...values) })
const host = 'device-1.example.com'
const subject = (text: string, kind: keyof typeof policy = 'dv') =>
  server({ subject: parseName(text), with: { certificatePolicies: policies(policy[kind]) } })
const days = (notBefore: string, count: number) => {
  const begin = Date.parse(`${notBefore}T00:00:00Z`)
  return { validity: { notBefore: new Date(begin), notAfter: new Date(begin + count * 86_400_000 - 1000) } }
}
const address = (hex: string) => names({ type: 'dNSName', value: host }, { type: 'iPAddress', value: fromHex(hex) })
const pointer = (uri: string, policyQualifierId = '1.3.6.1.5.5.7.2.1') =>
  ext({
    certificatePolicies: plain(CertificatePolicies, [
      { policyIdentifier: policy.dv, policyQualifiers: [{ policyQualifierId, qualifier: ia5String.encode(uri) }] },
    ]),
  })
const sources = ['cabf-br'] as const
const subordinate = (change: Change['with'] = {}) => issuing({ sources, with: change })
const top = (change: Change['with'] = {}) => root({ sources, with: change })
const withoutCrl = {
  cRLDistributionPoints: null,
  authorityInfoAccess: infoAt(['caIssuers', 'http://pki.example.com/ca']),
}
const organization = `CN=${host},O=Example Ltd,L=Wien,C=AT`

export const tlsRows: readonly Row[] = [
  [
    'br-validity',
    server(days('2026-04-01', 200)),
    server(days('2026-04-01', 201)),
    server(days('2026-02-01', 399)),
    server(days('2027-04-01', 101)),
    server(days('2029-04-01', 48)),
  ],
  ['br-alternative-name-present', server(), ext({ subjectAltName: null })],
  ['br-alternative-name-kinds', server(), ext({ subjectAltName: email('user@example.com') })],
  ['br-internal-name', server(), named('server'), named('a.local'), named('a.internal')],
  ['br-underscore', server(), named('a_b.example.com')],
  ['br-reserved-label', named('xn--bcher-kva.example.com', host), named('ab--c.example.com')],
  ['br-wildcard', named('*.example.com', host), named('*.com'), named('a.*.example.com')],
  [
    'br-reserved-address',
    ext({ subjectAltName: address('08080808') }),
    ext({ subjectAltName: address('0a000001') }),
    ext({ subjectAltName: address('20010db8000000000000000000000001') }),
  ],
  ['br-common-name-in-alternative-name', server(), subject('CN=other.example.com')],
  ['br-common-name-single', server(), subject(`CN=${host},CN=${host}`)],
  [
    'br-common-name-discouraged',
    server({ subject: [], with: { subjectAltName: { ...dns(host), critical: true } } }),
    server(),
  ],
  ['br-server-auth', server(), ext({ extendedKeyUsage: purposes('clientAuth') }), ext({ extendedKeyUsage: null })],
  ['br-forbidden-purposes', server(), ext({ extendedKeyUsage: purposes('serverAuth', 'codeSigning') })],
  ['br-other-purposes', server(), ext({ extendedKeyUsage: purposes('serverAuth', 'ipsecIKE') })],
  [
    'br-purposes-not-critical',
    server(),
    ext({ extendedKeyUsage: critical(ExtendedKeyUsage, [extendedKeyUsageOid.serverAuth]) }),
  ],
  [
    'br-policy',
    server(),
    server({ sources, with: { certificatePolicies: policies('1.3.6.1.4.1.99999.1') } }),
    ext({ certificatePolicies: policies(policy.dv, policy.ov) }),
  ],
  ['br-policies-not-critical', server(), ext({ certificatePolicies: { ...policies(policy.dv), critical: true } })],
  [
    'br-policy-qualifiers',
    pointer('https://example.com/cps'),
    pointer('ftp://example.com/cps'),
    pointer('http://a', '1.3.6.1.5.5.7.2.2'),
  ],
  [
    'br-basic-constraints-critical',
    ext({ basicConstraints: critical(BasicConstraints, { cA: false }) }),
    ext({ basicConstraints: plain(BasicConstraints, { cA: false }) }),
  ],
  [
    'br-key-usage',
    server(),
    ext({ keyUsage: usage('digitalSignature', 'nonRepudiation') }),
    ext({ keyUsage: usage('keyAgreement') }),
    server({ subjectPublicKeyInfo: keys.rsa2048, with: { keyUsage: usage('keyAgreement') } }),
  ],
  ['br-key-usage-critical', server(), ext({ keyUsage: plain(KeyUsage, new Set(['digitalSignature'] as const)) })],
  ['br-authority-info-access', server(), ext({ authorityInfoAccess: null })],
  [
    'br-authority-info-access-http',
    server(),
    ext({ authorityInfoAccess: infoAt(['caIssuers', 'https://pki.example.com/ca']) }),
  ],
  [
    'br-authority-info-access-methods',
    server(),
    ext({ authorityInfoAccess: infoAt(['timeStamping', 'http://a.example.com']) }),
    ext({ authorityInfoAccess: infoAt(['ocsp', 'http://a.example.com'], ['ocsp', 'http://a.example.com']) }),
  ],
  ['br-ca-issuers', server(), ext({ authorityInfoAccess: infoAt(['ocsp', 'http://ocsp.example.com']) })],
  [
    'br-revocation-information',
    ext({ cRLDistributionPoints: null, authorityInfoAccess: infoAt(['ocsp', 'http://ocsp.example.com']) }),
    ext(withoutCrl),
    server({ ...days('2026-04-01', 8), with: withoutCrl }),
  ],
  [
    'br-crl-distribution-points',
    server(),
    ext({ cRLDistributionPoints: crlAt('https://pki.example.com/ca.crl') }),
    ext({ cRLDistributionPoints: plain(CRLDistributionPoints, [{ cRLIssuer: [{ type: 'dNSName', value: 'a' }] }]) }),
  ],
  [
    'br-crl-distribution-points-not-critical',
    server(),
    ext({ cRLDistributionPoints: { ...crlAt('http://pki.example.com/ca.crl'), critical: true } }),
  ],
  [
    'br-authority-key-identifier',
    server(),
    ext({
      authorityKeyIdentifier: plain(AuthorityKeyIdentifier, {
        keyIdentifier: fromHex('02'.repeat(20)),
        authorityCertIssuer: [{ type: 'directoryName', value: parseName('CN=Test Root') }],
        authorityCertSerialNumber: fromHex('01'),
      }),
    }),
  ],
  ['br-subject-key-identifier', server(), leaf({ with: { certificatePolicies: policies(policy.dv) } })],
  [
    'br-no-name-constraints',
    server(),
    ext({
      nameConstraints: critical(NameConstraints, {
        permittedSubtrees: [{ minimum: 0, base: { type: 'dNSName', value: 'example.com' } }],
      }),
    }),
  ],
  [
    'br-signature-algorithm',
    server(),
    server({ signature: signatureAlgorithmIdentifier('ecdsa-sha384') }),
    server({
      signature: signatureAlgorithmIdentifier('ed25519'),
      issuerTbs: issuing({ subjectPublicKeyInfo: keys.ed25519 }).tbs,
    }),
  ],
  [
    'br-key-type',
    server({ subjectPublicKeyInfo: keys.p384 }),
    server({ subjectPublicKeyInfo: keys.ed25519 }),
    server({ subjectPublicKeyInfo: keys.rsa1024 }),
    server({ subjectPublicKeyInfo: keys.rsaPss }),
  ],
  ['br-domain-validated-subject', subject(`CN=${host},C=AT`), subject(organization)],
  [
    'br-organization-validated-subject',
    subject(organization, 'ov'),
    subject(`CN=${host}`, 'ov'),
    subject(`CN=${host},O=Example Ltd,C=AT`, 'ov'),
  ],
  [
    'br-individual-validated-subject',
    subject(`CN=${host},G=Ada,SN=Byron,L=Wien,C=AT`, 'iv'),
    subject(`CN=${host},SN=Byron`, 'iv'),
  ],
  [
    'br-extended-validated-subject',
    subject(
      `CN=${host},SERIALNUMBER=1,BUSINESSCATEGORY=Private Organization,jurisdictionC=AT,O=Example Ltd,L=Wien,C=AT`,
      'ev',
    ),
    subject(organization, 'ev'),
  ],
  ['br-organizational-unit', server(), subject(`CN=${host},OU=IT,O=Example Ltd,L=Wien,C=AT`, 'ov')],
  ['br-country', subject(`CN=${host},C=XX`), subject(`CN=${host},C=ZZ`), subject(`CN=${host},C=at`)],
  [
    'br-placeholder',
    server(),
    subject(`CN=${host},O=-,L=Wien,C=AT`, 'ov'),
    subject(`CN=${host},O=N/A,L=Wien,C=AT`, 'ov'),
  ],
  ['br-attribute-unique', subject(organization, 'ov'), subject(`CN=${host},O=A,O=B,L=Wien,C=AT`, 'ov')],
  ['br-attribute-order', subject(organization, 'ov'), subject(`C=AT,L=Wien,O=Example Ltd,CN=${host}`, 'ov')],
  ['br-ca-subject', subordinate(), issuing({ sources, subject: parseName('CN=Test Issuing,O=Example Ltd') })],
  [
    'br-ca-key-usage',
    subordinate(),
    subordinate({ keyUsage: usage('keyCertSign') }),
    subordinate({ keyUsage: usage('keyCertSign', 'cRLSign', 'keyAgreement') }),
  ],
  [
    'br-ca-purposes',
    subordinate(),
    subordinate({ extendedKeyUsage: null }),
    subordinate({ extendedKeyUsage: purposes('serverAuth', 'emailProtection') }),
  ],
  [
    'br-ca-policies',
    subordinate(),
    subordinate({ certificatePolicies: null }),
    subordinate({ certificatePolicies: policies('2.5.29.32.0', policy.dv) }),
  ],
  ['br-ca-crl-distribution-points', subordinate(), subordinate({ cRLDistributionPoints: null })],
  ['br-ca-authority-info-access', subordinate(), subordinate({ authorityInfoAccess: null })],
  ['br-root-purposes', top(), top({ extendedKeyUsage: purposes('serverAuth') })],
  ['br-root-policies', top(), top({ certificatePolicies: policies('2.5.29.32.0') })],
  [
    'br-root-path-length',
    top(),
    top({ basicConstraints: critical(BasicConstraints, { cA: true, pathLenConstraint: 1 }) }),
  ],
  [
    'br-root-validity',
    top(),
    root({ sources, ...days('2026-01-01', 2000) }),
    root({ sources, ...days('2026-01-01', 9200) }),
  ],
]
