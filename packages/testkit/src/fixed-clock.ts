import type { Clock } from '@certwright/core/ports'

/** A clock that moves only when told. */
export interface FixedClock extends Clock {
  /** Moves the clock by `milliseconds`; a negative number moves it back. */
  advance(milliseconds: number): void
  /** Sets the clock. */
  set(date: Date): void
}

/**
 * A clock for tests: it stands at `date` until it is told otherwise.
 *
 * @example
 * ```ts
 * import { fixedClock } from '@certwright/testkit'
 *
 * const clock = fixedClock(new Date('2030-01-01T00:00:00Z'))
 * clock.advance(60_000)
 * console.log(clock.now().toISOString()) // 2030-01-01T00:01:00.000Z
 * ```
 */
export function fixedClock(date: Date): FixedClock {
  let time = date.getTime()
  return Object.freeze({
    now: () => new Date(time),
    advance(milliseconds: number) {
      time += milliseconds
    },
    set(to: Date) {
      time = to.getTime()
    },
  })
}
