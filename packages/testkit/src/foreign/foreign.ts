import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program of others that tests use as a peer, found at run time or missing. */
export interface ForeignProgram {
  readonly program: string
  /** Where it is; `undefined` when it was not found. */
  readonly path: string | undefined
  /** How to get it, in one line. */
  readonly remedy: string
  /**
   * Runs it, without a shell, and waits for its end.
   *
   * @throws Error with its output when it ends with another code than 0 (see `anyExit`), by a signal, after `timeout`,
   *   or when it is missing
   */
  run(args: readonly string[], options?: ForeignRunOptions): Promise<ForeignResult>
}

/** How a foreign program is run. */
export interface ForeignRunOptions {
  /** What it reads from standard input. */
  readonly input?: Uint8Array | string
  readonly cwd?: string
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds until it is killed; 30000 when absent. */
  readonly timeout?: number
  /** Accept any exit code. */
  readonly anyExit?: boolean
}

/** What a foreign program left behind. */
export interface ForeignResult {
  readonly code: number
  readonly stdout: Uint8Array
  /** Standard output as UTF-8. */
  readonly text: string
  readonly stderr: string
}

/** Directories of system programs, which are not on every user's path. */
const systemDirectories = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/opt/homebrew/bin',
]

/** Where a program comes from: the package of Debian that has it, or the command that installs it. */
export type ForeignSource = { readonly debianPackage: string } | { readonly install: string }

/** Looks for a program on the path and in the system's directories. */
export function foreign(program: string, source: ForeignSource): ForeignProgram {
  const path = find(program)
  const install = 'install' in source ? source.install : `apt-get install ${source.debianPackage}`
  const remedy = `${program} is not installed: ${install}`
  return Object.freeze({
    program,
    path,
    remedy,
    run: async (args: readonly string[], runOptions: ForeignRunOptions = {}) => {
      if (path === undefined) throw new Error(remedy)
      return run(path, args, runOptions)
    },
  })
}

function find(program: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...systemDirectories]
  return directories.map((directory) => join(directory, program)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function run(path: string, args: readonly string[], options: ForeignRunOptions): Promise<ForeignResult> {
  const { cwd, timeout = 30_000 } = options
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd, env: { ...process.env, ...options.env }, timeout, killSignal: 'SIGKILL' })
    const stdout: Uint8Array[] = []
    const stderr: Uint8Array[] = []
    child.stdout.on('data', (chunk: Uint8Array) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Uint8Array) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const output = Buffer.concat(stdout)
      const result = {
        stdout: new Uint8Array(output),
        text: output.toString(),
        stderr: Buffer.concat(stderr).toString(),
      }
      if (code !== null && (code === 0 || options.anyExit)) return resolve({ code, ...result })
      const end = code === null ? `was ended by ${signal}` : `ended with code ${code}`
      reject(new Error(`${path} ${args.join(' ')} ${end}\n${result.stderr}${result.text}`))
    })
    // A program may end without reading its input; its exit code says what happened.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input)
  })
}
