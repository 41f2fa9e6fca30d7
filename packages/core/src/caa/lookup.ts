import type { CaaAnswer, CaaRecord, CaaResolver } from '../ports/index.js'

/** The record set that counts for a name, or that it cannot be known. */
export type Relevant =
  | { readonly kind: 'none' }
  | { readonly kind: 'set'; readonly domain: string; readonly records: readonly CaaRecord[] }
  | { readonly kind: 'failure'; readonly domain: string; readonly reason: string }

/** Bounds of one answer: records, and characters of a tag and a value (RFC 8659 section 4.1 and the size of a message). */
const maxRecords = 200
const maxTag = 255
const maxValue = 65_535

/**
 * Climbs the tree: the records of the name, or else of the closest parent that has some, the root left out (RFC 8659
 * section 3). A failure on the way ends it: there could have been records. No name is asked for twice.
 */
export function createClimb(resolver: CaaResolver, signal: AbortSignal): (name: string) => Promise<Relevant> {
  const answers = new Map<string, Promise<CaaAnswer>>()
  const answerOf = (name: string): Promise<CaaAnswer> => {
    const known = answers.get(name) ?? ask(resolver, name, signal)
    answers.set(name, known)
    return known
  }
  return async (name) => {
    const labels = name.split('.')
    for (let above = 0; above < labels.length; above++) {
      const domain = labels.slice(above).join('.')
      const answer = await answerOf(domain)
      if (answer.kind === 'failure') return { kind: 'failure', domain, reason: answer.reason }
      if (answer.kind === 'records' && answer.records.length > 0) {
        return { kind: 'set', domain, records: answer.records }
      }
    }
    return { kind: 'none' }
  }
}

/** One question. A resolver that throws, never answers or answers what it must not has failed. */
async function ask(resolver: CaaResolver, name: string, signal: AbortSignal): Promise<CaaAnswer> {
  const ended = { kind: 'failure', reason: 'it took too long or was cancelled' } as const
  if (signal.aborted) return ended
  let stop = (): void => {}
  const aborted = new Promise<CaaAnswer>((resolve) => {
    stop = () => resolve(ended)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return bounded(await Promise.race([resolver.resolve(name, { signal }), aborted]))
  } catch {
    return { kind: 'failure', reason: 'the resolver failed' }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function bounded(answer: CaaAnswer): CaaAnswer {
  switch (answer.kind) {
    case 'no-records':
    case 'no-such-name':
      return answer
    case 'failure':
      return { kind: 'failure', reason: answer.reason.slice(0, 200) }
    case 'records': {
      const { records } = answer
      const sound =
        records.length <= maxRecords &&
        records.every(
          ({ flags, tag, value }) =>
            Number.isInteger(flags) && flags >= 0 && flags <= 255 && tag.length <= maxTag && value.length <= maxValue,
        )
      return sound ? answer : { kind: 'failure', reason: 'the records are too many or too large' }
    }
    default:
      return { kind: 'failure', reason: 'the resolver gave no answer' }
  }
}
