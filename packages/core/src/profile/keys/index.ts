export type { KeyFinding } from './finding.js'
export { createKeyBlocklist, inspectKey, type KeyInspection, type KeyLists } from './inspect.js'
