import { describe, expect, it } from 'vitest'
import { check as machinePaths } from '../checks/machine-paths.mjs'
import { check as sourceShape } from '../checks/source-shape.mjs'
import { withFixture } from './support/fixture.mjs'

const path = 'packages/core/src/ca/a.ts'

describe('source-shape', () => {
  /** @type {[string, Record<string, string>, RegExp][]} */
  const violations = [
    ['501 lines', { [path]: '\n'.repeat(501) }, /a\.ts: 501 lines/],
    ['a default export', { [path]: '\nexport default function a() {}' }, /a\.ts:2: no default export/],
    ['export default of a value', { [path]: 'export default 1' }, /no default export/],
    ['a name exported as default', { [path]: 'const a = 1\nexport { a as default }' }, /a\.ts:2: no default export/],
    ['an enum', { [path]: 'export enum A { B }' }, /no enum/],
    ['a const enum', { [path]: 'declare const enum A { B }' }, /no enum/],
    ['camel case', { 'packages/core/src/ca/openCa.ts': '' }, /kebab-case/],
    ['an underscore', { 'packages/core/src/my_ca/a.ts': '' }, /kebab-case/],
  ]
  it.each(violations)('refuses %s', (_, files, message) =>
    withFixture(files, (root) => expect(sourceShape({ root })).toEqual([expect.stringMatching(message)])),
  )

  it('accepts 500 lines', () =>
    withFixture({ [path]: '\n'.repeat(500) }, (root) => expect(sourceShape({ root })).toEqual([])))
})

describe('machine-paths', () => {
  // put together here, so that this file itself passes
  const homes = ['root', 'home', 'work', 'Users'].map((name) => `/${name}/me/repository`)

  it.each(homes)('refuses %s', (home) =>
    withFixture(
      { 'docs/a.md': `fine\nsee ${home}` },
      (root) => expect(machinePaths({ root })).toEqual([expect.stringMatching(/^docs\/a\.md:2:/)]),
      { git: true },
    ),
  )

  it('accepts the same words in URLs and relative paths, and does not look into ignored files', () =>
    withFixture(
      { '.gitignore': 'dist/', 'dist/a.js': homes.join('\n'), 'a.md': 'https://host/root/ca ./work/a docs/home/b' },
      (root) => expect(machinePaths({ root })).toEqual([]),
      { git: true },
    ))
})
