/**
 * The contracts of the ports as suites of vitest, for whoever writes an adapter. Needs `vitest`.
 *
 * @module
 */
export { auditChainContract } from './audit-chain.js'
export { auditSinkContract, type ReadableAudit } from './audit-sink.js'
export { certificateStoreContract } from './certificate-store.js'
export { keyProviderContract } from './key-provider.js'
export { recordStoreContract } from './record-store.js'
export { at, digestOf, epoch, hostileStrings, sampleIntent, sampleIssued, serialOf } from './samples.js'
export { collect, expectCode, type MakeSubject, race, type Subject } from './subject.js'
