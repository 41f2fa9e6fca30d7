import { describe, expect, it } from 'vitest'
import { check } from '../checks/manifests.mjs'
import { manifest, withFixture } from './support/fixture.mjs'

const good = {
  LICENSE: 'the licence',
  'package.json': { engines: { node: '>=20.19.0' } },
  'tsconfig.json': { references: [{ path: 'packages/core' }, { path: 'packages/est' }] },
  'tsconfig.tests.json': { references: [{ path: 'packages/core' }, { path: 'packages/est' }] },
  'packages/core/package.json': manifest('core'),
  'packages/core/tsconfig.json': {},
  'packages/core/src/index.ts': '',
  'packages/core/LICENSE': 'the licence',
  'packages/core/README.md': '',
  'packages/est/package.json': manifest('est', { dependencies: { '@certwright/core': '0.0.0' } }),
  'packages/est/tsconfig.json': { references: [{ path: '../core' }] },
  'packages/est/src/index.ts': '',
  'packages/est/LICENSE': 'the licence',
  'packages/est/README.md': '',
}

/** @type {[string, Record<string, unknown>, RegExp][]} */
const violations = [
  [
    'another engine',
    { 'packages/core/package.json': manifest('core', { engines: { node: '>=22' } }) },
    /engines\.node has to be/,
  ],
  ['another licence', { 'packages/core/package.json': manifest('core', { license: 'MIT' }) }, /license has to be/],
  ['CommonJS', { 'packages/core/package.json': manifest('core', { type: 'commonjs' }) }, /type has to be "module"/],
  ['files without sources', { 'packages/core/package.json': manifest('core', { files: ['dist'] }) }, /files has to be/],
  ['a licence that differs', { 'packages/core/LICENSE': 'another' }, /copy of LICENSE/],
  [
    'an export without a source',
    {
      'packages/core/package.json': manifest('core', {
        exports: { './a': { types: './dist/a.d.ts', default: './dist/a.js' } },
      }),
    },
    /@certwright\/core\/a has no src\/a\.ts/,
  ],
  [
    'types after the code',
    {
      'packages/core/package.json': manifest('core', {
        exports: { '.': { default: './dist/index.js', types: './dist/index.d.ts' } },
      }),
    },
    /has to be \{ types, default \}/,
  ],
  [
    'a reference that is missing',
    { 'packages/est/tsconfig.json': {} },
    /est\/tsconfig\.json: references lack \.\.\/\.\.\/packages\/core/,
  ],
  [
    'a reference too many',
    { 'packages/core/tsconfig.json': { references: [{ path: '../est' }] } },
    /refers to \.\.\/est/,
  ],
  [
    'a package that nothing builds',
    { 'tsconfig.json': { references: [{ path: 'packages/core' }] } },
    /tsconfig\.json: references lack packages\/est/,
  ],
]

describe('manifests', () => {
  it('accepts packages that agree', () => withFixture(good, (root) => expect(check({ root })).toEqual([])))

  it.each(violations)('refuses %s', (_, files, message) =>
    withFixture({ ...good, ...files }, (root) => expect(check({ root })).toEqual([expect.stringMatching(message)])),
  )

  it('refuses packages that depend on each other', () =>
    withFixture(
      { ...good, 'packages/core/package.json': manifest('core', { dependencies: { '@certwright/est': '0.0.0' } }) },
      (root) => {
        expect(() => check({ root })).toThrow(/in a circle: @certwright\/core -> @certwright\/est -> @certwright\/core/)
      },
    ))
})
