/**
 * Certificate Transparency (RFC 6962): signed certificate timestamps, read, written and verified; precertificates; logs.
 *
 * @module
 */
export {
  decodeSct,
  decodeSctList,
  encodeSct,
  encodeSctList,
  type SerializedSct,
  type SignedCertificateTimestamp,
  SignedCertificateTimestampList,
  type UnknownCertificateTimestamp,
} from '../x509/index.js'
export {
  type CollectedSct,
  type CollectSctsDeps,
  type CollectSctsOptions,
  collectScts,
  requireLogs,
} from './collect.js'
export { CtError, type CtFailure, type CtFailureKind } from './ct-error.js'
export { createHttpCtLog, type HttpCtLogDeps, type HttpCtLogOptions } from './http-log.js'
export type { CtLog, SubmitOptions } from './log.js'
export { embeddedEntry, type LogEntry, leafHash, precertificateEntry, signedData } from './log-entry.js'
export { type LogKey, readLogKey } from './log-key.js'
export { type CtPolicy, checkLogs } from './policy.js'
export { embedScts, isPoisoned, loggedTbs, poisonExtension, sctExtension, withFinalIssuer } from './tbs.js'
export {
  type KnownLog,
  type SctVerdict,
  type SctVerifyDeps,
  type SctVerifyOptions,
  verifyEmbeddedScts,
  verifySct,
  verifyScts,
} from './verify.js'

/**
 * The extension of an OCSP answer that holds timestamps of the certificate it is about (RFC 6962 section 3.3). Its value
 * is a `SignedCertificateTimestampList`, as in a certificate.
 */
export const ocspSctListOid = '1.3.6.1.4.1.11129.2.4.5'
