import { StoreError } from '../errors.js'

/** Rows of a statement at most. */
const together = 256

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Handles in one go what arrives while the last group is being handled: alone an item waits for nobody, and the more
 * callers there are the larger the groups become. If a group fails, each of its items is tried by itself, so that one does
 * not fail for another; unless the database is not there at all.
 *
 * @param run handles a group; gives one result for each item, in their order
 */
export function grouped<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = []
  let running = false

  const handle = async (group: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(group.map(({ item }) => item))
      for (const [i, { resolve }] of group.entries()) resolve(results[i] as Result)
    } catch (error) {
      const hopeless = error instanceof StoreError && error.reason === 'unavailable'
      if (group.length === 1 || hopeless) for (const { reject } of group) reject(error)
      else for (const each of group) await handle([each])
    }
  }
  const drain = async () => {
    while (queue.length > 0) await handle(queue.splice(0, together))
    running = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (running) return
      running = true
      void drain()
    })
}
