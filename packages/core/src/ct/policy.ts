import { toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CtLog } from './log.js'
import { checkLogKey } from './log-key.js'

/** How many timestamps a certificate needs. */
export interface CtPolicy {
  /** Timestamps, each of another log; 1 to 20. */
  readonly scts: number
  /** How many operators they come from at least, 1 to `scts`; 1 when absent. */
  readonly operators?: number
}

const maxScts = 20
const maxLogs = 100

/** Who runs a log. */
const operatorOf = ({ operator, name }: Pick<CtLog, 'operator' | 'name'>): string =>
  operator === undefined ? `log ${name}` : `operator ${operator}`

/** Whether timestamps of these logs, all different, are enough. */
export const isEnough = (logs: readonly Pick<CtLog, 'operator' | 'name'>[], policy: CtPolicy): boolean =>
  logs.length >= policy.scts && new Set(logs.map(operatorOf)).size >= (policy.operators ?? 1)

/** Whether a certificate that ends at this moment belongs into the log. */
export const takes = ({ interval }: Pick<CtLog, 'interval'>, notAfter: Date): boolean =>
  interval === undefined || (notAfter >= interval.start && notAfter < interval.end)

/**
 * Refuses a policy that is none, logs that are there twice, and a policy that the logs can never satisfy.
 *
 * @throws CertwrightError `configuration`; `algorithm` or `asn1` for a key that no log has.
 */
export function checkLogs(logs: readonly CtLog[], policy: CtPolicy): void {
  const { scts, operators = 1 } = policy
  if (!isCount(scts, maxScts) || !isCount(operators, scts)) {
    throw fault(`the policy asks for 1 to ${maxScts} timestamps, of as many operators at most`)
  }
  if (logs.length > maxLogs) throw fault(`there are at most ${maxLogs} logs`)
  const [keys, names] = [new Set<string>(), new Set<string>()]
  for (const { publicKey, name, interval } of logs) {
    checkLogKey(publicKey)
    if (keys.has(toHex(publicKey)) || names.has(name)) throw fault('each log is there once, under a name of its own')
    keys.add(toHex(publicKey))
    names.add(name)
    // Also refuses dates that are none.
    if (interval !== undefined && !(interval.start < interval.end))
      throw fault('the interval of a log ends after it starts')
  }
  if (!isEnough(logs, policy)) throw fault('the logs cannot give the timestamps that the policy asks for')
}

const isCount = (count: number, most: number): boolean => Number.isInteger(count) && count >= 1 && count <= most
const fault = (message: string): CertwrightError => new CertwrightError('configuration', message)
