import { CertwrightError } from '../errors.js'
import type { DecryptionKeyProvider, KeyProvider, KeyType } from '../ports/index.js'
import { generatePrivateKey, type PrivateKey, softwareKeyTypes } from './private-key.js'

/** A keystore that forgets everything with the process: for tests and for certificates that need not outlive it. */
export function memoryKeys(): KeyProvider & DecryptionKeyProvider {
  const keys = new Map<string, PrivateKey>()
  const make = async (id: string, type: KeyType): Promise<PrivateKey> => {
    const key = await generatePrivateKey(type)
    if (keys.has(id)) throw new CertwrightError('conflict', `a key with the id "${id}" exists`)
    keys.set(id, key)
    return key
  }
  return Object.freeze({
    keyTypes: softwareKeyTypes,
    generate: async (id, type) => (await make(id, type)).signer(),
    open: async (id) => keys.get(id)?.signer(),
    generateForDecryption: async (id, type) => (await make(id, type)).decryptionKey(),
    openForDecryption: async (id) => keys.get(id)?.decryptionKey(),
    list: async () => [...keys.keys()],
    remove: async (id) => keys.delete(id),
  } satisfies KeyProvider & DecryptionKeyProvider)
}
