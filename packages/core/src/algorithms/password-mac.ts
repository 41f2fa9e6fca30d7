import { Asn1Error } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { EncryptionBackend } from '../ports/index.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import { hashAlgorithm, hashAlgorithmOf } from './hashes.js'
import { pkcs12Kdf } from './iterated-hashes.js'
import {
  type DerivationLimits,
  derivationIdentifier,
  derivationOf,
  deriveFromPassword,
  type PasswordDerivation,
} from './key-derivation.js'
import { hmacHashOf, hmacIdentifier } from './macs.js'
import type { HashName } from './names.js'
import { Pbmac1Parameters } from './parameter-structures.js'
import { derNull } from './parameters.js'
import type { PasswordOctets } from './password.js'
import { checkedHashIterations } from './password-encryption.js'

const pbmac1Oid = '1.2.840.113549.1.5.14'

/** A message authentication code under a password, with the parameters of one message. */
export type PasswordMac =
  | {
      /** HMAC with a key by the derivation of PKCS #12 (RFC 7292 section 4). */
      readonly kind: 'pkcs12'
      readonly hash: HashName
      readonly salt: Uint8Array
      readonly iterations: number
    }
  | {
      /** RFC 8018 section 7.1 and RFC 9579. */
      readonly kind: 'pbmac1'
      readonly derivation: PasswordDerivation & { readonly length: number }
      /** The hash of the HMAC over the content. */
      readonly hash: HashName
    }

/** The fields of a MacData that say how its code was made (RFC 7292 section 4). */
export interface PasswordMacFields {
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly macSalt: Uint8Array
  readonly iterations: bigint
}

/** The fields of a MacData to write; with PBMAC1, salt and iterations are not used (RFC 9579 section 4). */
export function passwordMacFields(mac: PasswordMac): PasswordMacFields {
  if (mac.kind === 'pkcs12') {
    const digestAlgorithm = { algorithm: hashAlgorithm(mac.hash).oid, parameters: derNull }
    return { digestAlgorithm, macSalt: mac.salt, iterations: BigInt(mac.iterations) }
  }
  const parameters = Pbmac1Parameters.encode({
    keyDerivationFunc: derivationIdentifier(mac.derivation),
    messageAuthScheme: hmacIdentifier(mac.hash),
  })
  const digestAlgorithm = { algorithm: pbmac1Oid, parameters }
  return { digestAlgorithm, macSalt: new TextEncoder().encode('NOT USED'), iterations: 1n }
}

/**
 * The message authentication code that the fields of a MacData name.
 *
 * @throws CertwrightError `algorithm` when it is unknown, malformed, or PBMAC1 with a key shorter than 20 octets or of a
 * length that is not told (RFC 9579); `limit` when it asks for more work than allowed.
 */
export function passwordMacOf(fields: PasswordMacFields, limits: DerivationLimits = {}): PasswordMac {
  const { digestAlgorithm, macSalt: salt, iterations } = fields
  if (digestAlgorithm.algorithm === pbmac1Oid) return readPbmac1(digestAlgorithm.parameters, limits)
  const hash = hashAlgorithmOf(digestAlgorithm)
  if (hash.startsWith('shake')) throw new CertwrightError('algorithm', `HMAC with ${hash} is not supported`)
  return { kind: 'pkcs12', hash, salt, iterations: checkedHashIterations(iterations, limits) }
}

const shortestKey = 20
const longestKey = 64

function readPbmac1(parameters: Uint8Array | undefined, limits: DerivationLimits): PasswordMac {
  if (parameters === undefined) throw new CertwrightError('algorithm', 'PBMAC1 has no parameters')
  try {
    const { keyDerivationFunc, messageAuthScheme } = Pbmac1Parameters.decode(parameters)
    const derivation = derivationOf(keyDerivationFunc, limits)
    const hash = hmacHashOf(messageAuthScheme)
    const { length } = derivation
    if (length === undefined || length < shortestKey || length > longestKey) {
      throw new CertwrightError('algorithm', `PBMAC1 takes a key of ${shortestKey} to ${longestKey} octets`)
    }
    return { kind: 'pbmac1', derivation: { ...derivation, length }, hash }
  } catch (cause) {
    if (!(cause instanceof Asn1Error)) throw cause
    throw new CertwrightError('algorithm', 'the parameters of PBMAC1 are malformed', { cause })
  }
}

/** The code of `data` under a password. */
export async function computePasswordMac(
  crypto: EncryptionBackend,
  password: PasswordOctets,
  mac: PasswordMac,
  data: Uint8Array,
): Promise<Uint8Array> {
  if (mac.kind === 'pbmac1') {
    const key = await deriveFromPassword(crypto, password.utf8, mac.derivation, mac.derivation.length)
    return crypto.hmac(mac.hash, key, data)
  }
  const { hash, salt, iterations } = mac
  const { length } = hashAlgorithm(hash)
  const key = await pkcs12Kdf(crypto, hash, password.bmp, { purpose: 'mac', salt, iterations, length })
  return crypto.hmac(hash, key, data)
}
