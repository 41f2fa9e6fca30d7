import { type MlKemName, type ParameterSet, parameterSetOf } from '../../algorithms/index.js'
import { equalBytes } from '../../asn1/index.js'
import { PrivateKeyInfo, SeededPrivateKey } from '../../cms/index.js'
import { CertwrightError } from '../../errors.js'
import { nodeDigest } from '../node-digest.js'
import { nobleKem, nobleSigner } from './noble.js'

/** A post-quantum private key taken apart. */
export interface PostQuantumKeyForm {
  readonly set: ParameterSet
  /** Where the key came with it. */
  readonly seed?: Uint8Array
  /** The expanded form, which signs and decapsulates. */
  readonly secretKey: Uint8Array
  /** The bare public key. */
  readonly publicKey: Uint8Array
}

/** The parameter set that a DER PrivateKeyInfo names; `undefined` for any other kind of key. */
export const parameterSetOfKey = (pkcs8: Uint8Array): ParameterSet | undefined =>
  parameterSetOf(PrivateKeyInfo.decode(pkcs8).privateKeyAlgorithm.algorithm)

/**
 * Reads a private key in any of its forms; a seed and an expanded key have to belong together (RFC 9881 section 8.2,
 * RFC 9935 section 8).
 *
 * @throws CertwrightError `key` when it is malformed or its parts contradict each other.
 */
export async function readKeyForm(pkcs8: Uint8Array, set: ParameterSet): Promise<PostQuantumKeyForm> {
  const { privateKey, privateKeyAlgorithm } = PrivateKeyInfo.decode(pkcs8)
  if (privateKeyAlgorithm.parameters !== undefined) throw malformed(set)
  if (set.family === 'slh-dsa') return expandedForm(set, privateKey)
  const form = SeededPrivateKey.decode(privateKey)
  if (form.type === 'seed') return seedForm(set, form.value)
  if (form.type === 'expandedKey') return expandedForm(set, form.value)
  const made = await seedForm(set, form.value.seed)
  if (!equalBytes(made.secretKey, form.value.expandedKey)) {
    throw new CertwrightError('key', `the seed and the expanded form of the ${set.name} key are of different keys`)
  }
  return made
}

async function seedForm(set: ParameterSet, seed: Uint8Array): Promise<PostQuantumKeyForm> {
  if (seed.length !== set.seed) throw malformed(set)
  const { secretKey, publicKey } = (await algorithmOf(set)).keygen(seed)
  return { set, seed, secretKey, publicKey }
}

async function expandedForm(set: ParameterSet, secretKey: Uint8Array): Promise<PostQuantumKeyForm> {
  if (secretKey.length !== set.privateKey) throw malformed(set)
  const publicKey = (await algorithmOf(set)).getPublicKey(secretKey)
  if (set.family === 'ml-kem' && !holdsItsHash(secretKey, publicKey)) throw malformed(set)
  return { set, secretKey, publicKey }
}

const algorithmOf = (set: ParameterSet) =>
  set.family === 'ml-kem' ? nobleKem(set.name as MlKemName) : nobleSigner(set.name)

/** FIPS 203 section 7.3: an expanded decapsulation key holds the hash of its public key, 64 octets from the end. */
const holdsItsHash = (secretKey: Uint8Array, publicKey: Uint8Array): boolean =>
  equalBytes(nodeDigest('sha3-256', publicKey), secretKey.subarray(secretKey.length - 64, secretKey.length - 32))

const malformed = ({ name }: ParameterSet): CertwrightError =>
  new CertwrightError('key', `the ${name} private key is malformed`)

/** The DER PrivateKeyInfo to write: the seed alone where there is one, the shortest form that says everything. */
export function writeKeyForm({ set, seed, secretKey }: Omit<PostQuantumKeyForm, 'publicKey'>): Uint8Array {
  const privateKey =
    set.family === 'slh-dsa'
      ? secretKey
      : SeededPrivateKey.encode(
          seed === undefined ? { type: 'expandedKey', value: secretKey } : { type: 'seed', value: seed },
        )
  return PrivateKeyInfo.encode({ version: 0, privateKeyAlgorithm: { algorithm: set.oid }, privateKey })
}
