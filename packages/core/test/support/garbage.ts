import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Collects garbage, also what only the end of the present turns makes so. */
export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await setImmediate()
    collect()
  }
}
