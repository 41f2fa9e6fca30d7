import { CertwrightError } from '../errors.js'
import type { Clock } from '../ports/index.js'

/** Clocks of nodes that differ by less than this, in milliseconds, are one clock. */
export const clockSkew = 300_000

/**
 * A check that the clock has not run backwards since this process looked at it before. A certificate that begins or
 * ends at a wrong time cannot be taken back.
 *
 * @returns the check; it throws CertwrightError `ca` when the clock is behind by more than the clocks of nodes may differ
 */
export function createClockGuard(clock: Clock): () => void {
  let latest = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock.now().getTime()
    if (now >= latest - clockSkew) {
      latest = Math.max(latest, now)
      return
    }
    const behind = Math.round((latest - now) / 1000)
    throw new CertwrightError(
      'ca',
      `the clock went back by ${behind} seconds: set it right, or restart the process if it was ahead before`,
    )
  }
}
