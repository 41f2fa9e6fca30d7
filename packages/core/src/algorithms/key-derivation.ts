import { Asn1Error, concatBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { EncryptionBackend, ScryptOptions } from '../ports/index.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import { hashAlgorithm } from './hashes.js'
import { hmacHashOf, hmacIdentifier } from './macs.js'
import type { HashName } from './names.js'
import { Pbkdf2Parameters, ScryptParameters } from './parameter-structures.js'

const oid = { pbkdf2: '1.2.840.113549.1.5.12', scrypt: '1.3.6.1.4.1.11591.4.11' }

/** How a key is derived from a password. */
export type PasswordDerivation =
  | {
      readonly kind: 'pbkdf2'
      /** The hash of the HMAC. */
      readonly hash: HashName
      readonly salt: Uint8Array
      readonly iterations: number
      /** Octets of key the parameters ask for, where they do. */
      readonly length?: number
    }
  | {
      readonly kind: 'scrypt'
      readonly salt: Uint8Array
      readonly cost: number
      readonly blockSize: number
      readonly parallelization: number
      readonly length?: number
    }

/** How much work a message may ask for before it is refused. */
export interface DerivationLimits {
  /**
   * Of one PBKDF2. Default 10,000,000, some seconds in the thread pool. The older iterated hashes of PKCS #12 and PBES1,
   * which run on the event loop, may have a tenth of it.
   */
  readonly maxIterations?: number
  /** Octets of memory for scrypt, 128 * N * r; times p it may be eight times as much. Default 256 MiB. */
  readonly maxMemory?: number
}

/** What is accepted unless a caller says otherwise. */
export const defaultDerivationLimits: Required<DerivationLimits> = {
  maxIterations: 10_000_000,
  maxMemory: 256 * 1024 * 1024,
}

/** The AlgorithmIdentifier of a derivation: PBKDF2 (RFC 8018 section 5.2) or scrypt (RFC 7914 section 7). */
export function derivationIdentifier(derivation: PasswordDerivation): AlgorithmIdentifier {
  const { salt, length } = derivation
  const keyLength = length === undefined ? {} : { keyLength: BigInt(length) }
  if (derivation.kind === 'pbkdf2') {
    const parameters = Pbkdf2Parameters.encode({
      salt: { type: 'specified', value: salt },
      iterationCount: BigInt(derivation.iterations),
      ...keyLength,
      prf: hmacIdentifier(derivation.hash),
    })
    return { algorithm: oid.pbkdf2, parameters }
  }
  const parameters = ScryptParameters.encode({
    salt,
    costParameter: BigInt(derivation.cost),
    blockSize: BigInt(derivation.blockSize),
    parallelizationParameter: BigInt(derivation.parallelization),
    ...keyLength,
  })
  return { algorithm: oid.scrypt, parameters }
}

/**
 * The derivation that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown or malformed; `limit` when it asks for more work than allowed.
 */
export function derivationOf(identifier: AlgorithmIdentifier, limits: DerivationLimits = {}): PasswordDerivation {
  const { algorithm, parameters } = identifier
  if (parameters === undefined || (algorithm !== oid.pbkdf2 && algorithm !== oid.scrypt)) {
    throw new CertwrightError('algorithm', `key derivation ${algorithm} is not supported`)
  }
  try {
    return algorithm === oid.pbkdf2 ? readPbkdf2(parameters, limits) : readScrypt(parameters, limits)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    throw new CertwrightError('algorithm', 'the parameters of the key derivation are malformed', { cause: error })
  }
}

function readPbkdf2(der: Uint8Array, limits: DerivationLimits): PasswordDerivation {
  const { salt, iterationCount, keyLength, prf } = Pbkdf2Parameters.decode(der)
  if (salt.type !== 'specified') {
    throw new CertwrightError('algorithm', 'PBKDF2 with a salt from elsewhere is not supported')
  }
  const iterations = checkedIterations(iterationCount, limits)
  return { kind: 'pbkdf2', hash: hmacHashOf(prf), salt: salt.value, iterations, ...lengthOf(keyLength) }
}

/**
 * An iteration count as a number.
 *
 * @throws CertwrightError `limit` when it is not positive or above `maxIterations`.
 */
export function checkedIterations(count: bigint, limits: DerivationLimits): number {
  const most = limits.maxIterations ?? defaultDerivationLimits.maxIterations
  if (count >= 1n && count <= BigInt(most)) return Number(count)
  throw new CertwrightError('limit', `the iteration count is not between 1 and ${most}`)
}

function readScrypt(der: Uint8Array, limits: DerivationLimits): PasswordDerivation {
  const { salt, costParameter, blockSize, parallelizationParameter, keyLength } = ScryptParameters.decode(der)
  const most = BigInt(limits.maxMemory ?? defaultDerivationLimits.maxMemory)
  const isPowerOfTwo = costParameter > 1n && (costParameter & (costParameter - 1n)) === 0n
  const isPositive = blockSize >= 1n && parallelizationParameter >= 1n
  if (!isPowerOfTwo || !isPositive) throw new CertwrightError('algorithm', 'the scrypt parameters are not valid')
  const memory = 128n * costParameter * blockSize
  if (memory > most || memory * parallelizationParameter > 8n * most || blockSize > 32n) {
    throw new CertwrightError('limit', 'the scrypt parameters ask for more work than is allowed')
  }
  return {
    kind: 'scrypt',
    salt,
    cost: Number(costParameter),
    blockSize: Number(blockSize),
    parallelization: Number(parallelizationParameter),
    ...lengthOf(keyLength),
  }
}

const maxKeyLength = 1024n

function lengthOf(keyLength: bigint | undefined): { readonly length?: number } {
  if (keyLength === undefined) return {}
  if (keyLength >= 1n && keyLength <= maxKeyLength) return { length: Number(keyLength) }
  throw new CertwrightError('limit', `the derived key has no length between 1 and ${maxKeyLength} octets`)
}

/** Derives `length` octets from a password. */
export function deriveFromPassword(
  crypto: EncryptionBackend,
  password: Uint8Array,
  derivation: PasswordDerivation,
  length: number,
): Promise<Uint8Array> {
  const { salt } = derivation
  if (derivation.kind === 'pbkdf2') {
    return crypto.pbkdf2(password, salt, { hash: derivation.hash, iterations: derivation.iterations, length })
  }
  const { cost, blockSize, parallelization } = derivation
  const options: ScryptOptions = { cost, blockSize, parallelization, length }
  return crypto.scrypt(password, salt, options)
}

/** HKDF, RFC 5869: extract with `salt` (absent: zeros), then expand to `length` octets. */
export async function hkdf(
  crypto: EncryptionBackend,
  hash: HashName,
  secret: Uint8Array,
  options: { readonly salt?: Uint8Array; readonly info: Uint8Array; readonly length: number },
): Promise<Uint8Array> {
  const size = hashAlgorithm(hash).length
  const { salt = new Uint8Array(size), info, length } = options
  if (length > 255 * size) throw new CertwrightError('algorithm', `HKDF gives at most ${255 * size} octets`)
  const key = await crypto.hmac(hash, salt, secret)
  const blocks: Uint8Array[] = []
  let last: Uint8Array = new Uint8Array(0)
  for (let counter = 1; blocks.length * size < length; counter += 1) {
    last = await crypto.hmac(hash, key, concatBytes(last, info, Uint8Array.of(counter)))
    blocks.push(last)
  }
  return concatBytes(...blocks).slice(0, length)
}

/** The key derivation of ANSI X9.63 with `sharedInfo`, as SEC 1 section 3.6.1 and RFC 5753 section 7.2 use it. */
export async function x963Kdf(
  crypto: EncryptionBackend,
  hash: HashName,
  secret: Uint8Array,
  options: { readonly sharedInfo: Uint8Array; readonly length: number },
): Promise<Uint8Array> {
  const blocks: Uint8Array[] = []
  const size = hashAlgorithm(hash).length
  for (let counter = 1; blocks.length * size < options.length; counter += 1) {
    const octets = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)
    blocks.push(await crypto.digest(hash, concatBytes(secret, octets, options.sharedInfo)))
  }
  return concatBytes(...blocks).slice(0, options.length)
}
