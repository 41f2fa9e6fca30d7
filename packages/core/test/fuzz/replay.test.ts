import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { schemaNames } from './every-schema.js'
import { targets } from './targets.js'

/** Inputs that once broke a decoder, as `npm run fuzz` wrote them: `crashes/DECODER/HASH.bin`. */
const crashes = fileURLToPath(new URL('./crashes/', import.meta.url))

describe.each(Object.entries(targets))('%s', (name, target) => {
  it('reads its seeds', async () => {
    expect(target.seeds.length).toBeGreaterThan(0)
    for (const seed of target.seeds) {
      expect(seed.length).toBeGreaterThan(0)
      await target.run(seed)
    }
  })

  it('keeps its promise on every change of one octet', async () => {
    for (const seed of target.seeds) {
      const step = Math.max(1, Math.floor(seed.length / 50))
      for (let index = 0; index < seed.length; index += step) {
        for (const octet of [0x00, 0x30, 0x7f, 0x80, 0xff]) {
          const input = Uint8Array.from(seed)
          input[index] = octet
          await target.run(input)
        }
        await target.run(seed.subarray(0, index))
      }
    }
  })

  it('keeps its promise on inputs that once broke it', async () => {
    const folder = `${crashes}${name}`
    const files = existsSync(folder) ? readdirSync(folder) : []
    for (const file of files) await target.run(new Uint8Array(readFileSync(`${folder}/${file}`)))
  })
})

it('knows every structure that is exported', () => {
  expect(schemaNames).toEqual(expect.arrayContaining(['Certificate', 'SignedData', 'GeneralNames', 'KeyUsage', 'Name']))
  expect(schemaNames.length).toBeGreaterThan(80)
})
