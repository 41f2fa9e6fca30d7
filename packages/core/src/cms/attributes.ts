import { hashAlgorithmIdentifier } from '../algorithms/index.js'
import {
  any,
  defaulted,
  type Infer,
  implicit,
  integerBytes,
  objectIdentifier,
  octetString,
  optional,
  type Schema,
  sequence,
  sequenceOf,
  time,
} from '../asn1/index.js'
import { GeneralName } from '../pkix/index.js'
import { AlgorithmIdentifier, type Attribute } from '../x509/index.js'

/** Attributes of signed messages: RFC 5652 section 11, RFC 5035, RFC 6211, RFC 3161 and RFC 8894. */
export const attributeTypeOid = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  countersignature: '1.2.840.113549.1.9.6',
  smimeCapabilities: '1.2.840.113549.1.9.15',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  algorithmProtection: '1.2.840.113549.1.9.52',
} as const

/** SigningTime, RFC 5652 section 11.3: UTCTime through 2049, GeneralizedTime from then on. */
export const SigningTime = time

/** CMSAlgorithmProtection, RFC 6211 section 2. */
export const CmsAlgorithmProtection = sequence({
  digestAlgorithm: AlgorithmIdentifier,
  signatureAlgorithm: optional(implicit(1, AlgorithmIdentifier)),
  macAlgorithm: optional(implicit(2, AlgorithmIdentifier)),
})
export type CmsAlgorithmProtection = Infer<typeof CmsAlgorithmProtection>

/** IssuerSerial, RFC 5035 section 4. */
export const IssuerSerial = sequence({
  issuer: sequenceOf(GeneralName),
  serialNumber: integerBytes,
})
export type IssuerSerial = Infer<typeof IssuerSerial>

const policies = sequenceOf(
  sequence({ policyIdentifier: objectIdentifier, policyQualifiers: optional(sequenceOf(any)) }),
)

/** SigningCertificate, RFC 2634 section 5.4: certificates by their SHA-1 hash, the signer's first. */
export const SigningCertificate = sequence({
  certs: sequenceOf(sequence({ certHash: octetString, issuerSerial: optional(IssuerSerial) }), { min: 1 }),
  policies: optional(policies),
})
export type SigningCertificate = Infer<typeof SigningCertificate>

/** SigningCertificateV2, RFC 5035 section 3: with any hash, SHA-256 unless another one is named. */
export const SigningCertificateV2 = sequence({
  certs: sequenceOf(
    sequence({
      hashAlgorithm: defaulted(AlgorithmIdentifier, hashAlgorithmIdentifier('sha256')),
      certHash: octetString,
      issuerSerial: optional(IssuerSerial),
    }),
    { min: 1 },
  ),
  policies: optional(policies),
})
export type SigningCertificateV2 = Infer<typeof SigningCertificateV2>

/** An attribute with one value. */
export const attribute = <T>(type: string, schema: Schema<T>, value: T): Attribute => ({
  type,
  values: [schema.encode(value)],
})
