import type { Clock, EncryptionBackend, Logger, RandomSource, Timer } from '../ports/index.js'
import { nodeCrypto } from './node-crypto.js'
import { silentLogger, systemClock, systemRandom, systemTimer } from './system.js'

/** The ports that have an obvious answer on Node.js. */
export interface SystemDefaults {
  readonly clock: Clock
  readonly random: RandomSource
  readonly crypto: EncryptionBackend
  readonly logger: Logger
  readonly timer: Timer
}

/** This machine's clock, randomness and timers, `node:crypto`, and a logger that drops everything. */
export const systemDefaults: SystemDefaults = {
  clock: systemClock,
  random: systemRandom,
  crypto: nodeCrypto,
  logger: silentLogger,
  timer: systemTimer,
}
