import { join, relative, sep } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { check as docs } from '../checks/docs.mjs'
import { check as exportsCheck } from '../checks/exports.mjs'
import { check as lint } from '../checks/lint.mjs'
import { check as packages } from '../checks/packages.mjs'
import { check as types } from '../checks/types.mjs'
import { gitFiles } from '../lib/git-files.mjs'
import { root as home } from '../lib/root.mjs'
import { manifest, withFixture } from './support/fixture.mjs'

const asn1 = { types: './dist/asn1/index.d.ts', default: './dist/asn1/index.js' }
const map = (/** @type {string[]} */ ...sources) => ({ version: 3, sources, mappings: '', names: [] })

describe('exports', () => {
  const files = {
    'packages/core/package.json': manifest('core', { exports: { './asn1': asn1 } }),
    'packages/core/README.md': 'Codecs: `@certwright/core/asn1`.',
    'packages/core/dist/asn1/index.js': 'import "../chunk-A.js"',
    'packages/core/dist/asn1/index.js.map': map('../../src/asn1/schema.ts'),
    'packages/core/dist/chunk-A.js': '',
    'packages/core/dist/chunk-A.js.map': map('../src/errors.ts'),
    // what npm does with a link, without one
    'node_modules/@certwright/core/package.json': manifest('core', { exports: { './asn1': './index.js' } }),
    'node_modules/@certwright/core/index.js': '',
  }
  /** @param {Record<string, unknown>} changed */
  const found = (changed) => withFixture({ ...files, ...changed }, (root) => exportsCheck({ root }), { git: true })

  it('accepts what resolves, is documented and loads little', async () => expect(await found({})).toEqual([]))

  it('refuses a subpath that cannot be imported', async () => {
    const broken = await found({ 'node_modules/@certwright/core/index.js': `import './gone.js'` })
    expect(broken).toEqual([expect.stringMatching(/@certwright\/core\/asn1 cannot be imported: .*gone\.js/)])
  })

  it('refuses a subpath that no page names', async () => {
    expect(await found({ 'packages/core/README.md': '' })).toEqual([
      expect.stringMatching(/has to say what `@certwright\/core\/asn1` is for/),
    ])
    expect(await found({ 'packages/core/README.md': '', 'docs/codec.md': '`@certwright/core/asn1`' })).toEqual([])
  })

  it('refuses a codec that drags in another room', async () => {
    const large = await found({ 'packages/core/dist/chunk-A.js.map': map('../src/ca/open-ca.ts') })
    expect(large).toEqual(['@certwright/core/asn1 loads packages/core/src/ca/open-ca.ts'])
  })

  it('refuses an entry that loads a library which users may do without', async () => {
    const ca = { types: './dist/ca/index.d.ts', default: './dist/ca/index.js' }
    const peers = await found({
      'packages/core/package.json': manifest('core', { exports: { './ca': ca } }),
      'packages/core/README.md': '`@certwright/core/ca`',
      'packages/core/dist/ca/index.js': 'import "../chunk-A.js"',
      'packages/core/dist/ca/index.js.map': map('../../src/ca/index.ts'),
      'packages/core/dist/chunk-A.js.map': map('../src/interop/pkijs/index.ts'),
      'node_modules/@certwright/core/package.json': manifest('core', { exports: { './ca': './index.js' } }),
    })
    expect(peers).toEqual(['@certwright/core/ca loads packages/core/src/interop/pkijs/index.ts'])
  })

  it('loads first what a peer dependency asks for', async () => {
    const peculiar = { types: './dist/interop/peculiar/index.d.ts', default: './dist/interop/peculiar/index.js' }
    const entry = {
      'packages/core/package.json': manifest('core', { exports: { './interop/peculiar': peculiar } }),
      'packages/core/README.md': '`@certwright/core/interop/peculiar`',
      'node_modules/@certwright/core/package.json': manifest('core', {
        exports: { './interop/peculiar': './index.js' },
      }),
      'node_modules/@certwright/core/index.js': `if (!globalThis.loaded) throw new Error('too early')`,
      'node_modules/reflect-metadata/package.json': JSON.stringify({ name: 'reflect-metadata', exports: './index.js' }),
      'node_modules/reflect-metadata/index.js': 'globalThis.loaded = true',
    }
    expect(await found(entry)).toEqual([])
    const message = await found({ ...entry, 'node_modules/reflect-metadata/index.js': '' })
    expect(message).toEqual([expect.stringMatching(/interop\/peculiar cannot be imported: .*too early/)])
  })
})

