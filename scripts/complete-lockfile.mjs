// Adds to package-lock.json what `npm install` leaves out: the platform packages (a linter's or bundler's binaries for
// other systems) that the registry in use does not serve. `npm ci` refuses a lock file that lacks an optional
// dependency, even one it would never install here. Run it after `npm install`; `npm run check` says when it is needed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { root } from './lib/root.mjs'

const systems = new Set(['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'win32'])
const processors = new Set(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'])

/**
 * @typedef {{ version?: string, optionalDependencies?: Record<string, string>, [field: string]: unknown }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry>, [field: string]: unknown }} Lockfile
 */

/**
 * The optional dependencies that no entry of the lock file stands for.
 * @param {Lockfile} lock
 * @returns {{ parent: LockEntry, name: string, version: string }[]}
 */
export function missingOptional(lock) {
  const missing = []
  for (const [at, parent] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const known = `node_modules/${name}` in lock.packages || `${at}/node_modules/${name}` in lock.packages
      if (!known) missing.push({ parent, name, version })
    }
  }
  return missing
}

/**
 * A copy of the lock file with an entry for every platform package. Such packages carry the exact version of their
 * parent, and their system and processor in their name; their hash is unknown here, so these entries have none.
 * @param {Lockfile} lock
 * @returns {Lockfile}
 * @throws {Error} for a missing package that is not a platform package
 */
export function completeLockfile(lock) {
  const packages = { ...lock.packages }
  for (const { parent, name, version } of missingOptional(lock))
    packages[`node_modules/${name}`] = entry(parent, name, version)
  const [first, ...others] = Object.entries(packages)
  const sorted = others.sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lock, packages: Object.fromEntries(first === undefined ? sorted : [first, ...sorted]) }
}

/**
 * @param {LockEntry} parent
 * @param {string} name
 * @param {string} version
 * @returns {LockEntry}
 */
function entry(parent, name, version) {
  const words = name.split(/[/-]/)
  const os = words.filter((word) => systems.has(word))
  const cpu = words.filter((word) => processors.has(word))
  if (os.length !== 1 || cpu.length !== 1 || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`package-lock.json lacks ${name}@${version}, which is not a platform package: run npm install`)
  }
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : ''
  return {
    version,
    cpu,
    ...(parent['dev'] === true ? { dev: true } : {}),
    ...(libc !== '' && os.includes('linux') ? { libc: [libc] } : {}),
    license: parent['license'],
    optional: true,
    os,
    engines: parent['engines'],
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  const added = missingOptional(lock).map(({ name }) => name)
  writeFileSync(path, `${JSON.stringify(completeLockfile(lock), null, 2)}\n`)
  console.log(added.length === 0 ? 'package-lock.json was complete' : `added ${added.join(', ')}`)
}
