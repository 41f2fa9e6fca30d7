import { Asn1Error, octetString } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { AlgorithmIdentifier } from '../x509/index.js'
import { hashAlgorithmIdentifier, hashAlgorithmOf } from './hashes.js'
import type { RsaEncryption } from './names.js'
import { RsaesOaepParameters } from './parameter-structures.js'
import { derNull, isWithoutParameters } from './parameters.js'
import { mgf1 } from './pss.js'

const oid = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
  pSpecified: '1.2.840.113549.1.1.9',
}

/** The AlgorithmIdentifier of an encryption with an RSA key (RFC 3370 section 4.2.1, RFC 4055 section 4). */
export function rsaEncryptionIdentifier(encryption: RsaEncryption): AlgorithmIdentifier {
  if (encryption.scheme === 'pkcs1') return { algorithm: oid.rsaEncryption, parameters: derNull }
  const { hash, mgfHash, label } = encryption
  const parameters = RsaesOaepParameters.encode({
    hashAlgorithm: withNull(hashAlgorithmIdentifier(hash)),
    maskGenAlgorithm: {
      algorithm: mgf1,
      parameters: AlgorithmIdentifier.encode(withNull(hashAlgorithmIdentifier(mgfHash))),
    },
    pSourceAlgorithm: { algorithm: oid.pSpecified, parameters: octetString.encode(label) },
  })
  return { algorithm: oid.rsaesOaep, parameters }
}

/** The defaults of RFC 4055 section 4.1 have NULL, and DER leaves a value out only when it is the default octet for octet. */
const withNull = ({ algorithm }: AlgorithmIdentifier): AlgorithmIdentifier => ({ algorithm, parameters: derNull })

/**
 * The encryption that an AlgorithmIdentifier names. RSAES-OAEP without parameters or with NULL means its defaults,
 * SHA-1 and an empty label: writers leave them out against RFC 4055 section 4.1.
 *
 * @throws CertwrightError `algorithm` when it is unknown or its parameters are malformed.
 */
export function rsaEncryptionOf(identifier: AlgorithmIdentifier): RsaEncryption {
  if (identifier.algorithm === oid.rsaEncryption && isWithoutParameters(identifier)) return { scheme: 'pkcs1' }
  if (identifier.algorithm !== oid.rsaesOaep) {
    throw new CertwrightError('algorithm', `key transport ${identifier.algorithm} is not supported`)
  }
  if (identifier.parameters === undefined || isWithoutParameters(identifier)) {
    return { scheme: 'oaep', hash: 'sha1', mgfHash: 'sha1', label: new Uint8Array(0) }
  }
  try {
    return readOaep(identifier.parameters)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    throw new CertwrightError('algorithm', 'the RSAES-OAEP parameters are malformed', { cause: error })
  }
}

function readOaep(der: Uint8Array): RsaEncryption {
  const { hashAlgorithm, maskGenAlgorithm, pSourceAlgorithm } = RsaesOaepParameters.decode(der)
  const label = pSourceAlgorithm.parameters
  if (maskGenAlgorithm.algorithm !== mgf1 || maskGenAlgorithm.parameters === undefined) {
    throw new CertwrightError('algorithm', 'RSAES-OAEP is supported with the mask generation function MGF1')
  }
  if (pSourceAlgorithm.algorithm !== oid.pSpecified || label === undefined) {
    throw new CertwrightError('algorithm', 'RSAES-OAEP is supported with a label given in its parameters')
  }
  return {
    scheme: 'oaep',
    hash: hashAlgorithmOf(hashAlgorithm),
    mgfHash: hashAlgorithmOf(AlgorithmIdentifier.decode(maskGenAlgorithm.parameters)),
    label: octetString.decode(label),
  }
}
