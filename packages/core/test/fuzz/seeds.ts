import { fromHex, integer, sequenceOf, toSigned, utf8String } from '@certwright/core/asn1'
import {
  EncryptedPrivateKeyInfo,
  encodeCertsOnly,
  Pbes2Parameters,
  PrivateKeyInfo,
  ScryptParameters,
} from '@certwright/core/cms'
import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CABFOrganizationIdentifier,
  Certificate,
  CertificateList,
  CertificatePolicies,
  CertificationRequest,
  CertificationRequestInfo,
  CPSuri,
  CRLDistributionPoints,
  CRLNumber,
  CRLReason,
  ExtendedKeyUsage,
  ExtensionRequest,
  extensionOid,
  InvalidityDate,
  IssuingDistributionPoint,
  KeyUsage,
  MsTemplate,
  MsTemplateName,
  NameConstraints,
  NtdsSecurity,
  OCSPNoCheck,
  PolicyConstraints,
  PolicyMappings,
  PrivateKeyUsagePeriod,
  parseName,
  QCStatements,
  RsassaPssParams,
  requestAttributeOid,
  SignedCertificateTimestampList,
  SMIMECapabilities,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  TBSCertificate,
  TBSCertList,
  TLSFeature,
  toQcStatement,
  UserNotice,
} from '@certwright/core/x509'

const uri = (value: string) => ({ type: 'uniformResourceIdentifier', value }) as const
const key = fromHex('00112233445566778899aabbccddeeff00112233')
const algorithm = { algorithm: '1.2.840.10045.4.3.2' }
const signatureValue = { unusedBits: 0, bytes: sequenceOf(integer).encode([2n ** 255n, 2n ** 254n]) }
const name = parseName('CN=seed+UID=7,O="Acme, Inc.",DC=example,C=DE,1.2.3.4=#0c0178')
const at = (text: string): Date => new Date(text)

