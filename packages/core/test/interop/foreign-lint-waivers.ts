/** One finding of a foreign linter that is no fault of ours. */
export interface ForeignLintWaiver {
  /** The linter's name for it. */
  readonly finding: string
  /** The certificates in which it is waived, by their names in the tests: ids of profiles. */
  readonly certificates: RegExp
  readonly reason: string
}

/** All errors of zlint and pkilint that the tests let pass. */
export const foreignLintWaivers: readonly ForeignLintWaiver[] = []
