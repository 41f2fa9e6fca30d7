import { CertwrightError } from '../errors.js'

/** Bounds of the work for one path. Whoever exceeds one gets a failure with the code `budget`. */
export interface PathLimits {
  /** Certificates in a path, the anchor not counted; 1 to 100. Default 10. */
  readonly maxDepth?: number
  /** Signatures verified, those of CRLs included. Default 100. */
  readonly maxSignatures?: number
  /** Complete paths that are validated. Default 50. */
  readonly maxPaths?: number
  /** Certificates looked at as the next one of a path. Default 2000. */
  readonly maxSteps?: number
  /** Comparisons of a name with a name constraint. Default 250,000. */
  readonly maxNameComparisons?: number
  /** Nodes of the policy graph made or visited. Default 50,000. */
  readonly maxPolicyNodes?: number
  /** Questions to sources: certificates, CRLs and statuses. Default 20. */
  readonly maxFetches?: number
  /** Entries of CRLs looked at. Default 5,000,000. */
  readonly maxCrlEntries?: number
  /** Certificates given or fetched that are not in the path. Default 1000. */
  readonly maxCertificates?: number
  /** CRLs that one question is answered with. Default 50. */
  readonly maxCrls?: number
  /** Octets of one certificate. Default 256 KiB. */
  readonly maxCertificateSize?: number
}

/** The bounds used where a call gives none. */
export const defaultPathLimits: Required<PathLimits> = {
  maxDepth: 10,
  maxSignatures: 100,
  maxPaths: 50,
  maxSteps: 2000,
  maxNameComparisons: 250_000,
  maxPolicyNodes: 50_000,
  maxFetches: 20,
  maxCrlEntries: 5_000_000,
  maxCertificates: 1000,
  maxCrls: 50,
  maxCertificateSize: 256 * 1024,
}

/** What was done for an answer. */
export interface PathWork {
  readonly signatures: number
  readonly paths: number
  readonly steps: number
  readonly nameComparisons: number
  readonly policyNodes: number
  readonly fetches: number
  readonly crlEntries: number
}

/** Counts work, and ends it where the limits are reached. */
export interface Budget {
  readonly limits: Required<PathLimits>
  /** @throws BudgetExceeded when there is none left */
  spend(kind: keyof PathWork, amount?: number): void
  work(): PathWork
}

/** Ends the work; it never leaves this room. */
export class BudgetExceeded extends CertwrightError {
  override readonly name = 'BudgetExceeded'
  constructor(kind: keyof PathWork) {
    super('limit', `the path asks for more work than is allowed: ${texts[kind]}`)
  }
}

const texts: Readonly<Record<keyof PathWork, string>> = {
  signatures: 'too many signatures',
  paths: 'too many paths',
  steps: 'too many certificates to try',
  nameComparisons: 'too many names and name constraints',
  policyNodes: 'too many policies',
  fetches: 'too many questions to sources',
  crlEntries: 'too many entries of CRLs',
}

const bounds: Readonly<Record<keyof PathWork, keyof PathLimits>> = {
  signatures: 'maxSignatures',
  paths: 'maxPaths',
  steps: 'maxSteps',
  nameComparisons: 'maxNameComparisons',
  policyNodes: 'maxPolicyNodes',
  fetches: 'maxFetches',
  crlEntries: 'maxCrlEntries',
}

/** @throws CertwrightError `configuration` for a limit that is no whole number from 1. */
export function createBudget(given: PathLimits = {}): Budget {
  const limits = { ...defaultPathLimits, ...given }
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1 || (name === 'maxDepth' && value > 100)) {
      throw new CertwrightError('configuration', `the limit ${name} is a whole number from 1 (maxDepth: to 100)`)
    }
  }
  const done: Record<keyof PathWork, number> = {
    signatures: 0,
    paths: 0,
    steps: 0,
    nameComparisons: 0,
    policyNodes: 0,
    fetches: 0,
    crlEntries: 0,
  }
  return Object.freeze({
    limits,
    spend(kind: keyof PathWork, amount = 1) {
      if (done[kind] + amount > limits[bounds[kind]]) throw new BudgetExceeded(kind)
      done[kind] += amount
    },
    work: () => ({ ...done }),
  })
}
