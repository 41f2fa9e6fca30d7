import { createHash } from 'node:crypto'
import type { RandomSource } from '@certwright/core/ports'

/**
 * Octets that look random and are the same for the same seed: SHA-256 over seed and counter. For tests that must be
 * repeatable. **Never for production: whoever knows the seed knows every key, serial number and passcode made with it.**
 *
 * @example
 * ```ts
 * import { seededRandom } from '@certwright/testkit'
 *
 * const serial = seededRandom('my test').bytes(16)
 * console.log(serial.length) // 16
 * ```
 */
export function seededRandom(seed: string | number): RandomSource {
  let counter = 0
  let rest = new Uint8Array(0)
  const block = () =>
    createHash('sha256')
      .update(JSON.stringify([seed, counter++]))
      .digest()
  return Object.freeze({
    bytes(length: number) {
      const blocks = [rest]
      for (let size = rest.length; size < length; size += 32) blocks.push(new Uint8Array(block()))
      const all = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0))
      let offset = 0
      for (const part of blocks) {
        all.set(part, offset)
        offset += part.length
      }
      rest = all.slice(length)
      return all.slice(0, length)
    },
  })
}
