import { getRandomValues } from 'node:crypto'
import type { Clock, Logger, RandomSource } from '../ports/index.js'

/** The clock of this machine. */
export const systemClock: Clock = { now: () => new Date() }

/** The operating system's random source, through `node:crypto`. */
export const systemRandom: RandomSource = {
  bytes: (length) => getRandomValues(new Uint8Array(length)),
}

/** A logger that drops everything. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
