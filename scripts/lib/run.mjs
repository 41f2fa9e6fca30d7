import { spawn } from 'node:child_process'
import { env, execPath, platform } from 'node:process'
import { root } from './root.mjs'

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean, timeout?: number }} [options]
 *   `quiet` keeps the output instead of passing it on; `timeout` in milliseconds, after which the program is ended
 * @returns {Promise<{ code: number, output: string }>} code 0 is success; what ended by a signal has code 1
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...env, ...options.env },
      shell: options.shell ?? false,
      timeout: options.timeout,
      stdio: options.quiet === true ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * Runs a script with the Node that runs us.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(args, options) {
  return run(execPath, args, options)
}

/**
 * Runs the npm that started us, or the one in PATH.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNpm(args, options) {
  const script = env['npm_execpath']
  if (script?.endsWith('.js')) return runNode([script, ...args], options)
  return run('npm', args, { ...options, shell: platform === 'win32' })
}
