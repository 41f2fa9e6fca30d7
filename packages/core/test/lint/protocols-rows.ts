import { nullValue } from '@certwright/core/asn1'
import { QCStatements, SignedCertificateTimestampList, SMIMECapabilities, TLSFeature } from '@certwright/core/x509'
import type { Row } from './rules.js'
import { bare, type Change, critical, issuing, leaf, plain, purposes, usage } from './samples.js'

const noCheck = plain(nullValue, null)
const responder = (change: Change['with'] = {}) =>
  bare({ with: { extendedKeyUsage: purposes('ocspSigning'), ocspNoCheck: noCheck, ...change } })
const stamping = { ...purposes('timeStamping'), critical: true }
const authority = (change: Change['with'] = {}) => bare({ with: { extendedKeyUsage: stamping, ...change } })
const sct = (timestamp: string) => ({
  type: 'v1' as const,
  logID: new Uint8Array(32),
  timestamp: new Date(timestamp),
  extensions: new Uint8Array(),
  hashAlgorithm: 4,
  signatureAlgorithm: 3,
  signature: new Uint8Array(70),
})
const timestamps = plain(SignedCertificateTimestampList, [sct('2026-04-01T00:00:00Z')])
const poison = critical(nullValue, null)
const capabilities = [{ capabilityID: '2.16.840.1.101.3.4.1.42' }]
const compliance = [{ statementId: '0.4.0.1862.1.1' }]
const mustStaple = plain(TLSFeature, [5])

export const protocolRows: readonly Row[] = [
  ['ocsp-no-check-not-critical', responder(), responder({ ocspNoCheck: { ...noCheck, critical: true } })],
  ['ocsp-no-check-only-responders', responder(), leaf({ with: { ocspNoCheck: noCheck } })],
  [
    'ocsp-responder-revocation',
    responder(),
    responder({ ocspNoCheck: null, cRLDistributionPoints: null, authorityInfoAccess: null }),
  ],
  ['ocsp-responder-key-usage', responder(), responder({ keyUsage: usage('keyAgreement') })],
  ['time-stamping-critical', authority(), authority({ extendedKeyUsage: purposes('timeStamping') })],
  [
    'time-stamping-alone',
    authority(),
    authority({ extendedKeyUsage: { ...purposes('timeStamping', 'codeSigning'), critical: true } }),
  ],
  ['time-stamping-key-usage', authority(), authority({ keyUsage: usage('digitalSignature', 'keyAgreement') })],
  [
    'tls-feature-not-critical',
    leaf({ with: { tlsFeature: mustStaple } }),
    leaf({ with: { tlsFeature: { ...mustStaple, critical: true } } }),
  ],
  [
    'tls-feature-of-issuer',
    leaf({ issuerTbs: issuing({ with: { tlsFeature: mustStaple } }).tbs, with: { tlsFeature: mustStaple } }),
    leaf({ issuerTbs: issuing({ with: { tlsFeature: mustStaple } }).tbs }),
  ],
  [
    'tls-feature-not-empty',
    leaf({ with: { tlsFeature: mustStaple } }),
    leaf({ with: { tlsFeature: plain(TLSFeature, []) } }),
    leaf({ with: { tlsFeature: plain(TLSFeature, [5, 5]) } }),
  ],
  ['ct-poison-critical', leaf({ with: { ctPoison: poison } }), leaf({ with: { ctPoison: noCheck } })],
  [
    'ct-poison-without-timestamps',
    leaf({ with: { ctPoison: poison } }),
    leaf({ with: { ctPoison: poison, signedCertificateTimestamps: timestamps } }),
  ],
  [
    'ct-timestamps-only-end-entity',
    leaf({ with: { signedCertificateTimestamps: timestamps } }),
    issuing({ with: { signedCertificateTimestamps: timestamps } }),
  ],
  [
    'ct-timestamps-plausible',
    leaf({ with: { signedCertificateTimestamps: timestamps } }),
    leaf({
      with: { signedCertificateTimestamps: plain(SignedCertificateTimestampList, [sct('2030-01-01T00:00:00Z')]) },
    }),
  ],
  [
    'smime-capabilities-not-critical',
    leaf({ with: { smimeCapabilities: plain(SMIMECapabilities, capabilities) } }),
    leaf({ with: { smimeCapabilities: critical(SMIMECapabilities, capabilities) } }),
  ],
  [
    'qc-statements-not-critical',
    leaf({ with: { qcStatements: plain(QCStatements, compliance) } }),
    leaf({ with: { qcStatements: critical(QCStatements, compliance) } }),
  ],
]
