import { fromHex, objectIdentifier, octetString, toHex } from '@certwright/core/asn1'
import {
  AuthEnvelopedData,
  attribute,
  attributeTypeOid,
  CmsAlgorithmProtection,
  ContentInfo,
  contentTypeOid,
  DigestedData,
  decodeCertsOnly,
  EncapsulatedContentInfo,
  EncryptedData,
  EnvelopedData,
  KemRecipientInfo,
  type RecipientInfo,
  SignedAttributes,
  SignedData,
  SignerInfo,
  SigningCertificateV2,
  SigningTime,
} from '@certwright/core/cms'
import { parseName } from '@certwright/core/x509'
import { type FuzzTarget, refusedOr, schemaTarget } from './target.js'

/** A SignedData with all that may be absent. */
const signedData = (certificate: Uint8Array, crl: Uint8Array): Uint8Array =>
  SignedData.encode({
    version: 5,
    digestAlgorithms: [{ algorithm: '2.16.840.1.101.3.4.2.1' }],
    encapContentInfo: { eContentType: contentTypeOid.data, eContent: octetString.encode(fromHex('0102')) },
    certificates: [certificate, fromHex('a3020500')],
    crls: [crl, fromHex('a1040602 2a03'.replace(' ', ''))],
    signerInfos: [fromHex('3003020101')],
  })

/** A message as streaming senders write it: indefinite lengths, and the content in pieces. */
const streamed = fromHex(
  `3080${toHex(objectIdentifier.encode(contentTypeOid.data))}a0802480${toHex(octetString.encode(fromHex('0102')))}0401ff000000000000`,
)

const algorithm = { algorithm: '2.16.840.1.101.3.4.1.5' }
const encryptedKey = fromHex('00112233445566778899aabbccddeeff')
const issuerAndSerialNumber = {
  type: 'issuerAndSerialNumber',
  value: { issuer: parseName('CN=seed,O=Acme'), serialNumber: fromHex('06') },
} as const
const subjectKeyIdentifier = { type: 'subjectKeyIdentifier', value: fromHex('0102') } as const
const common = { keyEncryptionAlgorithm: algorithm, encryptedKey }
const kem = KemRecipientInfo.encode({
  ...{ version: 0, rid: subjectKeyIdentifier, kem: { algorithm: '2.16.840.1.101.3.4.4.2' }, kemct: encryptedKey },
  ...{
    kdf: { algorithm: '1.2.840.113549.1.9.16.3.28' },
    kekLength: 32,
    ukm: fromHex('01'),
    wrap: algorithm,
    encryptedKey,
  },
})

/** One recipient of every kind. */
const recipientInfos: readonly RecipientInfo[] = [
  { type: 'ktri', value: { version: 0, rid: issuerAndSerialNumber, ...common } },
  { type: 'ktri', value: { version: 2, rid: subjectKeyIdentifier, ...common } },
  {
    type: 'kari',
    value: {
      version: 3,
      originator: {
        type: 'originatorKey',
        value: { algorithm: { algorithm: '1.2.840.10045.2.1' }, publicKey: { unusedBits: 0, bytes: encryptedKey } },
      },
      ukm: fromHex('0102'),
      keyEncryptionAlgorithm: algorithm,
      recipientEncryptedKeys: [
        { rid: issuerAndSerialNumber, encryptedKey },
        { rid: { type: 'rKeyId', value: { subjectKeyIdentifier: fromHex('0102'), date: new Date(0) } }, encryptedKey },
      ],
    },
  },
  { type: 'kekri', value: { version: 4, kekid: { keyIdentifier: fromHex('01') }, ...common } },
  { type: 'pwri', value: { version: 0, keyDerivationAlgorithm: algorithm, ...common } },
  { type: 'ori', value: { oriType: '1.2.840.113549.1.9.16.13.3', oriValue: kem } },
]

const encryptedContentInfo = {
  contentType: contentTypeOid.data,
  contentEncryptionAlgorithm: algorithm,
  encryptedContent: encryptedKey,
}
const attributes = [attribute(attributeTypeOid.signingTime, SigningTime, new Date(0))]

/** A [n] IMPLICIT SET OF, as signed or authenticated attributes are kept. */
function tagged(tag: number) {
  const bytes = SignedAttributes.encode(attributes)
  bytes[0] = tag
  return { bytes, value: attributes }
}

const signerInfo = SignerInfo.encode({
  ...{ version: 1, sid: issuerAndSerialNumber, digestAlgorithm: algorithm, signedAttrs: tagged(0xa0) },
  ...{ signatureAlgorithm: algorithm, signature: encryptedKey, unsignedAttrs: attributes },
})

const envelopeTargets: Readonly<Record<string, FuzzTarget>> = {
  'signer-info': schemaTarget(SignerInfo, [signerInfo]),
  'enveloped-data': schemaTarget(EnvelopedData, [
    EnvelopedData.encode({ version: 2, recipientInfos, encryptedContentInfo, unprotectedAttrs: attributes }),
  ]),
  'auth-enveloped-data': schemaTarget(AuthEnvelopedData, [
    AuthEnvelopedData.encode({
      ...{ version: 0, recipientInfos, authEncryptedContentInfo: encryptedContentInfo },
      ...{ authAttrs: tagged(0xa1), mac: encryptedKey, unauthAttrs: attributes },
    }),
  ]),
  'kem-recipient': schemaTarget(KemRecipientInfo, [kem]),
  'encrypted-data': schemaTarget(EncryptedData, [EncryptedData.encode({ version: 0, encryptedContentInfo })]),
  'digested-data': schemaTarget(DigestedData, [
    DigestedData.encode({
      version: 0,
      digestAlgorithm: algorithm,
      encapContentInfo: { eContentType: contentTypeOid.data, eContent: octetString.encode(encryptedKey) },
      digest: encryptedKey,
    }),
  ]),
  'signing-certificate': schemaTarget(SigningCertificateV2, [
    SigningCertificateV2.encode({
      certs: [{ hashAlgorithm: { algorithm: '2.16.840.1.101.3.4.2.3' }, certHash: encryptedKey }],
    }),
  ]),
  'algorithm-protection': schemaTarget(CmsAlgorithmProtection, [
    CmsAlgorithmProtection.encode({ digestAlgorithm: algorithm, signatureAlgorithm: algorithm }),
  ]),
}

/** The decoders of core/cms that read messages. */
export function cmsTargets(messages: {
  readonly certsOnly: Uint8Array
  readonly certificate: Uint8Array
  readonly crl: Uint8Array
}): Readonly<Record<string, FuzzTarget>> {
  const signed = signedData(messages.certificate, messages.crl)
  const content = ContentInfo.encode({ contentType: contentTypeOid.signedData, content: signed })
  return {
    ...envelopeTargets,
    'certs-only': {
      seeds: [messages.certsOnly, content],
      run: (input) => {
        refusedOr(() => decodeCertsOnly(input))
        refusedOr(() => decodeCertsOnly(input, { encoding: 'ber' }))
      },
    },
    'content-info': schemaTarget(ContentInfo, [messages.certsOnly, content, streamed]),
    'signed-data': schemaTarget(SignedData, [signed]),
    'encapsulated-content': schemaTarget(EncapsulatedContentInfo, [
      EncapsulatedContentInfo.encode({
        eContentType: contentTypeOid.data,
        eContent: octetString.encode(fromHex('0102')),
      }),
    ]),
  }
}
