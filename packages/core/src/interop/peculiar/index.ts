/**
 * Our values and those of `@peculiar/x509`, an optional peer dependency: install it, and load `reflect-metadata` before
 * it, as it asks. Both sides keep the octets they were given, so signatures stay valid in both directions.
 *
 * @example
 * ```ts run
 * import 'reflect-metadata'
 * import { memoryKeys, memoryStore, openCa } from '@certwright/core'
 * import { fromPeculiarCertificate, toPeculiarCertificate } from '@certwright/core/interop/peculiar'
 * import { Certificate, formatName } from '@certwright/core/x509'
 *
 * const ca = await openCa(
 *   { store: memoryStore(), keys: memoryKeys() },
 *   { id: 'acme~devices', subject: 'CN=Acme Device CA', profile: 'basic-ca-root' },
 * )
 * const certificate = toPeculiarCertificate(Certificate.decode(ca.certificate))
 * console.log(certificate.subject, await certificate.verify()) // CN=Acme Device CA true
 *
 * const { subject } = fromPeculiarCertificate(certificate).tbsCertificate.value
 * console.log(formatName(subject)) // CN=Acme Device CA
 * ```
 *
 * @module
 */
import { Pkcs10CertificateRequest, PublicKey, X509Certificate, X509Crl } from '@peculiar/x509'
import { type DecodeOptions, defaultLimits } from '../../asn1/index.js'
import { Certificate, CertificateList, CertificationRequest, SubjectPublicKeyInfo } from '../../x509/index.js'
import { readBy } from '../read-by.js'

/** What we have decoded was within our budgets; the 10,000 elements of asn1js would refuse the CRL of a larger CA. */
const limits = { berOptions: { maxNodes: defaultLimits.maxElements } }

/**
 * A certificate as `X509Certificate`.
 *
 * @throws CertwrightError `asn1` when `@peculiar/x509` does not read it.
 */
export function toPeculiarCertificate(certificate: Certificate): X509Certificate {
  const der = Certificate.encode(certificate)
  return readBy('asn1', '@peculiar/x509 does not read this certificate', () => new X509Certificate(der, limits))
}

/**
 * The certificate of an `X509Certificate`.
 *
 * @throws Asn1Error when it is not what the options allow: strict DER unless told otherwise.
 */
export const fromPeculiarCertificate = (certificate: X509Certificate, options?: DecodeOptions): Certificate =>
  Certificate.decode(octets(certificate), options)

/**
 * A certification request as `Pkcs10CertificateRequest`.
 *
 * @throws CertwrightError `asn1` when `@peculiar/x509` does not read it.
 */
export function toPeculiarRequest(request: CertificationRequest): Pkcs10CertificateRequest {
  const der = CertificationRequest.encode(request)
  return readBy('asn1', '@peculiar/x509 does not read this request', () => new Pkcs10CertificateRequest(der, limits))
}

/**
 * The request of a `Pkcs10CertificateRequest`.
 *
 * @throws Asn1Error when it is not what the options allow: strict DER unless told otherwise.
 */
export const fromPeculiarRequest = (request: Pkcs10CertificateRequest, options?: DecodeOptions): CertificationRequest =>
  CertificationRequest.decode(octets(request), options)

/**
 * A CRL as `X509Crl`.
 *
 * @throws CertwrightError `asn1` when `@peculiar/x509` does not read it.
 */
export function toPeculiarCrl(crl: CertificateList): X509Crl {
  const der = CertificateList.encode(crl)
  return readBy('asn1', '@peculiar/x509 does not read this CRL', () => new X509Crl(der, limits))
}

/**
 * The CRL of an `X509Crl`.
 *
 * @throws Asn1Error when it is not what the options allow: strict DER unless told otherwise.
 */
export const fromPeculiarCrl = (crl: X509Crl, options?: DecodeOptions): CertificateList =>
  CertificateList.decode(octets(crl), options)

/**
 * A public key as `PublicKey`.
 *
 * @throws CertwrightError `asn1` when `@peculiar/x509` does not read it.
 */
export function toPeculiarPublicKey(key: SubjectPublicKeyInfo): PublicKey {
  const der = SubjectPublicKeyInfo.encode(key)
  return readBy('asn1', '@peculiar/x509 does not read this public key', () => new PublicKey(der, limits))
}

/**
 * The SubjectPublicKeyInfo of a `PublicKey`.
 *
 * @throws Asn1Error when it is not DER.
 */
export const fromPeculiarPublicKey = (key: PublicKey): SubjectPublicKeyInfo => SubjectPublicKeyInfo.decode(octets(key))

/** A copy: what we decode is a view, and their object may hand its buffer to others. */
const octets = ({ rawData }: { readonly rawData: ArrayBuffer }): Uint8Array => new Uint8Array(rawData).slice()
