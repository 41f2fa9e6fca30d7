/**
 * Certificate authorities: made or opened, issuing by `prepare` and `issue`, with their status changes and CRLs.
 *
 * @module
 */
export { type CaId, parseCaId } from './ids.js'
export { createOrOpenCa } from './open-ca.js'
export type {
  CaDeps,
  CaOptions,
  CertificateAuthority,
  CertificateOrder,
  CrlOptions,
  IssuedCertificate,
  Issuer,
  PreparedCertificate,
} from './types.js'
