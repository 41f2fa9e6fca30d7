/**
 * The one door to issuance for every protocol: authenticate -> authorize -> approve -> issue.
 *
 * @module
 */
export { anyOf } from './any-of.js'
export { createClientCertificate } from './client-certificate.js'
export { createEnrollment, type EnrollmentDeps } from './enrollment.js'
export { createPasscodes, type PasscodeDeps, type Passcodes } from './passcodes.js'
export type {
  Authenticator,
  Credentials,
  Denial,
  Enrollment,
  EnrollmentOutcome,
  EnrollmentPolicy,
  EnrollmentPolicyOptions,
  EnrollmentRequest,
  Grant,
  PolicyQuestion,
  Proof,
  Refusal,
  RejectionCode,
  RequestContext,
  Requester,
} from './types.js'
