import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long the holder may be silent before it counts as dead: a beat comes every second. */
const silence = 20_000

/** The last word tells us from a process of another container or another day that had our number. */
const me = `${process.pid} ${hostname()} ${randomUUID()}`

/**
 * Runs one job at a time across processes: two `npm start` in a fresh clone install and build once, one after the other.
 * The lock of a process that died is taken over.
 * @template T
 * @param {string} path the lock file
 * @param {(holder: string) => void} waiting called once, when another process holds the lock
 * @param {() => Promise<T>} job
 * @returns {Promise<T>}
 */
export async function withLock(path, waiting, job) {
  mkdirSync(dirname(path), { recursive: true })
  for (let told = false; !take(path); ) {
    if (!told && isAlive(path)) {
      waiting(holderOf(path))
      told = true
    }
    await sleep(told ? 200 : 20)
  }
  const beat = setInterval(() => touch(path), 1_000)
  try {
    return await job()
  } finally {
    clearInterval(beat)
    if (holderOf(path) === me) rmSync(path, { force: true })
  }
}

/** @param {string} path */
function take(path) {
  try {
    writeFileSync(path, me, { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    if (!isAlive(path)) removeDead(path)
    return false
  }
}

/**
 * Of several that see a dead lock, one moves it away. If that was a new one by then, it is put back.
 * @param {string} path
 */
function removeDead(path) {
  const moved = `${path}.${process.pid}`
  try {
    renameSync(path, moved)
    if (isAlive(moved)) writeFileSync(path, holderOf(moved), { flag: 'wx' })
  } catch {
    // another was faster
  } finally {
    rmSync(moved, { force: true })
  }
}

/** @param {string} path */
function isAlive(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > silence) return false
    const holder = holderOf(path)
    const [pid, host] = holder.split(' ')
    if (holder === me || host !== hostname()) return true
    process.kill(Number(pid), 0)
    return Number(pid) !== process.pid
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} path */
function holderOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // taken over while we were suspended
  }
}
