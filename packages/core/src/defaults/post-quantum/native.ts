import type { KeyObject } from 'node:crypto'
import * as crypto from 'node:crypto'
import type { ParameterSet } from '../../algorithms/index.js'
import { SubjectPublicKeyInfo } from '../../x509/index.js'
import { importPublicKey } from '../public-key-cache.js'

/*
 * What Node has depends on its OpenSSL, and the types of the oldest Node that is supported know nothing of it. So it is
 * looked for, never concluded from a version.
 */

/** `crypto.encapsulate` and `crypto.decapsulate`, Node 24.7 and newer. */
interface NativeKem {
  readonly encapsulate?: (key: KeyObject) => { readonly sharedKey: Buffer; readonly ciphertext: Buffer }
  readonly decapsulate?: (key: KeyObject, ciphertext: Uint8Array) => Buffer
}

/** ML-KEM by OpenSSL; absent functions mean that it is not there. */
export const nativeKem: NativeKem = crypto as NativeKem

const known = new Map<string, boolean>()

/** Whether this Node works with keys of a parameter set: any octets of the right length are such a key. */
export function isNative({ name, oid, family, publicKey }: ParameterSet): boolean {
  if (family === 'ml-kem' && nativeKem.encapsulate === undefined) return false
  const found = known.get(name)
  if (found !== undefined) return found
  const key = importPublicKey(
    SubjectPublicKeyInfo.encode({
      algorithm: { algorithm: oid },
      subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array(publicKey) },
    }),
  )
  // Node 22 lets OpenSSL import such a key, but does not know what it is and cannot sign with it.
  const type: string | undefined = key?.asymmetricKeyType
  known.set(name, type === name)
  return type === name
}

/** Makes a key by OpenSSL. */
export const generateNative = (name: string): Promise<KeyObject> =>
  new Promise((resolve, reject) => {
    // The type is one that @types/node of the oldest supported Node does not know.
    crypto.generateKeyPair(name as 'ed25519', {}, (error, _publicKey, privateKey) => {
      if (error === null) resolve(privateKey)
      else reject(error)
    })
  })
