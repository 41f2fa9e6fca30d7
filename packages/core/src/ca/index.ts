/**
 * Certificate authorities: made or opened, issuing by `prepare` and `issue`, with their status changes and CRLs.
 *
 * @module
 */
export type { CaCondition, CaGeneration } from './ca-record.js'
export { createIndirectCrl, type IndirectCrl, type IndirectCrlOptions } from './crl/indirect.js'
export { type CaId, parseCaId } from './ids.js'
export { type BulkRevocation, type CertificateLife, createCertificateLife, type RenewalOrder } from './life.js'
export { createOrOpenCa } from './open-ca.js'
export { type CaRequestOptions, type ExternalRoot, importRoot, installCa, requestCa } from './outside.js'
export { caGenerations, rollOverCa } from './rollover.js'
export { type IssuedWithKey, issueWithKey, type ServerKeyDeps, type ServerKeyOrder } from './server-keys.js'
export type {
  CaaOptions,
  CaDeps,
  CaOptions,
  CertificateAuthority,
  CertificateOrder,
  CrlOptions,
  CrlTiming,
  IssuedCertificate,
  Issuer,
  PreparedCertificate,
  StatusActor,
  StatusOrder,
} from './types.js'
