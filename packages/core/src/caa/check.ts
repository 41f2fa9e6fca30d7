import { CertwrightError } from '../errors.js'
import { parseMailbox, toAsciiDomain } from '../pkix/index.js'
import type { CaaRecord, CaaResolver } from '../ports/index.js'
import { createClimb, type Relevant } from './lookup.js'
import { type CaaSubject, decideBySet, recordText, reportUrls } from './record-set.js'

/** Who checks. */
export interface CaaCheckOptions {
  readonly resolver: CaaResolver
  /** The names of this CA that domain owners write into their records, such as `ca.example`; 1 to 20. */
  readonly identities: readonly string[]
  /** Ends the check: names that were not decided by then are refused. */
  readonly signal?: AbortSignal
}

/** What is asked for. At most 1000 names and mailboxes; IP addresses have no CAA records. */
export interface CaaRequest {
  /** Domain names; `*.` in front of one makes it a wildcard. */
  readonly names?: readonly string[]
  /** `user@example.org`; those at an address literal need no check. */
  readonly mailboxes?: readonly string[]
  /** URI of the account that asks (RFC 8657 section 3); a record with `accounturi` authorizes no one without. */
  readonly accountUri?: string
  /**
   * How control was proven (RFC 8657 section 4), for all names or by name as it stands in the request: `http-01`, `dns-01`,
   * `tls-alpn-01`, or a label of the CA's own that begins with `ca-`.
   */
  readonly validationMethod?: string | Readonly<Record<string, string>>
}

/** What the DNS says about one name or mailbox. */
export interface CaaFinding {
  readonly name: string
  /** `failed`: it cannot be known, so it is refused as well. */
  readonly outcome: 'allowed' | 'forbidden' | 'failed'
  /** One sentence, safe to log; it names the record that decided. */
  readonly reason: string
  /** The domain whose record set decided, or could not be had. */
  readonly domain?: string
  /** The record that decided. */
  readonly record?: CaaRecord
}

/** What the DNS says about a request. */
export interface CaaDecision {
  /** Whether every name is allowed. */
  readonly allowed: boolean
  /** One for each name and mailbox, in their order. */
  readonly findings: readonly CaaFinding[]
  /** `iodef` URLs of the sets that forbid: where their owners want to hear of it. Nothing is sent. */
  readonly reports: readonly string[]
}

const maxNames = 1000
const maxIdentities = 20
/** Names that are looked up at the same time. */
const concurrency = 8

interface Subject {
  readonly name: string
  readonly kind: CaaSubject
  readonly domain: string
}

interface Judged {
  readonly finding: CaaFinding
  readonly reports: readonly string[]
}

/**
 * Asks the DNS whether this CA may issue for some names: RFC 8659, with the bindings of RFC 8657 and the mailboxes of
 * RFC 9495. It fails closed: a name whose records cannot be had is refused, and none of the exceptions that the CA/Browser
 * Forum permits is taken.
 *
 * @example
 * ```ts
 * import { checkCaa } from '@certwright/core/caa'
 * import { nodeCaaResolver } from '@certwright/core/defaults'
 *
 * const { allowed, findings } = await checkCaa(
 *   { resolver: nodeCaaResolver(), identities: ['ca.example'] },
 *   { names: ['www.example.org', '*.example.org'], mailboxes: ['someone@example.org'] },
 * )
 * ```
 *
 * @throws CertwrightError `configuration` without a sound identity; `limit` for too many names.
 */
export async function checkCaa(options: CaaCheckOptions, request: CaaRequest): Promise<CaaDecision> {
  const identities = checkedIdentities(options.identities)
  const { names = [], mailboxes = [] } = request
  if (names.length + mailboxes.length > maxNames) {
    throw new CertwrightError('limit', `CAA is checked for at most ${maxNames} names at a time`)
  }
  const climb = createClimb(options.resolver, options.signal ?? new AbortController().signal)
  const judge = async (given: Subject | CaaFinding): Promise<Judged> => {
    if ('outcome' in given) return { finding: given, reports: [] }
    const binding = { identities, accountUri: request.accountUri, validationMethod: methodOf(request, given.name) }
    return judged(given, await climb(given.domain), (records) => decideBySet(records, given.kind, binding))
  }
  const subjects = [...names.map(hostSubject), ...mailboxes.map(mailboxSubject)]
  const results = await mapLimited(subjects, judge)
  const findings = results.map(({ finding }) => finding)
  const reports = [...new Set(results.flatMap(({ reports }) => reports))]
  return { allowed: findings.every(({ outcome }) => outcome === 'allowed'), findings, reports }
}

/** @throws CertwrightError `configuration` */
export function checkedIdentities(identities: readonly string[]): readonly string[] {
  if (identities.length === 0 || identities.length > maxIdentities) {
    throw new CertwrightError('configuration', `a CA that checks CAA has 1 to ${maxIdentities} identities`)
  }
  return identities.map((identity) => {
    try {
      return toAsciiDomain(identity)
    } catch (cause) {
      throw new CertwrightError('configuration', 'the identity of a CA for CAA is a domain name', { cause })
    }
  })
}

function methodOf({ validationMethod: method }: CaaRequest, name: string): string | undefined {
  if (method === undefined || typeof method === 'string') return method
  return Object.hasOwn(method, name) ? method[name] : undefined
}

function hostSubject(name: string): Subject | CaaFinding {
  try {
    const domain = toAsciiDomain(name, { wildcard: true })
    return domain.startsWith('*.')
      ? { name, kind: 'wildcard', domain: domain.slice(2) }
      : { name, kind: 'host', domain }
  } catch {
    return unreadable(name, 'it is not a domain name')
  }
}

function mailboxSubject(name: string): Subject | CaaFinding {
  try {
    const { domain } = parseMailbox(name)
    if (domain.startsWith('[')) return { name, outcome: 'allowed', reason: 'an address has no CAA records' }
    return { name, kind: 'mailbox', domain }
  } catch {
    return unreadable(name, 'it is not a mailbox')
  }
}

const unreadable = (name: string, reason: string): CaaFinding => ({ name, outcome: 'forbidden', reason })

function judged(
  { name }: Subject,
  relevant: Relevant,
  decide: (records: readonly CaaRecord[]) => ReturnType<typeof decideBySet>,
): Judged {
  if (relevant.kind === 'none') {
    return { finding: { name, outcome: 'allowed', reason: 'there are no CAA records' }, reports: [] }
  }
  const { domain } = relevant
  if (relevant.kind === 'failure') {
    const reason = `the CAA records of ${domain} cannot be had: ${relevant.reason}`
    return { finding: { name, outcome: 'failed', reason, domain }, reports: [] }
  }
  const { allowed, reason, record } = decide(relevant.records)
  const shown = record === undefined ? '' : ` (${recordText(record)})`
  const finding: CaaFinding = {
    name,
    outcome: allowed ? 'allowed' : 'forbidden',
    reason: `CAA of ${domain}: ${reason}${shown}`,
    domain,
    ...(record === undefined ? {} : { record }),
  }
  return { finding, reports: allowed ? [] : reportUrls(relevant.records) }
}

/** The results in the order of the items, a few at a time. */
async function mapLimited<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  return results
}
