import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../src/asn1/', import.meta.url))

describe('core/asn1', () => {
  it('loads nothing but itself and the error base', () => {
    const imported = readdirSync(folder).flatMap((file) =>
      [
        ...readFileSync(`${folder}${file}`, 'utf8').matchAll(
          /^(?:import|export) (?:type )?(?:\{[^}]*\}|\*(?: as \w+)?) from '(.*?)'/gm,
        ),
      ].map(([, from]) => from),
    )
    expect(imported.length).toBeGreaterThan(50)
    expect(imported.filter((from) => !from?.startsWith('./') && from !== '../errors.js')).toEqual([])
  })
})
