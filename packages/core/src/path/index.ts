/**
 * Certification paths: finding one from a certificate to a trust anchor, and validating it (RFC 5280 section 6, policies by
 * RFC 9618), with revocation by CRLs or any other source of statuses. Work is bounded; time is an argument.
 *
 * @module
 */
export { type TrustAnchorOptions, trustAnchor } from './anchor.js'
export { defaultPathLimits, type PathLimits, type PathWork } from './budget.js'
export type { PathFailure, PathFailureCode } from './failures.js'
export { findPath, validatePath } from './find-path.js'
export type {
  CertificateSource,
  CrlQuery,
  CrlSource,
  RevocationStatus,
  StatusQuery,
  StatusSource,
} from './sources.js'
export type {
  AlgorithmPolicy,
  AnchorConstraints,
  InvalidPath,
  PathDeps,
  PathOptions,
  PathResult,
  RevocationMode,
  TrustAnchor,
  ValidPath,
  ValidPolicy,
} from './types.js'
