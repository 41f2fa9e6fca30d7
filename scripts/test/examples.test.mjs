import { describe, expect, it } from 'vitest'
import { check } from '../checks/examples.mjs'
import { codeBlocks } from '../lib/markdown.mjs'
import { withFixture } from './support/fixture.mjs'

const fence = '```'
const block = (/** @type {string} */ info, /** @type {string[]} */ ...code) =>
  [fence + info, ...code, fence, ''].join('\n')

describe('codeBlocks', () => {
  it('finds blocks with their lines, language and mark, indented ones too', () => {
    const text = `# a\n\n${block('ts run', 'const a = 1', 'a')}\n1. b\n   ${fence}sh\n   ls\n     -l\n   ${fence}\n`
    expect(codeBlocks('a.md', text)).toEqual([
      { document: 'a.md', line: 4, language: 'ts', run: true, code: 'const a = 1\na' },
      { document: 'a.md', line: 10, language: 'sh', run: false, code: 'ls\n  -l' },
    ])
  })
})

describe('examples', () => {
  /** @param {Record<string, string>} files */
  const found = (files) => withFixture(files, (root) => check({ root }), { git: true })

  it('accepts good ones, and leaves other languages alone', async () => {
    const good = block(
      'ts run',
      `import { toHex } from '@certwright/core/asn1'`,
      'console.log(toHex(Uint8Array.of(1)))',
    )
    expect(await found({ 'README.md': good + block('json', '{{{') })).toEqual([])
  })

  it('refuses a wrong type, at its line in the document', async () => {
    const text = `\n\n${block('ts', `import { fromHex } from '@certwright/core/asn1'`, 'export const a: string = fromHex(1)')}`
    const messages = await found({ 'packages/core/README.md': text })
    expect(messages).toContainEqual(expect.stringMatching(/^packages\/core\/README\.md:5: Type 'Uint8Array/))
  })

  it('reads the TSDoc of sources, with its lines', async () => {
    const source = [
      '/**',
      ' * @example',
      ' * ```ts',
      ' * const a: string = 1',
      ' * ```',
      ' */',
      'export const b: string = 1',
    ]
    const messages = await found({ 'packages/core/src/a.ts': source.join('\n') })
    expect(messages).toEqual([expect.stringMatching(/^packages\/core\/src\/a\.ts:4: Type 'number'/)])
  })

  it('refuses an example that fails when it runs, and only then', async () => {
    expect(await found({ 'docs/a.md': block('ts', `throw new Error('ran')`) })).toEqual([])
    expect(await found({ 'docs/a.md': block('ts run', `throw new Error('ran')`) })).toEqual([
      expect.stringMatching(/^docs\/a\.md:2: the example fails:[\s\S]*ran/),
    ])
  })

  it('refuses what is no shell command', async () => {
    expect(await found({ 'docs/a.md': block('sh', 'if') })).toEqual([
      expect.stringMatching(/^docs\/a\.md:2: the commands fail/),
    ])
  })

  it('runs commands against a platform, and refuses those that fail', async () => {
    const first =
      'curl --fail --silent --cacert pki-data/trust-anchor.pem https://localhost:8443/.well-known/est/cacerts >ca.p7'
    const text =
      block('sh run', 'npm start') +
      block('sh run', first) +
      block('sh run', 'test -s ca.p7', 'false | true', 'echo not reached')
    expect(await found({ 'README.md': text })).toEqual([expect.stringMatching(/^README\.md:8: the commands fail:\s*$/)])
  })
})
