import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { targets } from './targets.js'

/** Inputs that once broke a decoder, as `npm run fuzz` wrote them: `crashes/DECODER/HASH.bin`. */
const crashes = fileURLToPath(new URL('./crashes/', import.meta.url))

describe.each(Object.entries(targets))('%s', (name, { seeds, run }) => {
  it('reads its seeds, and each with one octet changed or cut off', () => {
    expect(seeds.length).toBeGreaterThan(0)
    for (const seed of seeds) {
      run(seed)
      for (let index = 0; index < seed.length; index += Math.max(1, Math.floor(seed.length / 100))) {
        run(Uint8Array.from(seed).fill(0xff, index, index + 1))
        run(seed.subarray(0, index))
      }
    }
  })

  it('keeps its promise on inputs that once broke it', () => {
    const files = existsSync(`${crashes}${name}`) ? readdirSync(`${crashes}${name}`) : []
    for (const file of files) run(new Uint8Array(readFileSync(`${crashes}${name}/${file}`)))
  })
})
