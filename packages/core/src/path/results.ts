import type { ReadAnchor } from './anchor.js'
import { type Budget, BudgetExceeded } from './budget.js'
import type { PathCertificate } from './certificate.js'
import { finding, type PathFailure } from './failures.js'
import type { RevocationStatus } from './sources.js'
import type { InvalidPath, ValidPath, ValidPolicy } from './types.js'

/** A path that is valid, its last key handed on. */
export const validPath = (
  path: readonly PathCertificate[],
  { anchor }: ReadAnchor,
  policies: readonly ValidPolicy[],
  statuses: readonly RevocationStatus[],
  budget: Budget,
): ValidPath => ({
  valid: true,
  path: path.map(({ der }) => der),
  anchor,
  publicKey: path[0]?.publicKey ?? anchor.publicKey,
  policies,
  statuses,
  work: budget.work(),
})

/** A path that is not. */
export const invalidPath = (
  path: readonly Uint8Array[],
  failures: readonly PathFailure[],
  budget: Budget,
  anchor?: ReadAnchor,
): InvalidPath => ({
  valid: false,
  path,
  ...(anchor === undefined ? {} : { anchor: anchor.anchor }),
  failures,
  work: budget.work(),
})

/** Does some work, and answers with what `beyond` makes of it where the budget ends it. */
export async function withinBudget<T>(work: () => Promise<T>, beyond: (failure: PathFailure) => T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return beyond({ index: 0, ...finding('budget', error.message) })
  }
}
