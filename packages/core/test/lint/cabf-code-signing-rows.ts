import { KeyUsage, parseName } from '@certwright/core/x509'
import type { Row } from './rules.js'
import { bare, type Change, crlAt, infoAt, keys, plain, policies, purposes, usage } from './samples.js'

const subject = 'CN=Example Ltd,O=Example Ltd,L=Wien,C=AT'

/** A code signing certificate that is not of extended validation. */
export const signer = (change: Change = {}) =>
  bare({
    subject: parseName(subject),
    ...change,
    with: {
      certificatePolicies: policies('2.23.140.1.4.1'),
      extendedKeyUsage: purposes('codeSigning'),
      ...change.with,
    },
  })
const ext = (change: Change['with']) => signer({ with: change })
const validity = (notBefore: string, notAfter: string) => ({
  validity: { notBefore: new Date(`${notBefore}T00:00:00Z`), notAfter: new Date(`${notAfter}T00:00:00Z`) },
})

export const codeSigningRows: readonly Row[] = [
  ['cs-policy', signer(), ext({ certificatePolicies: policies('2.23.140.1.4.9') })],
  ['cs-purpose', signer(), ext({ extendedKeyUsage: purposes('clientAuth') })],
  ['cs-forbidden-purposes', signer(), ext({ extendedKeyUsage: purposes('codeSigning', 'serverAuth') })],
  [
    'cs-key-usage',
    signer(),
    ext({ keyUsage: null }),
    ext({ keyUsage: plain(KeyUsage, new Set(['digitalSignature'] as const)) }),
    ext({ keyUsage: usage('digitalSignature', 'nonRepudiation') }),
  ],
  [
    'cs-crl-distribution-points',
    signer(),
    ext({ cRLDistributionPoints: null }),
    ext({ cRLDistributionPoints: crlAt('ldap://pki.example.com/cn=ca') }),
  ],
  [
    'cs-authority-info-access',
    signer(),
    ext({ authorityInfoAccess: null }),
    ext({ authorityInfoAccess: infoAt(['ocsp', 'https://ocsp.example.com']) }),
  ],
  ['cs-key-size', signer({ subjectPublicKeyInfo: keys.rsa3072 }), signer({ subjectPublicKeyInfo: keys.rsa2048 })],
  [
    'cs-validity',
    signer(validity('2026-04-01', '2027-07-04')),
    signer(validity('2026-04-01', '2027-07-06')),
    signer(validity('2026-01-02', '2029-05-01')),
  ],
  ['cs-subject', signer(), signer({ subject: parseName('CN=Example Ltd,C=AT') })],
]
