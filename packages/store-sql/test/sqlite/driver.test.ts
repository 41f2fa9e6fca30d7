import { expect, test } from 'vitest'
import { loadSqlite, type SqliteLoader } from '../../src/sqlite/driver.js'

const failing =
  (message: string, code?: string): SqliteLoader =>
  async () => {
    throw Object.assign(new Error(message), code === undefined ? {} : { code })
  }
const working: SqliteLoader = async () => () => {
  throw new Error('opened')
}

const causes = [
  ['not installed', failing('Cannot find package', 'ERR_MODULE_NOT_FOUND'), 'it is not installed'],
  ['not built', failing('Could not locate the bindings file. Tried: /secret/path'), 'its native part was not built'],
  [
    'built for another Node',
    failing('was compiled against a different Node.js version using NODE_MODULE_VERSION 115', 'ERR_DLOPEN_FAILED'),
    'it was built for another version of Node',
  ],
  ['another system', failing('/secret/path: invalid ELF header', 'ERR_DLOPEN_FAILED'), 'does not run on this system'],
  ['anything else', failing('/secret/path'), 'it fails when it starts'],
] as const

test.each(causes)('without any driver the error names it, the cause and the way out: %s', async (_, loader, cause) => {
  const loaders = { 'better-sqlite3': loader, 'node:sqlite': failing('Node 20.0.0 has no built-in SQLite') }
  const error = await loadSqlite(undefined, loaders).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'store', reason: 'driver' })
  expect(String(error)).toContain(`better-sqlite3 could not be loaded (`)
  expect(String(error)).toContain(cause)
  expect(String(error)).toContain('python3, make, g++')
  expect(String(error)).toContain('npm rebuild better-sqlite3')
  expect(String(error)).toContain('Node 22.13')
  expect(String(error)).toContain('PostgreSQL')
  expect(String(error)).not.toContain('/secret')
})

test("Node's own SQLite takes the place of a driver that does not load", async () => {
  const loaders = { 'better-sqlite3': failing('no'), 'node:sqlite': working }
  const open = await loadSqlite(undefined, loaders)
  expect(() => open(':memory:')).toThrow('opened')
})

test('a driver that was asked for is the only one tried', async () => {
  const loaders = { 'better-sqlite3': failing('no'), 'node:sqlite': working }
  await expect(loadSqlite(['better-sqlite3'], loaders)).rejects.toMatchObject({ reason: 'driver' })
})
