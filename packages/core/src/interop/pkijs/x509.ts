import * as pkijs from 'pkijs'
import type { DecodeOptions } from '../../asn1/index.js'
import { Certificate, CertificateList, CertificationRequest, SubjectPublicKeyInfo } from '../../x509/index.js'
import { readBy } from '../read-by.js'
import { octetsOf, signedOctetsOf } from './octets.js'

/**
 * A certificate as `pkijs.Certificate`.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it.
 */
export function toPkijsCertificate(certificate: Certificate): pkijs.Certificate {
  const der = Certificate.encode(certificate)
  return readBy('asn1', 'pkijs does not read this certificate', () => pkijs.Certificate.fromBER(der))
}

/**
 * The certificate of a `pkijs.Certificate` that was read or signed.
 *
 * @throws CertwrightError `asn1` when it was not signed yet, or (Asn1Error) is not what the options allow: strict DER
 * unless told otherwise.
 */
export const fromPkijsCertificate = (certificate: pkijs.Certificate, options?: DecodeOptions): Certificate =>
  Certificate.decode(signedOctetsOf(certificate), options)

/**
 * A certification request as `pkijs.CertificationRequest`.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it.
 */
export function toPkijsRequest(request: CertificationRequest): pkijs.CertificationRequest {
  const der = CertificationRequest.encode(request)
  return readBy('asn1', 'pkijs does not read this request', () => pkijs.CertificationRequest.fromBER(der))
}

/**
 * The request of a `pkijs.CertificationRequest` that was read or signed.
 *
 * @throws CertwrightError `asn1` when it was not signed yet, or (Asn1Error) is not what the options allow: strict DER
 * unless told otherwise.
 */
export const fromPkijsRequest = (request: pkijs.CertificationRequest, options?: DecodeOptions): CertificationRequest =>
  CertificationRequest.decode(signedOctetsOf(request), options)

/**
 * A CRL as `pkijs.CertificateRevocationList`.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it, or it has more elements than asn1js reads.
 */
export function toPkijsCrl(crl: CertificateList): pkijs.CertificateRevocationList {
  const der = CertificateList.encode(crl)
  return readBy('asn1', 'pkijs does not read this CRL, or it is too large for asn1js', () =>
    pkijs.CertificateRevocationList.fromBER(der),
  )
}

/**
 * The CRL of a `pkijs.CertificateRevocationList` that was read or signed.
 *
 * @throws CertwrightError `asn1` when it was not signed yet, or (Asn1Error) is not what the options allow: strict DER
 * unless told otherwise.
 */
export const fromPkijsCrl = (crl: pkijs.CertificateRevocationList, options?: DecodeOptions): CertificateList =>
  CertificateList.decode(signedOctetsOf(crl), options)

/**
 * A public key as `pkijs.PublicKeyInfo`.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it.
 */
export function toPkijsPublicKey(key: SubjectPublicKeyInfo): pkijs.PublicKeyInfo {
  const der = SubjectPublicKeyInfo.encode(key)
  return readBy('asn1', 'pkijs does not read this public key', () => pkijs.PublicKeyInfo.fromBER(der))
}

/**
 * The SubjectPublicKeyInfo of a `pkijs.PublicKeyInfo`.
 *
 * @throws CertwrightError `asn1` when pkijs cannot write it, or (Asn1Error) it is not DER.
 */
export const fromPkijsPublicKey = (key: pkijs.PublicKeyInfo): SubjectPublicKeyInfo =>
  SubjectPublicKeyInfo.decode(octetsOf(key))
