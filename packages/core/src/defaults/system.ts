import { getRandomValues } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Logger, RandomSource, Timer } from '../ports/index.js'

/** The clock of this machine. */
export const systemClock: Clock = { now: () => new Date() }

/** Each call of the random source costs more than the octets do: small requests are served from so many at once. */
const poolSize = 4096
const pool = new Uint8Array(poolSize)
let unused = 0

/** The operating system's random source, through `node:crypto`. What was handed out does not stay behind. */
export const systemRandom: RandomSource = {
  bytes(length) {
    if (length > 64) return getRandomValues(new Uint8Array(length))
    if (length > unused) {
      getRandomValues(pool)
      unused = poolSize
    }
    const taken = pool.slice(unused - length, unused)
    pool.fill(0, unused - length, unused)
    unused -= length
    return taken
  },
}

/**
 * Resolves after so many milliseconds, and keeps the process running until then.
 *
 * @param signal when it is aborted, the promise is rejected at once
 */
export const systemWait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, { signal })

/** The timers of this process; one that is set keeps the process alive. */
export const systemTimer: Timer = {
  after(milliseconds, work) {
    const handle = setTimeout(work, milliseconds)
    return () => clearTimeout(handle)
  },
}

/** A logger that drops everything. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
