import { choice, equalBytes, type Infer, implicit, integerBytes, octetString, sequence } from '../asn1/index.js'
import {
  Certificate,
  decodeExtension,
  equalNames,
  extensionOid,
  Name,
  SubjectKeyIdentifier,
  type TBSCertificate,
} from '../x509/index.js'

/** IssuerAndSerialNumber, RFC 5652 section 10.2.4. */
export const IssuerAndSerialNumber = sequence({
  issuer: Name,
  serialNumber: integerBytes,
})
export type IssuerAndSerialNumber = Infer<typeof IssuerAndSerialNumber>

/** SignerIdentifier and RecipientIdentifier, RFC 5652 sections 5.3 and 6.2.1: which certificate is meant. */
export const CertificateIdentifier = choice({
  issuerAndSerialNumber: IssuerAndSerialNumber,
  subjectKeyIdentifier: implicit(0, octetString),
})
export type CertificateIdentifier = Infer<typeof CertificateIdentifier>

/** How a message names a certificate. */
export type IdentifierKind = CertificateIdentifier['type']

/**
 * The identifier of a certificate. Without a subject key identifier extension there is only the other kind.
 *
 * @param der DER Certificate
 */
export function certificateIdentifier(der: Uint8Array, kind: IdentifierKind): CertificateIdentifier {
  const { tbsCertificate } = Certificate.decode(der)
  const keyIdentifier = kind === 'subjectKeyIdentifier' ? keyIdentifierOf(tbsCertificate.value) : undefined
  if (keyIdentifier !== undefined) return { type: 'subjectKeyIdentifier', value: keyIdentifier }
  const { issuer, serialNumber } = tbsCertificate.value
  return { type: 'issuerAndSerialNumber', value: { issuer, serialNumber } }
}

/** Whether an identifier means this certificate. */
export function identifies(identifier: CertificateIdentifier, certificate: TBSCertificate): boolean {
  if (identifier.type === 'issuerAndSerialNumber') {
    const { issuer, serialNumber } = identifier.value
    return equalBytes(serialNumber, certificate.serialNumber) && equalNames(issuer, certificate.issuer)
  }
  const keyIdentifier = keyIdentifierOf(certificate)
  return keyIdentifier !== undefined && equalBytes(identifier.value, keyIdentifier)
}

const keyIdentifierOf = ({ extensions = [] }: TBSCertificate): Uint8Array | undefined =>
  decodeExtension(SubjectKeyIdentifier, extensions, extensionOid.subjectKeyIdentifier)