/** The DER of one value of every extension, by object identifier. */
export const extensionSeeds: ReadonlyMap<string, Uint8Array> = new Map([
  [extensionOid.basicConstraints, BasicConstraints.encode({ cA: true, pathLenConstraint: 1 })],
  [extensionOid.keyUsage, KeyUsage.encode(new Set(['keyCertSign', 'decipherOnly'] as const))],
  [
    extensionOid.extendedKeyUsage,
    ExtendedKeyUsage.encode(['1.3.6.1.5.5.7.3.1', '2.25.340282366920938463463374607431768211455']),
  ],
  [extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier.encode(key)],
  [
    extensionOid.authorityKeyIdentifier,
    AuthorityKeyIdentifier.encode({
      keyIdentifier: key,
      authorityCertIssuer: [{ type: 'directoryName', value: name }],
      authorityCertSerialNumber: fromHex('05'),
    }),
  ],
  [
    extensionOid.subjectAltName,
    SubjectAlternativeName.encode([
      { type: 'dNSName', value: 'a.example.org' },
      { type: 'rfc822Name', value: 'a@example.org' },
      { type: 'iPAddress', value: fromHex('0a000001') },
      { type: 'registeredID', value: '1.2.3.4' },
      { type: 'x400Address', value: [integer.encode(1n)] },
      { type: 'otherName', value: { typeId: '1.3.6.1.4.1.311.20.2.3', value: utf8String.encode('a@corp') } },
      {
        type: 'ediPartyName',
        value: { nameAssigner: { type: 'bmpString', value: 'n' }, partyName: { type: 'utf8String', value: 'p' } },
      },
      uri('urn:x'),
    ]),
  ],
  [
    extensionOid.cRLDistributionPoints,
    CRLDistributionPoints.encode([
      {
        distributionPoint: { type: 'fullName', value: [uri('http://a/')] },
        reasons: new Set(['keyCompromise', 'aACompromise'] as const),
      },
      {
        distributionPoint: { type: 'nameRelativeToCRLIssuer', value: name[0] ?? [] },
        cRLIssuer: [{ type: 'directoryName', value: name }],
      },
    ]),
  ],
  [
    extensionOid.authorityInfoAccess,
    AuthorityInfoAccess.encode([{ accessMethod: '1.3.6.1.5.5.7.48.1', accessLocation: uri('http://o/') }]),
  ],
  [
    extensionOid.certificatePolicies,
    CertificatePolicies.encode([
      {
        policyIdentifier: '1.2.3',
        policyQualifiers: [
          { policyQualifierId: '1.3.6.1.5.5.7.2.1', qualifier: CPSuri.encode('http://c/') },
          {
            policyQualifierId: '1.3.6.1.5.5.7.2.2',
            qualifier: UserNotice.encode({
              noticeRef: { organization: { type: 'visibleString', value: 'o' }, noticeNumbers: [1n, 2n ** 70n] },
              explicitText: { type: 'bmpString', value: 'text' },
            }),
          },
        ],
      },
    ]),
  ],
  [
    extensionOid.nameConstraints,
    NameConstraints.encode({
      permittedSubtrees: [{ base: { type: 'dNSName', value: 'a' }, minimum: 0 }],
      excludedSubtrees: [{ base: { type: 'iPAddress', value: new Uint8Array(8) }, minimum: 1, maximum: 2 }],
    }),
  ],
  [extensionOid.policyConstraints, PolicyConstraints.encode({ requireExplicitPolicy: 3, inhibitPolicyMapping: 0 })],
  [extensionOid.policyMappings, PolicyMappings.encode([{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }])],
  [
    extensionOid.privateKeyUsagePeriod,
    PrivateKeyUsagePeriod.encode({ notBefore: at('2020-01-01'), notAfter: at('2021-01-01') }),
  ],
  [extensionOid.cRLNumber, CRLNumber.encode(2n ** 100n)],
  [extensionOid.reasonCode, CRLReason.encode('removeFromCRL')],
  [extensionOid.invalidityDate, InvalidityDate.encode(at('2020-01-01T00:00:00.123Z'))],
  [
    extensionOid.issuingDistributionPoint,
    IssuingDistributionPoint.encode({
      distributionPoint: { type: 'fullName', value: [uri('http://a/')] },
      onlyContainsUserCerts: true,
      onlyContainsCACerts: false,
      onlySomeReasons: new Set(['superseded'] as const),
      indirectCRL: true,
      onlyContainsAttributeCerts: false,
    }),
  ],
  [extensionOid.tlsFeature, TLSFeature.encode([5, 17])],
  [extensionOid.ocspNoCheck, OCSPNoCheck.encode(null)],
  [
    extensionOid.msTemplate,
    MsTemplate.encode({ templateID: '1.3.6.1.4.1.311.21.8.1', templateMajorVersion: 100, templateMinorVersion: 3 }),
  ],
  [extensionOid.msTemplateName, MsTemplateName.encode('WebServer')],
  [
    extensionOid.ntdsSecurity,
    NtdsSecurity.encode([{ typeId: '1.3.6.1.4.1.311.25.2.1', value: new TextEncoder().encode('S-1-5-21-1') }]),
  ],
  [
    extensionOid.qcStatements,
    QCStatements.encode([
      { statementId: '0.4.0.1862.1.1' },
      { statementId: '0.4.0.1862.1.3', statementInfo: integer.encode(20n) },
      toQcStatement({ type: 'pkixSyntaxV2', info: { semanticsIdentifier: '0.4.0.194121.1.2' } }),
      toQcStatement({
        type: 'qcLimitValue',
        info: { currency: { type: 'alphabetic', value: 'EUR' }, amount: 1n, exponent: -3n },
      }),
      toQcStatement({ type: 'qcPDS', info: [{ url: 'https://a', language: 'en' }] }),
      toQcStatement({ type: 'qcType', info: ['0.4.0.1862.1.6.3'] }),
      toQcStatement({ type: 'qcCClegislation', info: ['DE'] }),
      toQcStatement({
        type: 'psd2',
        info: { rolesOfPSP: [{ roleOfPspOid: '0.4.0.19495.1.2', roleOfPspName: 'PSP_PI' }], nCAName: 'a', nCAId: 'b' },
      }),
    ]),
  ],
  [
    extensionOid.signedCertificateTimestamps,
    SignedCertificateTimestampList.encode([
      {
        type: 'v1',
        logID: new Uint8Array(32),
        timestamp: at('2026-11-20'),
        extensions: Uint8Array.of(1),
        hashAlgorithm: 4,
        signatureAlgorithm: 3,
        signature: key,
      },
      { type: 'unknown', bytes: Uint8Array.of(1, 2) },
    ]),
  ],
  [extensionOid.smimeCapabilities, SMIMECapabilities.encode([{ capabilityID: '2.16.840.1.101.3.4.1.42' }])],
  [
    extensionOid.cabfOrganizationIdentifier,
    CABFOrganizationIdentifier.encode({
      registrationSchemeIdentifier: 'NTR',
      registrationCountry: 'DE',
      registrationStateOrProvince: 'BY',
      registrationReference: '123',
    }),
  ],
])

