import type { CertificateOrder, Issuer } from '../ca/index.js'
import type { Awaitable, CertificateRecord } from '../ports/index.js'
import type { AlgorithmIdentifier, Extension, Name } from '../x509/index.js'

/** What came with a request that may prove who asks. */
export interface Credentials {
  /** Username and password of HTTP Basic authentication (RFC 7617), or what a protocol has in its place. */
  readonly basic?: { readonly username: string; readonly password: string }
  /** DER certificates presented in the TLS handshake, the client's own first; empty when there were none. */
  readonly clientCertificates: readonly Uint8Array[]
}

/** Where a request belongs, for decisions and audit. */
export interface RequestContext {
  /** `est`, `scep`, ... */
  readonly protocol: string
  /** The protocol's operation, such as `simpleenroll`. */
  readonly operation: string
  /** The label under which the policy was addressed. */
  readonly policy: string
  /** Network address of the peer. */
  readonly address?: string
  readonly requestId: string
}

/** An authenticated requester. */
export interface Requester {
  /** Stable name for records and audit, such as `passcode:line-3` or `certificate:demo~issuing:4f..`. */
  readonly name: string
  readonly method: 'passcode' | 'client-certificate'
  /** DER of the certificate that proved it. */
  readonly certificate?: Uint8Array
}

/** Decides who asks. Whoever is not recognized is nobody: there is no default identity. */
export interface Authenticator {
  /** The requester that the credentials prove, or `undefined`. Takes the same time for unknown and wrong secrets. */
  authenticate(credentials: Credentials, context: RequestContext): Promise<Requester | undefined>
}

/** Proof that the requester holds the private key: a signature over data that contains the public key. */
export interface Proof {
  readonly kind: 'signature'
  readonly algorithm: AlgorithmIdentifier
  /** The signed octets, as they were received. */
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/** What every protocol hands to the one door. */
export interface EnrollmentRequest {
  readonly policy: EnrollmentPolicy
  readonly context: RequestContext
  readonly requester: Requester
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly subject: Name
  readonly extensions: readonly Extension[]
  readonly proof: Proof
  /** Whether it asks for a successor of a certificate that the requester has. */
  readonly renewal: boolean
}

/** Why a request was rejected. */
export type RejectionCode = 'bad-request' | 'bad-proof' | 'weak-key' | 'not-allowed' | 'not-authorized' | 'unavailable'

/** What became of a request. */
export type EnrollmentOutcome =
  | {
      readonly kind: 'issued'
      /** DER Certificate. */
      readonly certificate: Uint8Array
      /** DER certificates from the issuing CA up to the root. */
      readonly chain: readonly Uint8Array[]
    }
  /** Ask again after so many seconds. */
  | { readonly kind: 'pending'; readonly retryAfter: number }
  | { readonly kind: 'rejected'; readonly code: RejectionCode; readonly reason: string }

/** A decision of `authorize` or `approve` against a request. */
export interface Denial {
  /** One sentence for the requester. */
  readonly denied: string
}

/** What `authorize` and `approve` decide about. */
export interface PolicyQuestion extends EnrollmentRequest {
  /** The certificate to be renewed; absent for a first one. */
  readonly previous?: CertificateRecord
}

/** A decision of `authorize` for a request that says more about the certificate than the request can. */
export interface Grant {
  /**
   * Goes to the issuer with the request. `override` counts only together with `privileged: true`, and as far as the
   * profile lets privileged requesters decide; the audit names both.
   */
  readonly granted: Pick<CertificateOrder, 'notAfter' | 'variables' | 'names' | 'privileged' | 'override' | 'caa'>
}

/** The rules of one endpoint. */
export interface EnrollmentPolicyOptions {
  readonly issuer: Issuer
  /** Id of a profile that the issuer has enabled. */
  readonly profile: string
  readonly authenticate: Authenticator
  /**
   * Whether this requester may have a certificate with these contents, and what else it is to have; everything that the
   * profile allows when absent. Any answer but `true` and a grant denies.
   *
   * @example
   * ```ts
   * import type { EnrollmentPolicyOptions } from '@certwright/core/enrollment'
   * import { extensionOid, formatName } from '@certwright/core/x509'
   *
   * // A device gets its own name and no other; who renews has it already.
   * export const authorize: EnrollmentPolicyOptions['authorize'] = ({ requester, subject, extensions, previous }) => {
   *   const ownName = formatName(subject) === requester.name.replace('passcode:', 'CN=')
   *   const otherNames = extensions.some(({ extnID }) => extnID === extensionOid.subjectAltName)
   *   return previous !== undefined || (ownName && !otherNames) ? true : { denied: 'ask for your own name' }
   * }
   * ```
   */
  readonly authorize?: (question: PolicyQuestion) => Awaitable<true | Grant | Denial>
  /**
   * Whether the request goes through now, or is to be sent again after so many seconds, a whole number; at once when
   * absent. Any other answer denies.
   */
  readonly approve?: (question: PolicyQuestion) => Awaitable<'approved' | { readonly retryAfter: number } | Denial>
  /** Whether holders of a certificate may renew it with that certificate or their passcode; allowed when absent. */
  readonly renewal?: 'allowed' | 'refused'
  /** Ids of profiles whose certificates may be renewed beside those of `profile`, such as the one that it replaced. */
  readonly renews?: readonly string[]
}

/** A policy under its label. */
export interface EnrollmentPolicy extends EnrollmentPolicyOptions {
  readonly label: string
}

/** A refusal to be recorded. */
export interface Refusal {
  /** Short and stable, such as `unauthenticated` or `bad-request`. */
  readonly code: string
  /** One sentence without secrets. */
  readonly reason: string
  /** Who asked, where that is known. */
  readonly actor?: string
}

/** The one door from every protocol to issuance. */
export interface Enrollment {
  /** The policy of a label; `undefined` for an unknown one. */
  policy(label: string): EnrollmentPolicy | undefined
  /** Who asks, or `undefined`. */
  authenticate(
    policy: EnrollmentPolicy,
    credentials: Credentials,
    context: RequestContext,
  ): Promise<Requester | undefined>
  /**
   * Checks the proof, the renewal rule, authorization and approval, and has the certificate issued. A rejection is
   * audited here.
   *
   * @throws CertwrightError `store`, `audit`, `key`, `signature` when the platform itself failed.
   */
  enroll(request: EnrollmentRequest): Promise<EnrollmentOutcome>
  /** Records one refused request: exactly one audit event. */
  refuse(context: RequestContext, refusal: Refusal): Promise<void>
  /** A fresh id for a request whose protocol has none: 128 random bits in hexadecimal. */
  newRequestId(): string
}
