import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { type Binaries, embeddedBinaries, type ServerUser } from './binaries.js'

/** A server of our own. */
export interface EmbeddedServer {
  /** URL of the database `postgres`. */
  readonly url: string
  /** Stops it as an administrator would (`fast`) or as a crash would (`immediate`), and starts it again. */
  restart(mode: 'fast' | 'immediate'): Promise<void>
  stop(): Promise<void>
}

/**
 * Keeps the server for as long as its standard input is open: when the process that started it ends, in whatever way,
 * the server ends and its directory goes.
 */
const keeper = `
"$1" -D "$2/data" -l "$2/log" -w -t 60 start >/dev/null 2>&1 && echo ready || echo failed
cat >/dev/null
"$1" -D "$2/data" -m immediate -w stop >/dev/null 2>&1
rm -rf "$2"
echo gone
`

/** @param durable whether commits reach the disk; without, tests run faster and only a crash of the machine matters */
export async function startEmbedded(durable: boolean): Promise<EmbeddedServer> {
  const user = await serverUser()
  const directory = await mkdtemp(join(tmpdir(), 'certwright-pg-'))
  try {
    if (user) await chown(directory, user.uid, user.gid)
    const binaries = await embeddedBinaries(user, directory)
    await initialize(binaries, directory, user, durable)
    const child = await startKeeper(binaries, directory, user)
    return {
      // The directory is the way to the server's socket: there is no port that another process could hold.
      url: `postgres://postgres@${encodeURIComponent(directory)}/postgres`,
      restart: async (mode) => {
        const args = ['-D', join(directory, 'data'), '-l', join(directory, 'log'), '-m', mode, '-w', 'restart']
        const restarted = spawn(binaries.pgCtl, args, { ...user, stdio: 'ignore' })
        await new Promise((resolve) => restarted.on('exit', resolve))
      },
      stop: () => stopKeeper(child),
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** As root: the user `nobody`, which has a name everywhere and owns nothing. */
async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error('there is no user "nobody" to run PostgreSQL as')
  return { uid: Number(uid), gid: Number(gid) }
}

async function initialize(binaries: Binaries, directory: string, user: ServerUser | undefined, durable: boolean) {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: '',
    unix_socket_directories: directory,
    max_connections: '200',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  const args = [
    ...[
      '--pgdata',
      join(directory, 'data'),
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--no-sync',
      '--no-instructions',
    ],
    ...['--encoding', 'UTF8', '--locale', 'C'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ]
  await promisify(execFile)(binaries.initdb, args, { ...user, cwd: directory })
}

async function startKeeper(binaries: Binaries, directory: string, user: ServerUser | undefined): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', binaries.pgCtl, directory], {
    ...user,
    cwd: directory,
    // A group of its own: an interrupt at the terminal must not reach the server before its keeper ends it.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const line = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('error', (error) => resolve(error.message))
  })
  if (line === 'ready') return child
  const log = await readFile(join(directory, 'log'), 'utf8').catch(() => line)
  await stopKeeper(child)
  throw new Error(`PostgreSQL did not start:\n${log}`)
}

async function stopKeeper(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  if (child.exitCode === null && child.signalCode === null) await ended
}

/** A name that no other test has. */
export function uniqueName(): string {
  return `certwright_test_${randomBytes(8).toString('hex')}`
}
