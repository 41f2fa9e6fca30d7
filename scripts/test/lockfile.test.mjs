import { describe, expect, it } from 'vitest'
import { check } from '../checks/lockfile.mjs'
import { completeLockfile } from '../complete-lockfile.mjs'
import { withFixture } from './support/fixture.mjs'

const parent = { version: '1.2.3', dev: true, license: 'MIT', engines: { node: '>=20' } }
const complete = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }
const incomplete = {
  packages: {
    '': {},
    'node_modules/linter': {
      ...parent,
      optionalDependencies: { '@linter/linux-arm64-musl': '1.2.3', '@linter/darwin-x64': '1.2.3' },
    },
    'node_modules/@linter/darwin-x64': { version: '1.2.3' },
  },
}

describe('lockfile', () => {
  it('accepts a complete one', () =>
    withFixture({ 'package-lock.json': complete }, (root) => expect(check({ root })).toEqual([])))

  it('names what npm left out', () =>
    withFixture({ 'package-lock.json': incomplete }, (root) => {
      expect(check({ root })).toEqual([expect.stringMatching(/lacks @linter\/linux-arm64-musl/)])
    }))

  it('refuses the name of a registry', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/a': { resolved: 'https://registry.example/a.tgz' },
        'packages/b': { resolved: 'packages/b' },
      },
    }
    return withFixture({ 'package-lock.json': lock }, (root) =>
      expect(check({ root })).toEqual([expect.stringMatching(/registry for node_modules\/a/)]),
    )
  })

  it('is completed with platform packages of the same version, in order, and once', () => {
    const { packages } = completeLockfile(incomplete)
    expect(Object.keys(packages)).toEqual([
      '',
      'node_modules/@linter/darwin-x64',
      'node_modules/@linter/linux-arm64-musl',
      'node_modules/linter',
    ])
    expect(packages['node_modules/@linter/linux-arm64-musl']).toEqual({
      ...parent,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    })
    expect(completeLockfile({ packages })).toEqual({ packages })
  })

  it('is not completed with a guess', () => {
    const lock = { packages: { '': {}, 'node_modules/a': { optionalDependencies: { fsevents: '^2.3.3' } } } }
    expect(() => completeLockfile(lock)).toThrow(/lacks fsevents/)
  })
})
