/**
 * The embedding surface: everything a product needs to run a certificate authority, with this machine's clock,
 * randomness and crypto filled in. Each room is also a subpath of its own, which takes every port as an argument.
 *
 * @module
 */

import { toHex } from './asn1/index.js'
import { type AuditTrail, type AuditTrailDeps, type AuditTrailOptions, createAuditTrail } from './audit/index.js'
import {
  type CaDeps,
  type CaOptions,
  type CertificateAuthority,
  type CrlIssuer,
  type CrlPublishing,
  type CrlPublishingDeps,
  type CrlPublishingOptions,
  type CrlSchedule,
  type CrlScheduleDeps,
  type CrlScheduleOptions,
  createCrlPublishing,
  createCrlSchedule,
  createOrOpenCa,
  type Issuer,
} from './ca/index.js'
import { type CtLog, createHttpCtLog, type HttpCtLogOptions } from './ct/index.js'
import { systemDefaults, systemWait } from './defaults/index.js'
import { type Authenticator, createClientCertificate, createPasscodes, type Passcodes } from './enrollment/index.js'
import type { Clock, Store } from './ports/index.js'

/** The ports of a CA; what is left out is this machine's. */
export type OpenCaDeps = Pick<CaDeps, 'store' | 'keys'> & Partial<CaDeps>

/**
 * Opens a certificate authority, or makes it if it does not exist.
 *
 * @example
 * ```ts
 * import { memoryKeys, memoryStore, openCa } from '@certwright/core'
 *
 * const ca = await openCa(
 *   { store: memoryStore(), keys: memoryKeys() },
 *   { id: 'acme~devices', subject: 'CN=Acme Device CA', profile: 'basic-ca-root' },
 * )
 * ```
 * @throws CertwrightError `configuration` when the options contradict the CA that exists; `key`, `store`, `audit`.
 */
export const openCa = (deps: OpenCaDeps, options: CaOptions): Promise<CertificateAuthority> =>
  createOrOpenCa({ ...systemDefaults, ...deps }, options)

/** The ports of publishing; what is left out is this machine's. */
export type PublishCrlsDeps = Pick<CrlPublishingDeps, 'store'> & Partial<CrlPublishingDeps>

/**
 * Brings every CRL in a store, and each that is made from now on, to publishers. Give its `crlIssued` to the CAs.
 *
 * @throws CertwrightError `configuration`.
 */
export const publishCrls = (deps: PublishCrlsDeps, options: CrlPublishingOptions): CrlPublishing =>
  createCrlPublishing({ ...systemDefaults, ...deps }, options)

/** The ports of a schedule; what is left out is this machine's. */
export type ScheduleCrlsDeps = Pick<CrlScheduleDeps, 'store'> & Partial<CrlScheduleDeps>

/**
 * Makes the CRLs of CAs when they are due.
 *
 * @param options `node`: a random name when absent
 * @throws CertwrightError `configuration`.
 */
export const scheduleCrls = (
  deps: ScheduleCrlsDeps,
  issuers: readonly CrlIssuer[],
  options: Partial<CrlScheduleOptions> = {},
): CrlSchedule =>
  createCrlSchedule({ ...systemDefaults, ...deps }, issuers, {
    node: toHex(systemDefaults.random.bytes(8)),
    ...options,
  })

/** Usernames and passwords in a store, for HTTP Basic authentication: the authenticator, and how to add to them. */
export const passcodes = (store: Pick<Store, 'records'>): Passcodes =>
  createPasscodes({ ...systemDefaults, records: store.records })

/** Accepts TLS client certificates of an issuer that are recorded, valid and not revoked. */
export const clientCertificate = (issuer: Issuer, options: { readonly clock?: Clock } = {}): Authenticator =>
  createClientCertificate({ ...systemDefaults, ...options }, issuer)

/** The ports of an audit trail; what is left out is this machine's. */
export type OpenAuditTrailDeps = Pick<AuditTrailDeps, 'chain' | 'signer'> & Partial<AuditTrailDeps>

/**
 * Opens the audit trail of a node, which chains events by hashes and signs checkpoints.
 *
 * @example
 * ```ts
 * import { memoryKeys, memoryStore, openAuditTrail, openCa } from '@certwright/core'
 *
 * const store = memoryStore()
 * const keys = memoryKeys()
 * const signer = await keys.generate('audit', 'ed25519')
 * const audit = await openAuditTrail({ chain: store.auditChain, signer }, { node: 'node-1' })
 * const ca = await openCa({ store, keys, audit }, { id: 'acme~devices', subject: 'CN=Acme CA', profile: 'basic-ca-root' })
 * console.log(ca.id)
 * await audit.close()
 * ```
 * @throws CertwrightError `configuration`, `audit`.
 */
export const openAuditTrail = (deps: OpenAuditTrailDeps, options: AuditTrailOptions): Promise<AuditTrail> =>
  createAuditTrail({ ...systemDefaults, ...deps }, options)

/**
 * A log of Certificate Transparency behind HTTP (RFC 6962 section 4); see `createHttpCtLog` of `core/ct`.
 *
 * @throws CertwrightError `configuration`, `algorithm` or `asn1`.
 */
export const httpCtLog = (options: HttpCtLogOptions): Promise<CtLog> =>
  createHttpCtLog({ ...systemDefaults, wait: systemWait }, options)

export type { AuditTrail, AuditTrailOptions } from './audit/index.js'
export type {
  CaDeps,
  CaOptions,
  CertificateAuthority,
  CertificateOrder,
  CrlIssuer,
  CrlPublishing,
  CrlPublishingOptions,
  CrlSchedule,
  CrlScheduleOptions,
  IssuedCertificate,
  Issuer,
} from './ca/index.js'
export type { CtLog, HttpCtLogOptions } from './ct/index.js'
export { memoryKeys, memoryStore, type SoftwareKeysOptions, softwareKeys } from './defaults/index.js'
export {
  type Authenticator,
  anyOf,
  type Credentials,
  type EnrollmentPolicyOptions,
  type Passcodes,
  type Requester,
} from './enrollment/index.js'
export { CertwrightError, type ErrorCode } from './errors.js'
export type { Peer } from './http/index.js'
export type * from './ports/index.js'
export {
  catalogue,
  compileProfile,
  type ProfileConfig,
  ProfileConfigError,
  ProfileViolationError,
} from './profile/index.js'
