import { Resolver } from 'node:dns/promises'
import { CertwrightError } from '../errors.js'
import type { CaaAnswer, CaaRecord, CaaResolver } from '../ports/index.js'

/** How `nodeCaaResolver` asks. */
export interface NodeCaaResolverOptions {
  /**
   * Addresses of recursive resolvers, each with its port if that is not 53: `192.0.2.1`, `[2001:db8::1]:5353`. Those of
   * the system when absent. For DNSSEC they validate, and the way to them is trusted.
   */
  readonly servers?: readonly string[]
  /** Milliseconds that a server has for its first answer, 1 to 60000; 2000 when absent. It grows with each try. */
  readonly timeout?: number
  /** Times that each server is asked, 1 to 10; 2 when absent. */
  readonly tries?: number
}

const inRange = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most

/**
 * CAA records through `node:dns`, that is c-ares: UDP and, for long answers, TCP, from a fresh port for each question.
 * It asks recursive resolvers, which follow CNAME and DNAME. Nothing is cached here.
 *
 * What `node:dns` cannot tell apart is a failure, never "no records": a record without a value, or with the tag
 * `critical`. It cuts a value at an octet of zero.
 *
 * @throws CertwrightError `configuration` for servers or numbers that cannot be.
 */
export function nodeCaaResolver({ servers, timeout = 2000, tries = 2 }: NodeCaaResolverOptions = {}): CaaResolver {
  if (!inRange(timeout, 60_000) || !inRange(tries, 10)) {
    throw new CertwrightError('configuration', 'a resolver has a timeout of 1 to 60000 ms and 1 to 10 tries')
  }
  // A resolver of its own for each question: a cancelled one takes no other with it.
  const create = (): Resolver => {
    const resolver = new Resolver({ timeout, tries })
    if (servers !== undefined) resolver.setServers(servers)
    return resolver
  }
  try {
    if (servers?.length === 0) throw new Error('no servers')
    create()
  } catch (cause) {
    throw new CertwrightError('configuration', 'the servers of a resolver are IP addresses', { cause })
  }
  return Object.freeze({
    async resolve(name, { signal }) {
      if (signal.aborted) return { kind: 'failure', reason: 'cancelled' }
      const resolver = create()
      const cancel = (): void => resolver.cancel()
      signal.addEventListener('abort', cancel, { once: true })
      try {
        return answerOf(await resolver.resolveCaa(name))
      } catch (error) {
        return answerOfError(error)
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    },
  } satisfies CaaResolver)
}

function answerOf(found: readonly object[]): CaaAnswer {
  // A chain of aliases that ends at a name without CAA records gives an empty list.
  if (found.length === 0) return { kind: 'no-records' }
  const records = found.map(readRecord)
  return records.every((record) => record !== undefined)
    ? { kind: 'records', records }
    : { kind: 'failure', reason: 'a CAA record is malformed' }
}

/** `{ critical: flags, [tag]: value }`, in newer versions with `type: 'CAA'` unless that is the tag. */
function readRecord(found: object): CaaRecord | undefined {
  const fields: Readonly<Record<string, unknown>> = { ...found }
  const { critical: flags } = fields
  const tags = Object.keys(fields).filter((key) => key !== 'critical')
  const [tag, ...more] = tags.length > 1 ? tags.filter((key) => key !== 'type') : tags
  const value = tag === undefined ? undefined : fields[tag]
  if (tag === undefined || more.length > 0 || typeof flags !== 'number' || typeof value !== 'string') return undefined
  return { flags, tag, value }
}

const reasons: Readonly<Record<string, string>> = {
  ESERVFAIL: 'the server failed (SERVFAIL)',
  EREFUSED: 'the server refuses to answer (REFUSED)',
  ETIMEOUT: 'no server answered in time',
  ECONNREFUSED: 'no server can be reached',
  EBADRESP: 'the answer is malformed',
  ENOTIMP: 'the server does not know CAA (NOTIMP)',
  EFORMERR: 'the server does not understand the question (FORMERR)',
  ECANCELLED: 'cancelled',
}

function answerOfError(error: unknown): CaaAnswer {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'ENODATA') return { kind: 'no-records' }
  if (code === 'ENOTFOUND') return { kind: 'no-such-name' }
  return { kind: 'failure', reason: reasons[code] ?? 'the DNS cannot be asked' }
}
