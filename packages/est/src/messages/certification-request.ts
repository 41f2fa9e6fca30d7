import { encodeBase64 } from '@certwright/core/asn1'
import { CertificationRequest } from '@certwright/core/x509'
import { decodeBody } from './body.js'

const armourRules = {
  labels: ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'],
  what: 'certification request (PKCS#10)',
} as const

/** id-cmc-changeSubjectName, RFC 6402 section 2.8. */
const changeSubjectName = '1.3.6.1.5.5.7.7.36'

/**
 * Reads the body of simpleenroll and simplereenroll (RFC 7030 section 4.2.1) in any of the forms of `decodeBody`.
 *
 * @throws CertwrightError `asn1` (naming offset and field) or `pem` when it is not one certification request.
 */
export function decodeCertificationRequest(body: Uint8Array): CertificationRequest {
  return CertificationRequest.decode(decodeBody(body, armourRules))
}

/** The body that carries a DER certification request: base64 in one line (RFC 8951 section 3). */
export function encodeCertificationRequest(request: Uint8Array): string {
  return encodeBase64(request)
}

/** Whether the request asks for other names than those of the certificate it renews (RFC 7030 section 4.2.2). */
export function asksForOtherNames({ certificationRequestInfo }: CertificationRequest): boolean {
  return certificationRequestInfo.value.attributes.some(({ type }) => type === changeSubjectName)
}
