import { keyTypes } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { KeyProvider, Signer } from '../ports/index.js'
import { generatePrivateKey, keyObjectSigner } from './key-signer.js'

/** A keystore that forgets everything with the process: for tests and for certificates that need not outlive it. */
export function memoryKeys(): KeyProvider {
  const signers = new Map<string, Signer>()
  return Object.freeze({
    keyTypes: new Set(keyTypes.map(({ type }) => type)),
    async generate(id, type) {
      const signer = keyObjectSigner(await generatePrivateKey(type), type)
      if (signers.has(id)) throw new CertwrightError('conflict', `a key with the id "${id}" exists`)
      signers.set(id, signer)
      return signer
    },
    open: async (id) => signers.get(id),
    list: async () => [...signers.keys()],
    remove: async (id) => signers.delete(id),
  } satisfies KeyProvider)
}
