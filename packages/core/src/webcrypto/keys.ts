import {
  describePublicKey,
  type HashName,
  hashAlgorithm,
  keyTypeOf,
  keyTypeRule,
  type SignatureAlgorithmName,
  signatureAlgorithm,
  signatureAlgorithms,
} from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { DecryptionKey, Signer } from '../ports/index.js'
import { toDerSignature } from './ecdsa-signature.js'
import { cannotDecrypt, octets, subtleOf, type WebCryptoEngine, type WebCryptoKey } from './engine.js'
import { agreementNames, hashName, signatureNames } from './names.js'

/** A key pair of a WebCrypto engine. The private key need not be extractable; the public key is exported. */
export interface WebCryptoKeyPair {
  readonly privateKey: WebCryptoKey
  readonly publicKey: WebCryptoKey
}

/**
 * A `Signer` over the private key of a WebCrypto engine.
 *
 * @param algorithm only for ECDSA, whose keys are not bound to a hash; that of the key's type when absent
 * @throws CertwrightError `key` when the key cannot sign, or not with this algorithm.
 */
export async function webCryptoSigner(
  engine: WebCryptoEngine,
  { privateKey, publicKey: exported }: WebCryptoKeyPair,
  algorithm?: SignatureAlgorithmName,
): Promise<Signer> {
  const subtle = subtleOf(engine)
  const publicKey = octets(await subtle.exportKey('spki', exported))
  const descriptor = signatureAlgorithm(algorithm ?? algorithmOf(privateKey, publicKey))
  const length = descriptor.hash === null ? 0 : hashAlgorithm(descriptor.hash).length
  const { key, use, size } = signatureNames(descriptor, publicKey, length)
  const bound = hashOf(privateKey)
  const fits = describePublicKey(publicKey).family === descriptor.family && key.name === privateKey.algorithm.name
  if (!fits || (bound !== undefined && bound !== descriptor.hash)) {
    throw new CertwrightError('key', `the key cannot sign with ${descriptor.name}`)
  }
  return Object.freeze({
    algorithm: descriptor.name,
    publicKey,
    async sign(data: Uint8Array) {
      try {
        const signature = octets(await subtle.sign(use, privateKey, data))
        return size === undefined ? signature : toDerSignature(signature)
      } catch (cause) {
        throw new CertwrightError('key', 'the private key could not sign', { cause })
      }
    },
  })
}

/** The hash that a key of RSA is bound to, by our name. */
function hashOf({ algorithm }: WebCryptoKey): HashName | undefined {
  const { hash } = algorithm as { readonly hash?: { readonly name: string } }
  return (['sha1', 'sha256', 'sha384', 'sha512'] as const).find((name) => hashName(name) === hash?.name)
}

/** The algorithm that a key is for: RSA keys are bound to scheme and hash, others have that of their type. */
function algorithmOf(privateKey: WebCryptoKey, publicKey: Uint8Array): SignatureAlgorithmName {
  const { name } = privateKey.algorithm
  const hash = hashOf(privateKey)
  const parameters = name === 'RSA-PSS' ? 'pss' : 'null'
  const rsa = signatureAlgorithms.find(
    (row) => row.family === 'rsa' && row.hash === hash && row.parameters === parameters,
  )
  const description = describePublicKey(publicKey)
  const type = keyTypeOf(description)
  const found = description.family === 'rsa' ? rsa?.name : type === undefined ? undefined : keyTypeRule(type).signs
  if (found === undefined || found === null) throw new CertwrightError('key', 'this kind of key cannot sign')
  return found
}

/**
 * A `DecryptionKey` over the private key of a WebCrypto engine: RSA-OAEP, ECDH or X25519.
 *
 * @throws CertwrightError `key` when the key cannot decrypt.
 */
export async function webCryptoDecryptionKey(
  engine: WebCryptoEngine,
  { privateKey, publicKey: exported }: WebCryptoKeyPair,
): Promise<DecryptionKey> {
  const subtle = subtleOf(engine)
  const publicKey = octets(await subtle.exportKey('spki', exported))
  const { name } = privateKey.algorithm
  if (name === 'RSA-OAEP') {
    const bound = hashOf(privateKey)
    const decryptRsa: DecryptionKey['decryptRsa'] = async (encryption, ciphertext) => {
      if (encryption.scheme !== 'oaep' || encryption.hash !== bound || encryption.mgfHash !== bound)
        throw cannotDecrypt()
      const { label } = encryption
      const algorithm = { name, ...(label.length === 0 ? {} : { label }) }
      return octets(
        await subtle
          .decrypt(algorithm, privateKey, ciphertext)
          .catch((cause: unknown) => Promise.reject(cannotDecrypt(cause))),
      )
    }
    return Object.freeze({ publicKey, decryptRsa })
  }
  if (name !== 'ECDH' && name !== 'X25519') throw new CertwrightError('key', 'this kind of private key cannot decrypt')
  const { key: algorithm, bits } = agreementNames(publicKey)
  const agree: DecryptionKey['agree'] = async (peer) => {
    try {
      const imported = await subtle.importKey('spki', peer, algorithm, false, [])
      return octets(await subtle.deriveBits({ name, public: imported }, privateKey, bits))
    } catch (cause) {
      throw cannotDecrypt(cause)
    }
  }
  return Object.freeze({ publicKey, agree })
}
