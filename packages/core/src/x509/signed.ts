import { bitString, concatBytes, sequence } from '../asn1/index.js'
import { AlgorithmIdentifier } from './algorithm-identifier.js'
import { contentOf, elementHeader } from './crl-chunks.js'

const SignatureFields = sequence({ signatureAlgorithm: AlgorithmIdentifier, signatureValue: bitString })

/**
 * Puts a Certificate (RFC 5280 section 4.1.1) or CertificateList (section 5.1.1) together without looking into what is
 * signed: its octets stand in the result as they were given.
 *
 * @param toBeSigned DER TBSCertificate or TBSCertList, the octets that were signed
 * @param signature content of the BIT STRING
 * @throws Asn1Error when the algorithm cannot be encoded.
 */
export function signedStructure(
  toBeSigned: Uint8Array,
  signatureAlgorithm: AlgorithmIdentifier,
  signature: Uint8Array,
): Uint8Array {
  const fields = contentOf(
    SignatureFields.encode({ signatureAlgorithm, signatureValue: { unusedBits: 0, bytes: signature } }),
  )
  return concatBytes(elementHeader(0x30, toBeSigned.length + fields.length), toBeSigned, fields)
}
