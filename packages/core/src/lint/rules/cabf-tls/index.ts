import type { LintRule } from '../../rule.js'

/** The rules of this folder. */
export const tlsRules: readonly LintRule[] = []
