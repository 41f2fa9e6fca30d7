/**
 * Certificate authorities: made or opened, issuing by `prepare` and `issue`, with their status changes and CRLs.
 *
 * @module
 */
export type { CaCondition, CaGeneration } from './ca-record.js'
export { createIndirectCrl, type IndirectCrl, type IndirectCrlOptions } from './crl/indirect.js'
export { type CrossCertification, crossCertify } from './cross.js'
export { type CaId, caRequestPrefix, parseCaId } from './ids.js'
export { type BulkRevocation, type CertificateLife, createCertificateLife, type RenewalOrder } from './life.js'
export { type CaSummary, listCas } from './list-cas.js'
export { createOrOpenCa } from './open-ca.js'
export { type CaRequestOptions, type ExternalRoot, importRoot, installCa, requestCa } from './outside.js'
export { type CrlPublishingEvent, type CrlScheduleEvent, crlListOf } from './publish/events.js'
export { CrlUploadError, type HttpCrlPublisherOptions, httpCrlPublisher } from './publish/http-publisher.js'
export {
  type CrlPublishing,
  type CrlPublishingDeps,
  type CrlPublishingOptions,
  createCrlPublishing,
} from './publish/publishing.js'
export {
  type CrlSchedule,
  type CrlScheduleDeps,
  type CrlScheduleOptions,
  createCrlSchedule,
} from './publish/schedule.js'
export { readPublishedCrl, type StoreCrlPublisherDeps, storeCrlPublisher } from './publish/store-publisher.js'
export { caGenerations, rollOverCa } from './rollover.js'
export { type IssuedWithKey, issueWithKey, type ServerKeyDeps, type ServerKeyOrder } from './server-keys.js'
export type {
  CaaOptions,
  CaDeps,
  CaOptions,
  CertificateAuthority,
  CertificateOrder,
  CrlIssuer,
  CrlOptions,
  CrlTiming,
  CtOptions,
  IssuedCertificate,
  Issuer,
  PreparedCertificate,
  StatusActor,
  StatusOrder,
} from './types.js'
