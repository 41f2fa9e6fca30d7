/**
 * X.509 certificates, certification requests and CRLs (RFC 5280, RFC 2986), their names and extensions, and PEM.
 *
 * @example
 * ```ts
 * import { Certificate, decodeExtension, decodePem, extensionOid, formatName, KeyUsage } from '@certwright/core/x509'
 *
 * const describe = (text: string) => {
 *   for (const { bytes } of decodePem(text, { labels: ['CERTIFICATE'] })) {
 *     const { subject, extensions } = Certificate.decode(bytes).tbsCertificate.value
 *     console.log(formatName(subject), decodeExtension(KeyUsage, extensions, extensionOid.keyUsage))
 *   }
 * }
 * ```
 *
 * @module
 */
export { AlgorithmIdentifier } from './algorithm-identifier.js'
export { Attribute } from './attribute.js'
export {
  type AttributeSyntax,
  type AttributeType,
  attributeTypeByName,
  attributeTypeByOid,
  attributeTypes,
} from './attribute-types.js'
export { attributeText, encodeAttributeText } from './attribute-value.js'
export {
  Certificate,
  CertificateSerialNumber,
  TBSCertificate,
  UniqueIdentifier,
  Validity,
  Version,
} from './certificate.js'
export { certificateNames, searchNames } from './certificate-names.js'
export {
  CertificateList,
  DeferredCertificateList,
  DeferredTBSCertList,
  findRevoked,
  RevokedCertificate,
  TBSCertList,
} from './crl.js'
export { type CrlEntry, type CrlHead, type CrlWriter, createCrlWriter } from './crl-writer.js'
export { decodeExtension, Extension, Extensions, findExtension } from './extension.js'
export * from './extensions/index.js'
export {
  EcdsaSigValue,
  EcParameters,
  EcPrivateKey,
  RsaPublicKey,
  RsassaPssParams,
  SubjectPublicKeyInfo,
} from './keys.js'
export { AttributeTypeAndValue, Name, RelativeDistinguishedName } from './name.js'
export { equalNames } from './name-compare.js'
export { type FormatNameOptions, formatName, type NameStyle } from './name-format.js'
export { parseName } from './name-parse.js'
export { oidName } from './oid-names.js'
export {
  accessMethodOid,
  attributeOid,
  extendedKeyUsageOid,
  extensionOid,
  policyOid,
  requestAttributeOid,
} from './oids.js'
export { type DecodePemOptions, decodePem, encodePem, type PemBlock, PemError, pemLabel } from './pem.js'
export { CertificationRequest, CertificationRequestInfo, ExtensionRequest, requestedExtensions } from './request.js'
export { signedStructure } from './signed.js'
