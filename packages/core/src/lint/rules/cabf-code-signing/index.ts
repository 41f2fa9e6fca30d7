import type { LintRule } from '../../rule.js'

/** The rules of this folder. */
export const codeSigningRules: readonly LintRule[] = []
