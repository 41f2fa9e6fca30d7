import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { root } from './root.mjs'
import { runNpm } from './run.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own record last, when every package is
 * unpacked and every install script has run, and `npm ci` removes it first: an interrupted installation never matches.
 * @param {string} [from] the repository's root
 * @returns {boolean}
 */
export function isInstalled(from = root) {
  const wanted = packagesOf(join(from, 'package-lock.json'))
  const present = packagesOf(join(from, 'node_modules', '.package-lock.json'))
  if (wanted === undefined || present === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (entry.link === true) return existsSync(join(from, path))
    return !path.includes('node_modules/') || isPresent(entry, present[path])
  })
}

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockEntry
 */

/**
 * An optional package may be absent, but not in another version.
 * @param {LockEntry} wanted
 * @param {LockEntry | undefined} present
 */
function isPresent(wanted, present) {
  return present === undefined ? wanted.optional === true : present.version === wanted.version
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Installs exactly what package-lock.json says.
 * @throws {SetupError} when npm fails; its own output says why
 */
export async function install() {
  const { code } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'])
  if (code === 0 && isInstalled()) return
  throw new SetupError(
    code === 0
      ? 'npm ci ended without installing what package-lock.json asks for. Remove node_modules and try again.'
      : `npm ci failed (its message is above). Without access to a package registry nothing can be installed;
a registry other than npm's is set with: npm config set registry URL`,
  )
}

/**
 * SQLite is the one native part: better-sqlite3, or the SQLite that newer versions of Node have built in. npm leaves
 * better-sqlite3 out, silently, when it cannot be built; and a build for one major version of Node does not load in another.
 * @throws {SetupError} naming it, and the ways out
 */
export async function requireSqlite() {
  if (hasSqlite()) return
  if (existsSync(join(root, 'node_modules/better-sqlite3'))) {
    console.log('better-sqlite3 was built for another version of Node: building it again (npm rebuild better-sqlite3)')
    await runNpm(['rebuild', 'better-sqlite3'])
  }
  if (!hasSqlite()) throw new SetupError(noSqlite)
}

const noSqlite = `The native part better-sqlite3 (SQLite) could not be built for Node ${process.versions.node}. One of these helps:
  - install a C++ compiler, make and python3 (Debian: apt-get install build-essential python3), then: npm ci
  - use Node 22.13 or newer, which has SQLite built in
  - use PostgreSQL: npm start -- --database postgres://user:password@host/database`

function hasSqlite() {
  // Node's own: without a flag since 22.13
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 13)) return true
  try {
    const Database = createRequire(join(root, 'packages/store-sql/package.json'))('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}
