import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The built platform in a process of its own, as an operator runs it. */
export interface PlatformProcess {
  readonly data: string
  readonly http: string
  readonly https: string
  readonly trustAnchor: string
  readonly credentials: { readonly username: string; readonly password: string }
  /** Everything it printed so far. */
  output(): string
  /** Sends a signal and waits for the end; answers the exit code, or the signal that ended it. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** A folder for one test file; `remove` when done. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'certwright-platform-'))
  return { path: join(path, 'data'), remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts the platform on free ports and waits for its line `ready`. */
export async function startProcess(data: string, extra: readonly string[] = []): Promise<PlatformProcess> {
  if (!existsSync(main)) throw new Error('the platform is not built: run npm run build first')
  const args = [main, '--data', data, '--http', '0', '--https', '0', ...extra]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const read = collect(child)
  await until(child, read, /^ready$/m)
  const url = (scheme: string): string => {
    const match = new RegExp(`\\b${scheme}://[^\\s/]+`).exec(read())
    if (match === null) throw new Error(`no ${scheme} URL in the output: ${read()}`)
    return match[0]
  }
  return {
    data,
    http: url('http'),
    https: url('https'),
    trustAnchor: readFileSync(join(data, 'trust-anchor.pem'), 'utf8'),
    credentials: JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')).est,
    output: read,
    async stop(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        const end = once(child, 'exit')
        child.kill(signal)
        await end
      }
      return child.exitCode ?? child.signalCode
    },
  }
}

/** Starts the platform and kills it as soon as it has logged so many audit events. */
export async function startAndKill(data: string, auditEvents: number): Promise<void> {
  const args = [main, '--data', data, '--http', '0', '--https', '0']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const read = collect(child)
  child.stderr?.on('data', () => {
    if (read().split('"msg":"audit"').length > auditEvents) child.kill('SIGKILL')
  })
  await once(child, 'close')
}

/** Runs the platform to its end, for options that it refuses. */
export async function runToEnd(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const read = collect(child)
  await once(child, 'close')
  return { code: child.exitCode, output: read() }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  return () => text
}

function until(child: ChildProcess, read: () => string, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (pattern.test(read())) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code}: ${read()}`)))
  })
}
