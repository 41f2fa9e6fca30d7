import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { type MlKemName, type ParameterSet, parameterSetNamed, type SlhDsaName } from '../../algorithms/index.js'
import { PrivateKeyInfo, SeededPrivateKey } from '../../cms/index.js'
import { CertwrightError } from '../../errors.js'
import type { DecryptionKey, Signer, SigningKeyType } from '../../ports/index.js'
import { SubjectPublicKeyInfo } from '../../x509/index.js'
import { toArray } from '../arrays.js'
import { decryptionError } from '../node-ciphers.js'
import type { PrivateKey } from '../private-key.js'
import { type PostQuantumKeyForm, readKeyForm, writeKeyForm } from './key-form.js'
import { generateNative, isNative, nativeKem } from './native.js'
import { type NobleSigner, nobleKem, nobleSigner } from './noble.js'
import { signInWorker } from './sign-in-worker.js'

/** Makes a post-quantum key: by OpenSSL where it can, else by `@noble/post-quantum`. The form is the same. */
export async function generatePostQuantum(set: ParameterSet): Promise<PrivateKey> {
  if (isNative(set)) return nativeKey(set, await generateNative(set.name))
  const seedLength = set.family === 'slh-dsa' ? undefined : set.seed
  const algorithm = set.family === 'ml-kem' ? await nobleKem(set.name as MlKemName) : await nobleSigner(set.name)
  const seed = seedLength === undefined ? undefined : toArray(randomBytes(seedLength))
  const { secretKey, publicKey } = algorithm.keygen(seed)
  return nobleKey({ set, secretKey, publicKey, ...(seed === undefined ? {} : { seed }) })
}

/**
 * Opens a DER PrivateKeyInfo of a parameter set.
 *
 * @throws CertwrightError `key` when it is malformed or its parts contradict each other.
 */
export async function openPostQuantum(pkcs8: Uint8Array, set: ParameterSet): Promise<PrivateKey> {
  if (!isNative(set)) return nobleKey(await readKeyForm(pkcs8, set))
  try {
    return nativeKey(set, createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))
  } catch (cause) {
    throw new CertwrightError('key', `the ${set.name} private key is malformed`, { cause })
  }
}

/** OpenSSL exports seed and expanded key together; what is written is the same on every Node. */
function exportNative(set: ParameterSet, key: KeyObject): Uint8Array {
  const der = toArray(key.export({ format: 'der', type: 'pkcs8' }))
  const { privateKey } = PrivateKeyInfo.decode(der)
  if (set.family === 'slh-dsa') return writeKeyForm({ set, secretKey: privateKey })
  const form = SeededPrivateKey.decode(privateKey)
  if (form.type === 'expandedKey') return writeKeyForm({ set, secretKey: form.value })
  const seed = form.type === 'seed' ? form.value : form.value.seed
  return writeKeyForm({ set, seed, secretKey: new Uint8Array(0) })
}

function nativeKey(set: ParameterSet, key: KeyObject): PrivateKey {
  const publicKey = toArray(createPublicKey(key).export({ format: 'der', type: 'spki' }))
  return Object.freeze({
    type: set.name,
    publicKey,
    pkcs8: () => exportNative(set, key),
    signer: (name?: string) => signerOf(set, publicKey, name, (data) => signNative(key, data)),
    decryptionKey: () =>
      decryptionKeyOf(set, publicKey, async (ciphertext) => {
        if (nativeKem.decapsulate === undefined) throw decryptionError()
        return toArray(nativeKem.decapsulate(key, ciphertext))
      }),
  })
}

/** In the thread pool: ML-DSA takes a millisecond, SLH-DSA up to a second. */
const signNative = (key: KeyObject, data: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    sign(null, data, key, (error, signature) => {
      if (error === null) resolve(toArray(signature))
      else reject(new CertwrightError('key', 'the private key could not sign', { cause: error }))
    })
  })

function nobleKey(form: PostQuantumKeyForm): PrivateKey {
  const { set, secretKey } = form
  const publicKey = SubjectPublicKeyInfo.encode({
    algorithm: { algorithm: set.oid },
    subjectPublicKey: { unusedBits: 0, bytes: form.publicKey },
  })
  return Object.freeze({
    type: set.name,
    publicKey,
    pkcs8: () => writeKeyForm(form),
    signer: (name?: string) => signerOf(set, publicKey, name, (data) => signNoble(set, data, secretKey)),
    decryptionKey: () =>
      decryptionKeyOf(set, publicKey, async (ciphertext) => {
        const { decapsulate } = await nobleKem(set.name as MlKemName)
        return decapsulate(ciphertext, secretKey)
      }),
  })
}

async function signNoble(set: ParameterSet, data: Uint8Array, secretKey: Uint8Array): Promise<Uint8Array> {
  try {
    if (set.family === 'slh-dsa') return await signInWorker(set.name as SlhDsaName, data, secretKey)
    return (await nobleSigner(set.name)).sign(data, secretKey)
  } catch (cause) {
    throw new CertwrightError('key', 'the private key could not sign', { cause })
  }
}

function signerOf(
  set: ParameterSet,
  publicKey: Uint8Array,
  name: string | undefined,
  makeSignature: (data: Uint8Array) => Promise<Uint8Array>,
): Signer {
  if (set.family === 'ml-kem') throw new CertwrightError('key', `a key of type ${set.name} cannot sign`)
  if (name !== undefined && name !== set.name) {
    throw new CertwrightError('key', `a key of type ${set.name} cannot sign with ${name}`)
  }
  const algorithm = set.name as Signer['algorithm'] & SigningKeyType
  return Object.freeze({ algorithm, publicKey, sign: makeSignature })
}

function decryptionKeyOf(
  set: ParameterSet,
  publicKey: Uint8Array,
  open: (ciphertext: Uint8Array) => Promise<Uint8Array>,
): DecryptionKey {
  if (set.family !== 'ml-kem') throw new CertwrightError('key', 'this kind of private key cannot decrypt')
  const decapsulate = async (ciphertext: Uint8Array): Promise<Uint8Array> => {
    if (ciphertext.length !== set.output) throw decryptionError()
    return open(ciphertext)
  }
  return Object.freeze({ publicKey, decapsulate })
}

/** Verifies a signature with `@noble/post-quantum`, where OpenSSL cannot. */
export async function verifyNoble(
  name: string,
  publicKey: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const set = parameterSetNamed(name)
  const { algorithm, subjectPublicKey } = SubjectPublicKeyInfo.decode(publicKey)
  const { bytes, unusedBits } = subjectPublicKey
  if (set === undefined || algorithm.algorithm !== set.oid || algorithm.parameters !== undefined) return false
  if (unusedBits !== 0 || bytes.length !== set.publicKey || signature.length !== set.output) return false
  const noble: NobleSigner = await nobleSigner(set.name)
  try {
    return noble.verify(signature, data, bytes)
  } catch {
    return false // a signature that cannot be decoded
  }
}
