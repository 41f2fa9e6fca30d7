import { CertwrightError } from '../../errors.js'

/** Clocks of nodes that differ by less than this, in milliseconds, are one clock. */
const skew = 300_000

/**
 * When a list is made: now, in whole seconds, and never before the list that it follows.
 *
 * @throws CertwrightError `ca` when the clock is behind that list by more than nodes may differ.
 */
export function thisUpdateAfter(now: Date, latest: Date | undefined): Date {
  const second = Math.floor(now.getTime() / 1000) * 1000
  if (latest === undefined || second >= latest.getTime()) return new Date(second)
  const behind = latest.getTime() - second
  if (behind <= skew) return latest
  throw new CertwrightError(
    'ca',
    `the clock is ${Math.round(behind / 1000)} seconds behind the latest CRL: set it right, then make the list`,
  )
}
