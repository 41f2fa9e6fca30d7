import { CertwrightError } from '../errors.js'
import { type DerivationLimits, defaultDerivationLimits, type PasswordDerivation } from './key-derivation.js'
import type { PasswordEncryption } from './password-encryption.js'
import type { PasswordMac } from './password-mac.js'

/** Bounds the work of many derivations in one file, each of which is within the limits. */
export interface WorkBudget {
  /**
   * To be called before a derivation is done.
   *
   * @throws CertwrightError `limit` when the budget is used up.
   */
  spend(work: PasswordEncryption | PasswordMac): void
}

/** A budget of four times the work that one derivation may ask for. */
export function createWorkBudget(limits: DerivationLimits = {}): WorkBudget {
  const { maxIterations = defaultDerivationLimits.maxIterations, maxMemory = defaultDerivationLimits.maxMemory } =
    limits
  let left = 4
  const shareOf = (derivation: PasswordDerivation): number => {
    if (derivation.kind === 'pbkdf2') return derivation.iterations / maxIterations
    return (128 * derivation.cost * derivation.blockSize * derivation.parallelization) / (8 * maxMemory)
  }
  return Object.freeze({
    spend(work: PasswordEncryption | PasswordMac) {
      left -= 'derivation' in work ? shareOf(work.derivation) : (10 * work.iterations) / maxIterations
      if (left < 0) throw new CertwrightError('limit', 'all derivations together ask for more work than is allowed')
    },
  })
}
