import { fromHex } from '@certwright/core/asn1'
import { AuthorityKeyIdentifier, parseName, SubjectDirectoryAttributes } from '@certwright/core/x509'
import type { Row } from './rules.js'
import { bare, type Change, crlAt, dns, email, infoAt, leaf, plain, policies, purposes, usage } from './samples.js'

const mailbox = 'user@example.com'

/** A mailbox-validated certificate of the strict generation, unless said otherwise. */
export const user = (change: Change = {}) =>
  bare({
    subject: parseName(`CN=${mailbox}`),
    ...change,
    with: {
      certificatePolicies: policies('2.23.140.1.5.1.3'),
      extendedKeyUsage: purposes('emailProtection'),
      subjectAltName: email(mailbox),
      ...change.with,
    },
  })
const ext = (change: Change['with']) => user({ with: change })
const of = (kind: string, subject: string, change: Change['with'] = {}) =>
  user({ subject: parseName(subject), with: { certificatePolicies: policies(`2.23.140.1.5.${kind}`), ...change } })
const validity = (notAfter: string) => ({
  validity: { notBefore: new Date('2026-04-01T00:00:00Z'), notAfter: new Date(`${notAfter}T00:00:00Z`) },
})
const organization = 'O=Example Ltd,ORGANIZATIONIDENTIFIER=NTRAT-123456a,C=AT'
const attributes = [{ type: '1.3.6.1.5.5.7.9.1', values: [fromHex('180f31393730303130313030303030305a')] }]

export const smimeRows: readonly Row[] = [
  [
    'smime-policy',
    user(),
    ext({ certificatePolicies: policies('2.23.140.1.5.1.3', '2.23.140.1.5.1.2') }),
    leaf({ sources: ['cabf-smime'] }),
  ],
  ['smime-legacy', user(), of('1.1', `CN=${mailbox}`)],
  ['smime-validity', user(validity('2028-07-03')), user(validity('2028-07-10'))],
  ['smime-alternative-name', user(), ext({ subjectAltName: dns('example.com') })],
  ['smime-purpose', user(), ext({ extendedKeyUsage: purposes('clientAuth') })],
  ['smime-strict-purpose', user(), ext({ extendedKeyUsage: purposes('emailProtection', 'clientAuth') })],
  [
    'smime-forbidden-purposes',
    of('1.2', `CN=${mailbox}`, { extendedKeyUsage: purposes('emailProtection', 'clientAuth') }),
    of('1.2', `CN=${mailbox}`, { extendedKeyUsage: purposes('emailProtection', 'serverAuth') }),
  ],
  [
    'smime-key-usage',
    user(),
    ext({ keyUsage: null }),
    ext({ keyUsage: usage('digitalSignature', 'keyCertSign') }),
    ext({ keyUsage: usage('nonRepudiation') }),
  ],
  [
    'smime-crl-distribution-points',
    user(),
    ext({ cRLDistributionPoints: null }),
    ext({ cRLDistributionPoints: crlAt('ldap://pki.example.com/cn=ca') }),
  ],
  ['smime-authority-info-access', user(), ext({ authorityInfoAccess: infoAt(['ocsp', 'https://ocsp.example.com']) })],
  ['smime-mailbox-validated-subject', user(), of('1.3', `CN=${mailbox},O=Example Ltd`)],
  ['smime-organization-validated-subject', of('2.3', organization), of('2.3', 'O=Example Ltd,C=AT')],
  ['smime-individual-subject', of('3.3', `G=Ada,${organization}`), of('4.3', 'CN=Ada Byron'), of('3.3', organization)],
  [
    'smime-email-in-alternative-name',
    user({ subject: parseName(`E=${mailbox}`) }),
    user({ subject: parseName('E=other@example.com') }),
    user({ subject: parseName('CN=Ada') }),
  ],
  [
    'smime-single-email',
    user({ subject: parseName(`E=${mailbox}`) }),
    user({ subject: parseName(`E=${mailbox},E=${mailbox}`) }),
  ],
  [
    'smime-subject-directory-attributes',
    user(),
    ext({ subjectDirectoryAttributes: plain(SubjectDirectoryAttributes, attributes) }),
  ],
  ['smime-country', of('2.3', organization), of('2.3', organization.replace('C=AT', 'C=ZZ'))],
  ['smime-alternative-name-not-critical', user(), ext({ subjectAltName: { ...email(mailbox), critical: true } })],
  [
    'smime-authority-key-identifier',
    user(),
    ext({
      authorityKeyIdentifier: plain(AuthorityKeyIdentifier, {
        keyIdentifier: fromHex('02'.repeat(20)),
        authorityCertIssuer: [{ type: 'directoryName', value: parseName('CN=Test Root') }],
        authorityCertSerialNumber: fromHex('01'),
      }),
    }),
  ],
]
