import { fromHex, toSigned } from '@certwright/core/asn1'
import {
  Certificate,
  CertificationRequest,
  CertificationRequestInfo,
  parseName,
  TBSCertificate,
} from '@certwright/core/x509'

const signatureAlgorithm = { algorithm: '1.2.840.10045.4.3.2' }
const signature = { unusedBits: 0, bytes: fromHex('3006020101020101') }
const subject = parseName('CN=device-1,O=Acme')
const key = {
  algorithm: { algorithm: '1.2.840.10045.2.1', parameters: fromHex('06082a8648ce3d030107') },
  subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array(65).fill(4) },
}

/** A request, signed by nobody. */
export const request = CertificationRequest.encode({
  certificationRequestInfo: toSigned(CertificationRequestInfo, {
    version: 0,
    subject,
    subjectPKInfo: key,
    attributes: [],
  }),
  signatureAlgorithm,
  signature,
})

/** A certificate, signed by nobody. */
export const certificate = Certificate.encode({
  tbsCertificate: toSigned(TBSCertificate, {
    version: 2,
    serialNumber: fromHex('05'),
    signature: signatureAlgorithm,
    issuer: subject,
    validity: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') },
    subject,
    subjectPublicKeyInfo: key,
  }),
  signatureAlgorithm,
  signatureValue: signature,
})
