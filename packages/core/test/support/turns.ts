import { setImmediate as turn } from 'node:timers/promises'
import type { TestTimer } from '@certwright/testkit'

/** Lets the event loop turn until something has happened; the test's own time limit ends what never does. */
export async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await turn()
}

/**
 * Lets time pass in steps until something has happened; after each, a few turns of the event loop, and more while there is
 * work that takes longer, such as a signature.
 */
export async function advanceUntil(
  timer: TestTimer,
  step: number,
  happened: () => boolean,
  isAtWork: () => boolean = () => false,
): Promise<void> {
  while (!happened()) {
    timer.advance(step)
    for (let i = 0; i < 20 || isAtWork(); i++) await turn()
  }
}

/** Lets what was begun go on until it waits for time to pass. */
export async function quiet(): Promise<void> {
  for (let i = 0; i < 50; i++) await turn()
}
