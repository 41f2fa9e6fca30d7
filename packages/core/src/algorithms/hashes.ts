import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import type { HashName } from './names.js'
import { isWithoutParameters } from './parameters.js'

/** What is fixed about one hash function. */
export interface HashAlgorithm {
  readonly name: HashName
  readonly oid: string
  /** Octets of output. */
  readonly length: number
  /** Octets that the compression function takes at a time (for sponges, the rate). */
  readonly blockLength: number
  /** Bits of work to find a collision; 0 where they have been found or are about to be. */
  readonly strength: number
}

const row = (name: HashName, oid: string, length: number, blockLength: number, strength: number): HashAlgorithm => ({
  name,
  oid,
  length,
  blockLength,
  strength,
})

/** Every hash function, RFC 3279, RFC 5754, RFC 8702 and RFC 9688. */
export const hashAlgorithms: readonly HashAlgorithm[] = [
  row('md5', '1.2.840.113549.2.5', 16, 64, 0),
  row('sha1', '1.3.14.3.2.26', 20, 64, 0),
  row('sha224', '2.16.840.1.101.3.4.2.4', 28, 64, 112),
  row('sha256', '2.16.840.1.101.3.4.2.1', 32, 64, 128),
  row('sha384', '2.16.840.1.101.3.4.2.2', 48, 128, 192),
  row('sha512', '2.16.840.1.101.3.4.2.3', 64, 128, 256),
  row('sha512-256', '2.16.840.1.101.3.4.2.6', 32, 128, 128),
  row('sha3-224', '2.16.840.1.101.3.4.2.7', 28, 144, 112),
  row('sha3-256', '2.16.840.1.101.3.4.2.8', 32, 136, 128),
  row('sha3-384', '2.16.840.1.101.3.4.2.9', 48, 104, 192),
  row('sha3-512', '2.16.840.1.101.3.4.2.10', 64, 72, 256),
  row('shake128', '2.16.840.1.101.3.4.2.11', 32, 168, 128),
  row('shake256', '2.16.840.1.101.3.4.2.12', 64, 136, 256),
]

/** id-shake256-len (RFC 8419 section 2.3): SHAKE256 with the output's length in bits as parameter. */
const shake256Len = '2.16.840.1.101.3.4.2.18'
const integer512 = Uint8Array.of(0x02, 0x02, 0x02, 0x00)

const byName = new Map(hashAlgorithms.map((hash) => [hash.name, hash]))
const byOid = new Map(hashAlgorithms.map((hash) => [hash.oid, hash]))

/** The descriptor of a hash function by its name. */
export function hashAlgorithm(name: HashName): HashAlgorithm {
  const found = byName.get(name)
  if (found === undefined) throw new CertwrightError('algorithm', `hash function "${name}" is not known`)
  return found
}

/** The AlgorithmIdentifier to write for a hash function: without parameters (RFC 5754 section 2). */
export const hashAlgorithmIdentifier = (name: HashName): AlgorithmIdentifier => ({
  algorithm: hashAlgorithm(name).oid,
})

/**
 * The hash function that an AlgorithmIdentifier names; parameters may be absent or NULL (RFC 5754 section 2).
 *
 * @throws CertwrightError `algorithm` when it is unknown or has parameters. Broken ones (`strength` 0) are known.
 */
export function hashAlgorithmOf(identifier: AlgorithmIdentifier): HashName {
  if (identifier.algorithm === shake256Len) return shake256Of(identifier.parameters)
  const found = byOid.get(identifier.algorithm)
  if (found === undefined) {
    throw new CertwrightError('algorithm', `hash function ${identifier.algorithm} is not supported`)
  }
  if (!isWithoutParameters(identifier)) {
    throw new CertwrightError('algorithm', `hash function ${found.name} does not take parameters`)
  }
  return found.name
}

function shake256Of(parameters: Uint8Array | undefined): HashName {
  if (parameters !== undefined && equalBytes(parameters, integer512)) return 'shake256'
  throw new CertwrightError('algorithm', 'SHAKE256 is supported with an output of 512 bits')
}
