import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { buildJavaScript } from '../lib/build-javascript.mjs'
import { isBuilt, sourcesOf } from '../lib/build-stamp.mjs'
import { isInstalled } from '../lib/install.mjs'
import { withLock } from '../lib/setup-lock.mjs'
import { readWorkspaces } from '../lib/workspaces.mjs'
import { manifest, withFixture } from './support/fixture.mjs'

const nobody = () => {
  throw new Error('nobody holds the lock')
}

describe('the lock of installing and building', () => {
  it('lets one job in at a time', () =>
    withFixture({}, async (root) => {
      const lock = join(root, '.cache', 'setup.lock')
      /** @type {string[]} */
      const log = []
      let second = Promise.resolve()
      await withLock(lock, nobody, async () => {
        await new Promise((resolve) => {
          second = withLock(lock, resolve, async () => void log.push('second'))
        })
        log.push('first')
      })
      await second
      expect(log).toEqual(['first', 'second'])
      expect(existsSync(lock)).toBe(false)
    }))

  it('is released by a job that fails', () =>
    withFixture({}, async (root) => {
      const lock = join(root, 'setup.lock')
      const failing = withLock(lock, nobody, () => Promise.reject(new Error('no compiler')))
      await expect(failing).rejects.toThrow('no compiler')
      await expect(withLock(lock, nobody, async () => 'done')).resolves.toBe('done')
    }))

  it('is taken over from a process that died', () =>
    withFixture({}, async (root) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'process.pid'])
      writeFileSync(join(root, 'setup.lock'), `${stdout.trim()} ${hostname()}`)
      await expect(
        withLock(
          join(root, 'setup.lock'),
          () => {},
          async () => 'done',
        ),
      ).resolves.toBe('done')
    }))

  it('is taken over from another machine that fell silent', () =>
    withFixture({ 'setup.lock': '1 another-machine' }, async (root) => {
      const longAgo = new Date(Date.now() - 60_000)
      utimesSync(join(root, 'setup.lock'), longAgo, longAgo)
      await expect(
        withLock(
          join(root, 'setup.lock'),
          () => {},
          async () => 'done',
        ),
      ).resolves.toBe('done')
    }))
})

describe('isInstalled', () => {
  const lock = {
    packages: {
      '': {},
      'packages/core': { version: '0.0.0' },
      'node_modules/@certwright/core': { link: true, resolved: 'packages/core' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-another-system': { version: '1.0.0', optional: true },
    },
  }
  const record = 'node_modules/.package-lock.json'
  const present = { 'node_modules/a': { version: '1.0.0' } }
  const files = { 'package-lock.json': lock, 'node_modules/@certwright/core': 'link', [record]: { packages: present } }

  it('is true for what the lock file says', () => withFixture(files, (root) => expect(isInstalled(root)).toBe(true)))

  /** @type {[string, Record<string, unknown>][]} */
  const others = [
    ['nothing is', { [record]: '' }],
    ['a package is missing', { [record]: { packages: {} } }],
    ['another version is', { [record]: { packages: { 'node_modules/a': { version: '2.0.0' } } } }],
    [
      'an optional package has another version',
      { [record]: { packages: { ...present, 'node_modules/for-another-system': { version: '2.0.0' } } } },
    ],
  ]
  it.each(others)('is false when %s', (_, changed) =>
    withFixture({ ...files, ...changed }, (root) => expect(isInstalled(root)).toBe(false)),
  )

  it('is false while npm is at work: its own record is gone', () =>
    withFixture(files, (root) => {
      rmSync(join(root, record))
      expect(isInstalled(root)).toBe(false)
    }))

  it('is false when a package of ours is not linked', () =>
    withFixture(files, (root) => {
      rmSync(join(root, 'node_modules/@certwright/core'))
      expect(isInstalled(root)).toBe(false)
    }))
})

describe('building', () => {
  const index = { types: './dist/index.d.ts', default: './dist/index.js' }
  const room = { types: './dist/room/index.d.ts', default: './dist/room/index.js' }
  const files = {
    'packages/a/package.json': manifest('a', {
      exports: { '.': index, './room': room, './package.json': './package.json' },
    }),
    'packages/a/tsconfig.json': {},
    'packages/a/src/index.ts': `export { shared } from './shared.js'\nexport { randomBytes } from 'node:crypto'`,
    'packages/a/src/room/index.ts': `export { shared } from '../shared.js'`,
    'packages/a/src/shared.ts': `export const shared: string = 'shared'`,
  }

  /** @param {string} root */
  const only = (root) => {
    const [workspace] = readWorkspaces(root)
    if (workspace === undefined) throw new Error('the fixture has a package')
    return workspace
  }

  it('is needed once, and again after an edit; old chunks and declarations go', () =>
    withFixture(files, async (root) => {
      const workspace = only(root)
      const dist = join(workspace.dir, 'dist')
      expect(isBuilt(workspace, sourcesOf(workspace))).toBe(false)
      mkdirSync(dist)
      for (const old of ['chunk-OLD.js', 'chunk-OLD.js.map', 'gone.d.ts']) writeFileSync(join(dist, old), '')
      writeFileSync(join(dist, 'shared.d.ts'), '')
      await buildJavaScript(workspace)
      expect(isBuilt(workspace, sourcesOf(workspace))).toBe(true)
      expect(['chunk-OLD.js', 'chunk-OLD.js.map', 'gone.d.ts'].filter((old) => existsSync(join(dist, old)))).toEqual([])
      expect(existsSync(join(dist, 'shared.d.ts'))).toBe(true)
      expect(readFileSync(join(dist, 'index.js'), 'utf8')).toContain('"node:crypto"')
      writeFileSync(join(workspace.dir, 'src/shared.ts'), `export const shared: string = 'other'`)
      expect(isBuilt(workspace, sourcesOf(workspace))).toBe(false)
    }))

  it('that failed is not taken for done', () =>
    withFixture(files, async (root) => {
      const workspace = only(root)
      await buildJavaScript(workspace)
      writeFileSync(join(workspace.dir, 'src/shared.ts'), 'export const shared: string =')
      await expect(buildJavaScript(workspace)).rejects.toThrow()
      writeFileSync(join(workspace.dir, 'src/shared.ts'), files['packages/a/src/shared.ts'])
      expect(isBuilt(workspace, sourcesOf(workspace))).toBe(false)
    }))

  it('names the export that has no source', () =>
    withFixture(
      { ...files, 'packages/a/package.json': manifest('a', { exports: { './b': { default: './dist/b.js' } } }) },
      (root) =>
        expect(buildJavaScript(only(root))).rejects.toThrow(
          'packages/a/package.json exports @certwright/a/b, but there is no packages/a/src/b.ts',
        ),
    ))
})
