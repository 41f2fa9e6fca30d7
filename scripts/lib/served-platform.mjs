import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { root } from './root.mjs'

/**
 * Runs a job against a platform that serves from `pki-data` in `folder`, on ports that are free, and stops it.
 * @template T
 * @param {string} folder
 * @param {(ports: { http: number, https: number }) => Promise<T>} job
 * @returns {Promise<T>}
 * @throws {Error} with what the platform printed, when it ends before it is ready
 */
export async function withPlatform(folder, job) {
  const ports = { http: await freePort(), https: await freePort() }
  const options = ['--data', 'pki-data', '--http', `${ports.http}`, '--https', `${ports.https}`]
  const child = spawn(execPath, [join(root, 'scripts/start.mjs'), ...options], {
    cwd: root,
    env: { ...env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  try {
    await ready(child)
    return await job(ports)
  } finally {
    child.kill('SIGTERM')
    await closed
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child */
function ready(child) {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8')
      if (/^ready\b/m.test(output)) resolve(undefined)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('close', () => reject(new Error(`the platform ended before it was ready:\n${output.trim()}`)))
  })
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
