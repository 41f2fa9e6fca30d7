import type { Timer } from '@certwright/core/ports'
import type { FixedClock } from './fixed-clock.js'

/** A timer that waits only for the test. */
export interface TestTimer extends Timer {
  /** Lets so many milliseconds pass on timer and clock, and calls what is due meanwhile, in order. */
  advance(milliseconds: number): void
  /** How many calls are set. */
  pending(): number
}

/**
 * A timer for tests, beside a clock. `clock.advance` alone is a clock that jumps.
 *
 * @example
 * ```ts
 * import { fixedClock, testTimer } from '@certwright/testkit'
 *
 * const clock = fixedClock(new Date('2030-01-01T00:00:00Z'))
 * const timer = testTimer(clock)
 * timer.after(60_000, () => console.log(clock.now().toISOString()))
 * timer.advance(90_000) // prints 2030-01-01T00:01:00.000Z
 * ```
 */
export function testTimer(clock: FixedClock): TestTimer {
  const calls = new Set<{ readonly at: number; readonly work: () => void }>()
  let passed = 0
  const pass = (to: number): void => {
    clock.advance(to - passed)
    passed = to
  }
  return Object.freeze({
    after(milliseconds, work) {
      const call = { at: passed + milliseconds, work }
      calls.add(call)
      return () => {
        calls.delete(call)
      }
    },
    advance(milliseconds) {
      const end = passed + milliseconds
      for (;;) {
        const [next] = [...calls].sort((a, b) => a.at - b.at)
        if (next === undefined || next.at > end) break
        pass(next.at)
        calls.delete(next)
        next.work()
      }
      pass(end)
    },
    pending: () => calls.size,
  } satisfies TestTimer)
}