describe('packages', () => {
  const index = { types: './dist/index.d.ts', default: './dist/index.js' }
  const files = {
    'packages/a/package.json': manifest('a', { exports: { '.': index } }),
    'packages/a/README.md': '# a',
    'packages/a/LICENSE': 'a licence',
    'packages/a/src/index.ts': 'export const a = 1',
    'packages/a/dist/index.js': 'export const a = 1',
    'packages/a/dist/index.d.ts': 'export declare const a = 1',
    'packages/a/dist/.tsbuildinfo': '',
    'packages/a/dist/.build': '',
  }
  /** @param {Record<string, unknown>} changed */
  const found = (changed) => withFixture({ ...files, ...changed }, (root) => packages({ root }), { modules: true })

  it('accepts a good one, and leaves out what is for the build', async () => expect(await found({})).toEqual([]))

  it('refuses declarations that are CommonJS for code that is not (attw), and entries that do not exist (publint)', async () => {
    const wrong = manifest('a', {
      exports: { '.': { types: './dist/index.d.cts', default: './dist/index.js' }, './b': './dist/b.js' },
    })
    const messages = await found({
      'packages/a/package.json': wrong,
      'packages/a/dist/index.d.cts': 'export declare const a = 1',
    })
    expect(messages.join('\n')).toMatch(/a: publint: .*b\.js/)
    expect(messages.join('\n')).toMatch(/a: attw:/)
  })

  it('refuses a tarball with files of the build, or without sources', async () => {
    const all = { 'packages/a/package.json': manifest('a', { exports: { '.': index }, files: ['dist'] }) }
    const messages = await found(all)
    expect(messages).toContainEqual(expect.stringMatching(/tarball has no file like .*src/))
    expect(messages).toContainEqual(expect.stringMatching(/dist\/\.tsbuildinfo must not be published/))
  })
})

describe('tools', () => {
  it('lint refuses what Biome refuses', () =>
    withFixture(
      { 'packages/a/src/a.ts': 'export let a: any = 1;' },
      async (root) => expect((await lint({ root })).join('\n')).toMatch(/noExplicitAny[\s\S]*format/),
      { modules: true, copies: ['biome.json'] },
    ))

  it('types refuses errors in packages, in tests and in scripts', () => {
    const project = {
      extends: './tsconfig.base.json',
      compilerOptions: { composite: false, noEmit: true, emitDeclarationOnly: false, allowJs: true, checkJs: true },
    }
    const files = {
      'tsconfig.json': { ...project, files: ['a.ts'] },
      'tsconfig.tests.json': { ...project, files: ['b.ts'] },
      'tsconfig.scripts.json': { ...project, files: ['c.js'] },
      'a.ts': `export const a: number = 'a'`,
      'b.ts': `export const b: number = 'b'`,
      'c.js': `export const c = undefined.c`,
    }
    const check = async (/** @type {string} */ root) =>
      expect((await types({ root })).join('\n')).toMatch(/a\.ts\(1,[\s\S]*b\.ts\(1,[\s\S]*c\.js\(1,/)
    return withFixture(files, check, { modules: true, copies: ['tsconfig.base.json'] })
  })

  it('types looks at every TypeScript file that is no source: tests, benchmarks, settings', () => {
    const { config } = ts.readConfigFile(join(home, 'tsconfig.tests.json'), ts.sys.readFile)
    const { fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, home)
    const checked = fileNames.map((file) => relative(home, file).split(sep).join('/'))
    const others = gitFiles(home).filter(
      (file) => file.endsWith('.ts') && !/^(packages|examples)\/[^/]+\/src\//.test(file),
    )
    expect(checked).toEqual(expect.arrayContaining(others))
    expect(others).toContain('bench/codec.ts')
  })

  it('docs refuses an export without documentation', () => {
    const files = {
      'README.md': '# a',
      'packages/a/package.json': manifest('a'),
      'packages/a/src/index.ts': '/** Said. */\nexport const said = 1\nexport const unsaid = 2',
    }
    const check = async (/** @type {string} */ root) => {
      const messages = (await docs({ root })).join('\n')
      expect(messages).toMatch(/unsaid .*does not have any documentation/)
      expect(messages).not.toMatch(/\bsaid /)
    }
    const copies = ['typedoc.config.mjs', 'tsconfig.docs.json', 'tsconfig.base.json', 'scripts/lib']
    return withFixture(files, check, { modules: true, copies })
  })
})
