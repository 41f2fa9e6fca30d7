export type { KeyFinding } from './finding.js'