const extensions = [...extensionSeeds].map(([extnID, extnValue], index) => ({
  extnID,
  critical: index % 2 === 0,
  extnValue,
}))
const subjectPublicKeyInfo = {
  algorithm: { algorithm: '1.2.840.10045.2.1', parameters: fromHex('06082a8648ce3d030107') },
  subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array(65).fill(4) },
}

const tbsCertificate = toSigned(TBSCertificate, {
  version: 2,
  serialNumber: fromHex('00ff'),
  signature: algorithm,
  issuer: name,
  validity: { notBefore: at('2020-01-01'), notAfter: at('2060-01-01') },
  subject: name,
  subjectPublicKeyInfo,
  issuerUniqueID: { unusedBits: 4, bytes: Uint8Array.of(0x50) },
  extensions,
})

const certificationRequestInfo = toSigned(CertificationRequestInfo, {
  version: 0,
  subject: name,
  subjectPKInfo: subjectPublicKeyInfo,
  attributes: [
    { type: requestAttributeOid.extensionRequest, values: [ExtensionRequest.encode(extensions)] },
    { type: requestAttributeOid.challengePassword, values: [utf8String.encode('x')] },
  ],
})

const tbsCertList = toSigned(TBSCertList, {
  version: 1,
  signature: algorithm,
  issuer: name,
  thisUpdate: at('2020-01-01'),
  nextUpdate: at('2060-01-01'),
  revokedCertificates: [
    { userCertificate: fromHex('05'), revocationDate: at('2020-01-01') },
    { userCertificate: fromHex('06'), revocationDate: at('2020-01-01'), crlEntryExtensions: extensions.slice(14, 16) },
  ],
  crlExtensions: extensions.slice(13, 17),
})

const certificate = Certificate.encode({ tbsCertificate, signatureAlgorithm: algorithm, signatureValue })
const kdf = { salt: key, costParameter: 16384n, blockSize: 8n, parallelizationParameter: 1n, keyLength: 32n }
const pbes2 = Pbes2Parameters.encode({
  keyDerivationFunc: { algorithm: '1.3.6.1.4.1.11591.4.11', parameters: ScryptParameters.encode(kdf) },
  encryptionScheme: { algorithm: '2.16.840.1.101.3.4.1.42', parameters: fromHex('0400') },
})

/** Whole messages to mutate. */
export const seeds = {
  certificate,
  request: CertificationRequest.encode({
    certificationRequestInfo,
    signatureAlgorithm: algorithm,
    signature: signatureValue,
  }),
  crl: CertificateList.encode({ tbsCertList, signatureAlgorithm: algorithm, signatureValue }),
  certsOnly: encodeCertsOnly([certificate]),
  privateKey: PrivateKeyInfo.encode({
    version: 0,
    privateKeyAlgorithm: subjectPublicKeyInfo.algorithm,
    privateKey: key,
    attributes: [],
  }),
  encryptedKey: EncryptedPrivateKeyInfo.encode({
    encryptionAlgorithm: { algorithm: '1.2.840.113549.1.5.13', parameters: pbes2 },
    encryptedData: key,
  }),
  pss: RsassaPssParams.encode({
    hashAlgorithm: { algorithm: '2.16.840.1.101.3.4.2.1' },
    maskGenAlgorithm: { algorithm: '1.2.840.113549.1.1.8', parameters: fromHex('300b0609608648016503040201') },
    saltLength: 32,
    trailerField: 1,
  }),
  scrypt: ScryptParameters.encode(kdf),
  name: TBSCertificate.decode(tbsCertificate.bytes).subject,
} as const
