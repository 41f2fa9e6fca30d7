import type { DecodeOptions } from '../asn1/index.js'
import { contentOfType } from './content.js'
import { ContentInfo, contentTypeOid } from './content-info.js'
import { SignedData } from './signed-data.js'

/** What a certs-only message carries, each the DER of a Certificate or a CertificateList. */
export interface CertsOnly {
  readonly certificates: Uint8Array[]
  readonly crls: Uint8Array[]
}

/** Of CertificateChoices and RevocationInfoChoice (RFC 5652 section 10.2), the X.509 ones are a plain SEQUENCE. */
export const isX509 = (element: Uint8Array): boolean => element[0] === 0x30

/**
 * A certs-only CMS message (RFC 8551 section 3.8): SignedData without content and without signers, version 1. DER sorts
 * the certificates, so their order says nothing.
 *
 * @param certificates DER of each Certificate
 * @param crls DER of each CertificateList
 * @returns DER of the ContentInfo
 * @throws Asn1Error when a part is not one DER element.
 */
export function encodeCertsOnly(certificates: readonly Uint8Array[], crls: readonly Uint8Array[] = []): Uint8Array {
  const content = SignedData.encode({
    version: 1,
    digestAlgorithms: [],
    encapContentInfo: { eContentType: contentTypeOid.data },
    certificates: certificates.length === 0 ? undefined : certificates,
    crls: crls.length === 0 ? undefined : crls,
    signerInfos: [],
  })
  return ContentInfo.encode({ contentType: contentTypeOid.signedData, content })
}

/**
 * The certificates and CRLs of a certs-only CMS message, in the order of the message. Other forms of certificates that
 * CMS knows (attribute certificates, PKCS #6) are left out. Signatures, if there are any, are not looked at.
 *
 * @param options `encoding: 'ber'` for senders that do not write DER
 * @throws Asn1Error when the bytes are not a SignedData.
 */
export function decodeCertsOnly(bytes: Uint8Array, options: DecodeOptions = {}): CertsOnly {
  const content = contentOfType(bytes, 'signedData', options)
  const { certificates = [], crls = [] } = SignedData.decode(content, options)
  return { certificates: certificates.filter(isX509), crls: crls.filter(isX509) }
}
