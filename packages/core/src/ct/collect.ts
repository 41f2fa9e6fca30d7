import type { Clock, CryptoBackend, Logger } from '../ports/index.js'
import type { SignedCertificateTimestamp } from '../x509/index.js'
import { abortable, following } from './abortable.js'
import { CtError, type CtFailure } from './ct-error.js'
import type { CtLog } from './log.js'
import { type LogEntry, precertificateEntry } from './log-entry.js'
import { type CtPolicy, isEnough, takes } from './policy.js'
import { latestTimestamp, verifySct } from './verify.js'

/** What collecting timestamps needs. */
export interface CollectSctsDeps {
  readonly crypto: CryptoBackend
  readonly clock: Clock
  readonly logger: Logger
}

/** Which logs are asked, and for how many timestamps. */
export interface CollectSctsOptions {
  readonly logs: readonly CtLog[]
  readonly policy: CtPolicy
  /** Ends the submissions that are still under way. */
  readonly signal: AbortSignal
}

/** A verified timestamp and the log that it is from. */
export interface CollectedSct {
  readonly log: CtLog
  readonly sct: SignedCertificateTimestamp
}

type Outcome = CollectedSct | (CtFailure & { readonly from: CtLog })

/**
 * Submits a precertificate to all logs that take it, at the same time, and verifies what they answer. As soon as the policy
 * is satisfied it waits for no other log.
 *
 * @param chain DER: the precertificate, its issuer and so on
 * @param notAfter the end of the certificate, by which logs for a part of time are chosen
 * @returns the timestamps in the order of the logs: at least what the policy asks for
 * @throws CtError when there are fewer; Asn1Error for a malformed chain; CertwrightError `configuration` for one that does not
 *   begin with a precertificate.
 */
export async function collectScts(
  deps: CollectSctsDeps,
  options: CollectSctsOptions,
  chain: readonly Uint8Array[],
  notAfter: Date,
): Promise<readonly CollectedSct[]> {
  const { policy } = options
  const logs = requireLogs(options, notAfter)
  const entry = await precertificateEntry(deps.crypto, chain)
  const enough = new AbortController()
  const outcomes = new Map<CtLog, Outcome>()
  const collected = () => logs.flatMap((log) => collectedOf(outcomes.get(log)))
  const askOne = async (log: CtLog, signal: AbortSignal): Promise<void> => {
    const outcome = await ask(deps, log, chain, entry, signal)
    if (enough.signal.aborted) return
    outcomes.set(log, outcome)
    if (
      isEnough(
        collected().map(({ log }) => log),
        policy,
      )
    )
      enough.abort()
  }
  await following([options.signal, enough.signal], (either) => Promise.all(logs.map((log) => askOne(log, either))))
  if (enough.signal.aborted) return collected()
  throw tooFew(
    logs,
    policy,
    logs.flatMap((log) => outcomes.get(log) ?? []),
  )
}

/**
 * The logs that take a certificate with this end.
 *
 * @throws CtError, for good, when they are too few.
 */
export function requireLogs(
  { logs, policy }: Pick<CollectSctsOptions, 'logs' | 'policy'>,
  notAfter: Date,
): readonly CtLog[] {
  const taking = logs.filter((log) => takes(log, notAfter))
  if (isEnough(taking, policy)) return taking
  throw new CtError('too few logs take certificates that end when this one does', [], false)
}

const collectedOf = (outcome: Outcome | undefined): readonly CollectedSct[] =>
  outcome !== undefined && 'sct' in outcome ? [outcome] : []

/** Never rejects: a log that fails is one of the outcomes. */
async function ask(
  deps: CollectSctsDeps,
  log: CtLog,
  chain: readonly Uint8Array[],
  entry: LogEntry,
  signal: AbortSignal,
): Promise<Outcome> {
  const failed = (kind: CtFailure['kind'], reason: string) => ({ from: log, log: log.name, kind, reason })
  try {
    const sct = await abortable(log.addPreChain(chain, { signal }), signal)
    const reason = await verifySct(deps, sct, entry, log, { now: latestTimestamp(deps.clock) })
    return reason === undefined ? { log, sct } : failed('faulty', reason)
  } catch (error) {
    const [failure] = error instanceof CtError ? error.failures : []
    if (failure !== undefined) return failed(failure.kind, failure.reason)
    if (signal.aborted) return failed('timeout', 'it did not answer in time')
    deps.logger.error('a log of Certificate Transparency failed', { log: log.name, cause: error })
    return failed('failed', 'it failed')
  }
}

function tooFew(logs: readonly CtLog[], policy: CtPolicy, outcomes: readonly Outcome[]): CtError {
  const failures = outcomes.flatMap((outcome) => ('kind' in outcome ? [outcome] : []))
  const gone = new Set(failures.filter(({ kind }) => kind === 'refused').map(({ from }) => from))
  const later = logs.filter((log) => !gone.has(log))
  const told = failures.map(({ from: _, ...failure }) => failure)
  const list = told.map(({ log, reason }) => `"${log}": ${reason}`).join('; ')
  const operators = policy.operators === undefined ? '' : ` of ${policy.operators} operators`
  const had = logs.length - failures.length
  const message = `the policy asks for ${policy.scts} timestamps${operators}, and there are ${had}: ${list}`
  return new CtError(message, told, isEnough(later, policy))
}
