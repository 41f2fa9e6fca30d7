import {
  constants,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import { hashAlgorithm } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { EncryptionBackend } from '../ports/index.js'
import { toArray } from './arrays.js'
import { encapsulate } from './post-quantum/encapsulate.js'
import { importPublicKey } from './public-key-cache.js'
import { mgf1, xor } from './rsa-unpadding.js'

/** The sender's side of public-key encryption by `node:crypto`. */
export const nodeKeyEncryption: Pick<EncryptionBackend, 'encryptRsa' | 'agree' | 'encapsulate'> = {
  encryptRsa(encryption, publicKey, data) {
    const key = keyOf(publicKey, ['rsa'])
    if (encryption.scheme === 'pkcs1') {
      return attempt(() => publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, data))
    }
    const { hash, mgfHash, label } = encryption
    if (hash === mgfHash) {
      const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash, oaepLabel: Buffer.from(label) }
      return attempt(() => publicEncrypt(options, data))
    }
    const size = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
    const encoded = padOaep(data, size, encryption)
    return attempt(() => publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded))
  },

  agree(publicKey) {
    const peer = keyOf(publicKey, ['ec', 'x25519', 'x448'])
    const privateKey = ephemeralKey(peer)
    return {
      sent: toArray(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
      secret: attempt(() => diffieHellman({ privateKey, publicKey: peer })),
    }
  },

  encapsulate,
}

function ephemeralKey(peer: KeyObject): KeyObject {
  if (peer.asymmetricKeyType === 'x25519') return generateKeyPairSync('x25519').privateKey
  if (peer.asymmetricKeyType === 'x448') return generateKeyPairSync('x448').privateKey
  const namedCurve = peer.asymmetricKeyDetails?.namedCurve ?? ''
  return generateKeyPairSync('ec', { namedCurve }).privateKey
}

/** EME-OAEP, RFC 8017 section 7.1.1, for the case that the mask uses another hash than the label. */
function padOaep(
  data: Uint8Array,
  size: number,
  { hash, mgfHash, label }: Extract<Parameters<EncryptionBackend['encryptRsa']>[0], { scheme: 'oaep' }>,
): Uint8Array {
  const { length } = hashAlgorithm(hash)
  const block = new Uint8Array(size - length - 1)
  const start = block.length - data.length
  if (start < length + 1) throw new CertwrightError('algorithm', 'the RSA key is too short for the data')
  block.set(createHash(hash).update(label).digest())
  block[start - 1] = 1
  block.set(data, start)
  const seed = randomBytes(length)
  const masked = xor(block, mgf1(mgfHash, seed, block.length))
  return Buffer.concat([Uint8Array.of(0), xor(seed, mgf1(mgfHash, masked, length)), masked])
}

function keyOf(publicKey: Uint8Array, types: readonly string[]): KeyObject {
  const key = importPublicKey(publicKey)
  if (key?.asymmetricKeyType !== undefined && types.includes(key.asymmetricKeyType)) return key
  throw new CertwrightError('algorithm', 'the public key is not one that this kind of encryption works with')
}

function attempt(operation: () => Buffer): Uint8Array {
  try {
    return toArray(operation())
  } catch (cause) {
    throw new CertwrightError('algorithm', 'the public key cannot encrypt this', { cause })
  }
}
