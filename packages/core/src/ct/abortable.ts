/** The result of some work, or the reason of the signal if that comes first; the work is then left to itself. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason)
    if (signal.aborted) aborted()
    signal.addEventListener('abort', aborted, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted))
  })
}

/**
 * Does some work with a signal that is aborted as soon as one of several is. Not `AbortSignal.any`: on Node 20 a signal that
 * is followed in that way alone, such as a timeout, is collected as garbage, and never comes.
 */
export async function following<T>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signals.find(({ aborted }) => aborted)?.reason)
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true })
  try {
    if (signals.some(({ aborted }) => aborted)) abort()
    return await work(controller.signal)
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
}
