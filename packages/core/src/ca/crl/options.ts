import { CertwrightError } from '../../errors.js'
import type { IssuerUrls } from '../../profile/index.js'
import type { CrlOptions, CrlTiming } from '../types.js'
import { maxPartitions, namesLists } from './list-name.js'

/** A new list every 24 hours, valid for 7 days: whoever misses six of them can still rely on the seventh. */
export const defaultCrlOptions: CrlOptions = { intervalHours: 24, validityHours: 168 }

const longest = 8760

/**
 * Refuses options that contradict each other.
 *
 * @throws CertwrightError `configuration`.
 */
export function checkCrlOptions({ delta, partitions, ...timing }: CrlOptions, { crl = [] }: IssuerUrls): void {
  checkTiming('a CRL', timing)
  if (delta !== undefined) {
    checkTiming('a delta CRL', delta)
    if (delta.intervalHours > timing.intervalHours) {
      throw refused('delta CRLs are made at least as often as complete ones')
    }
  }
  if (partitions !== undefined && !(Number.isInteger(partitions) && partitions >= 1 && partitions <= maxPartitions)) {
    throw refused(`the number of CRL partitions is an integer from 1 to ${maxPartitions}`)
  }
  // Without URLs of their own nobody would find the lists: of partitions that is a fault even if nobody publishes them.
  if (partitions !== undefined && !namesLists(crl)) {
    throw refused('with CRL partitions every CRL URL needs {list} in the place of the name of the list')
  }
  if (delta !== undefined && crl.length > 0 && !namesLists(crl)) {
    throw refused('with delta CRLs every CRL URL needs {list} in the place of the name of the list')
  }
}

function checkTiming(what: string, { intervalHours, validityHours }: CrlTiming): void {
  if (!(intervalHours > 0 && intervalHours <= longest && validityHours <= longest)) {
    throw refused(`${what} is made anew after at most ${longest} hours, and valid no longer`)
  }
  if (!(validityHours > intervalHours))
    throw refused(`${what} must be valid for longer than the interval at which it is made`)
}

const refused = (message: string): CertwrightError => new CertwrightError('configuration', message)
