import { describePublicKey, type MlKemName, parameterSetNamed } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import type { Encapsulation } from '../../ports/index.js'
import { SubjectPublicKeyInfo } from '../../x509/index.js'
import { toArray } from '../arrays.js'
import { importPublicKey } from '../public-key-cache.js'
import { isNative, nativeKem } from './native.js'
import { nobleKem } from './noble.js'

/** ML-KEM (FIPS 203) to a DER SubjectPublicKeyInfo: by OpenSSL where it has it, else by `@noble/post-quantum`. */
export async function encapsulate(publicKey: Uint8Array): Promise<Encapsulation> {
  const { family, parameterSet = '' } = describePublicKey(publicKey)
  const set = parameterSetNamed(parameterSet)
  if (family !== 'ml-kem' || set === undefined) {
    throw new CertwrightError('algorithm', 'the public key is not an ML-KEM key')
  }
  const key = isNative(set) ? importPublicKey(publicKey) : undefined
  if (key !== undefined && nativeKem.encapsulate !== undefined) {
    const { sharedKey, ciphertext } = nativeKem.encapsulate(key)
    return { sent: toArray(ciphertext), secret: toArray(sharedKey) }
  }
  const { subjectPublicKey } = SubjectPublicKeyInfo.decode(publicKey)
  const noble = await nobleKem(set.name as MlKemName)
  try {
    const { cipherText, sharedSecret } = noble.encapsulate(subjectPublicKey.bytes)
    return { sent: cipherText, secret: sharedSecret }
  } catch (cause) {
    throw new CertwrightError('algorithm', 'the ML-KEM key is not valid', { cause })
  }
}
