import { createHash, hash } from 'node:crypto'
import { type HashName, hashAlgorithm } from '../algorithms/index.js'
import { toArray } from './arrays.js'

/** `node:crypto` wants the length of what has no length of its own. */
const optionsOf = (name: HashName) =>
  name === 'shake128' || name === 'shake256' ? { outputLength: hashAlgorithm(name).length } : undefined

/** A hash at once. */
export function nodeDigest(name: HashName, data: Uint8Array): Uint8Array {
  const options = optionsOf(name)
  return toArray(options === undefined ? hash(name, data, 'buffer') : createHash(name, options).update(data).digest())
}

/** A hash in parts. */
export const nodeHash = (name: HashName) => createHash(name, optionsOf(name))
