/**
 * Runs one piece of work at a time. Who asks while it runs gets the run after it, which all who wait share: whatever was
 * written before the call is seen by the run that answers it.
 */
export function coalesced<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  let waiting: Promise<T> | undefined
  const start = (): Promise<T> => {
    const run = work().finally(() => {
      if (running === run) running = undefined
    })
    running = run
    return run
  }
  return () => {
    if (running === undefined) return start()
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = undefined
        return running ?? start()
      })
    return waiting
  }
}
