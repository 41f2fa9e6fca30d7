import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../src/asn1/', import.meta.url))

/** What a file imports, in whatever way; its comments have examples that import. */
const importsOf = (file: string): readonly string[] => {
  const code = readFileSync(`${folder}${file}`, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, from = '']) => from)
}

describe('core/asn1', () => {
  it('loads nothing but itself and the error base', () => {
    const imported = readdirSync(folder).flatMap(importsOf)
    expect(imported.length).toBeGreaterThan(100)
    expect(imported.filter((from) => !from.startsWith('./') && from !== '../errors.js')).toEqual([])
  })

  it('needs nothing of the system', () => {
    const code = readdirSync(folder).map((file) => readFileSync(`${folder}${file}`, 'utf8'))
    expect(code.join('\n')).not.toMatch(/\b(?:Buffer|process|require|globalThis|fetch|setTimeout)\b[.(]/)
  })
})
