import * as nodeCryptoModule from 'node:crypto'
import { describePublicKey, type MlKemName } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { Encapsulation } from '../ports/index.js'
import { SubjectPublicKeyInfo } from '../x509/index.js'
import { toArray } from './arrays.js'
import { importPublicKey } from './public-key-cache.js'

/** `crypto.encapsulate` of Node 24.7 and newer. */
type NativeEncapsulate = (key: nodeCryptoModule.KeyObject) => {
  readonly sharedKey: Buffer
  readonly ciphertext: Buffer
}

const native: NativeEncapsulate | undefined = (nodeCryptoModule as { readonly encapsulate?: NativeEncapsulate })
  .encapsulate

/** ML-KEM (FIPS 203) to a DER SubjectPublicKeyInfo: by OpenSSL where it has it, else by `@noble/post-quantum`. */
export async function encapsulate(publicKey: Uint8Array): Promise<Encapsulation> {
  const { family, parameterSet } = describePublicKey(publicKey)
  if (family !== 'ml-kem' || parameterSet === undefined) {
    throw new CertwrightError('algorithm', 'the public key is not an ML-KEM key')
  }
  const key = native === undefined ? undefined : importPublicKey(publicKey)
  if (native !== undefined && key !== undefined) {
    const { sharedKey, ciphertext } = native(key)
    return { sent: toArray(ciphertext), secret: toArray(sharedKey) }
  }
  const { subjectPublicKey } = SubjectPublicKeyInfo.decode(publicKey)
  try {
    const { cipherText, sharedSecret } = (await mlKem(parameterSet as MlKemName)).encapsulate(subjectPublicKey.bytes)
    return { sent: cipherText, secret: sharedSecret }
  } catch (cause) {
    throw new CertwrightError('algorithm', 'the ML-KEM key is not valid', { cause })
  }
}

async function mlKem(name: MlKemName) {
  const { ml_kem512, ml_kem768, ml_kem1024 } = await import('@noble/post-quantum/ml-kem.js')
  return { 'ml-kem-512': ml_kem512, 'ml-kem-768': ml_kem768, 'ml-kem-1024': ml_kem1024 }[name]
}
