import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What is left of a process that was killed. */
export interface Killed {
  /** The whole lines that it had written to standard output. */
  readonly lines: readonly string[]
  /** Whether it was killed; false if it ended by itself. */
  readonly killed: boolean
  readonly stderr: string
}

/**
 * For crash tests: runs a module in a Node process of its own and kills it (SIGKILL) as soon as `when` says so. The
 * process should print a line for each thing that it was promised; all of them must hold afterwards.
 *
 * @param module path of a JavaScript module
 * @param options `args`: its arguments; `when`: asked at each line, gets the line and its number, from 1
 */
export function runUntilKilled(
  module: string,
  options: { readonly args?: readonly string[]; readonly when: (line: string, count: number) => boolean },
): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [module, ...(options.args ?? [])], { stdio: ['ignore', 'pipe', 'pipe'] })
    const lines: string[] = []
    let text = ''
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    // What follows the last line end is a line that the process did not finish.
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (options.when(line, lines.length)) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', (_, signal) => {
      const whole = text.endsWith('\n') ? lines : text.split('\n').slice(0, -1)
      resolve({ lines: whole, killed: signal === 'SIGKILL', stderr })
    })
  })
}
