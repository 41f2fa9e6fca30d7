import type { KeyGenerator } from '../ports/index.js'
import { generatePrivateKey } from './private-key.js'

/** Makes keys of every type in memory. */
export const softwareKeyGenerator: KeyGenerator = {
  async generate(type) {
    const key = await generatePrivateKey(type)
    return { publicKey: key.publicKey, privateKey: key.pkcs8() }
  },
}
