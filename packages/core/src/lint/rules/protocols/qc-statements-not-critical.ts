import type { LintRule } from '../../rule.js'

export const qcStatementsNotCritical: LintRule = {
  id: 'qc-statements-not-critical',
  source: 'protocols',
  level: 'error',
  description: 'The statements of qualified certificates are not critical.',
  citation: 'ETSI EN 319 412-5 section 4.1',
  effective: '2017-11-01',
  applies: ({ extension }) => extension.qcStatements !== undefined,
  check: ({ extension }) => (extension.qcStatements?.critical === true ? 'qcStatements is critical' : undefined),
}
