import { CertwrightError } from '../../errors.js'
import { clockSkew } from '../clock-guard.js'

/**
 * When a list is made: now, in whole seconds, and never before the list that it follows.
 *
 * @throws CertwrightError `ca` when the clock is behind that list by more than nodes may differ.
 */
export function thisUpdateAfter(now: Date, latest: Date | undefined): Date {
  const second = Math.floor(now.getTime() / 1000) * 1000
  if (latest === undefined || second >= latest.getTime()) return new Date(second)
  const behind = latest.getTime() - second
  if (behind <= clockSkew) return latest
  throw new CertwrightError(
    'ca',
    `the clock is ${Math.round(behind / 1000)} seconds behind the latest CRL: set it right, then make the list`,
  )
}
