import type { PublicKeyDescription } from '../../algorithms/index.js'
import type { GeneralName } from '../../pkix/index.js'
import type { Extension, Name } from '../../x509/index.js'
import type { KeyUsageBit } from '../key-usage.js'
import type { KeyFinding } from '../keys/index.js'
import type { Violation } from '../violations.js'

/** What the requester asks for. */
export interface ProfileRequest {
  readonly subject: Name
  /** The extensions of the request, as the protocol carried them. */
  readonly extensions: readonly Extension[]
  readonly key: PublicKeyDescription
  /** The subject key identifier to certify (see `keyIdentifier` in algorithms). */
  readonly keyIdentifier: Uint8Array
  /** What is known against the key (see `inspectKey`); nothing when absent. */
  readonly keyFindings?: readonly KeyFinding[]
  /** The subject of the certificate that is renewed, which this profile built: it stays, and no builder is asked. */
  readonly builtSubject?: Name
  /** Values for the profile's subject builder, in their order. */
  readonly variables?: readonly SubjectVariable[]
  /** Alternative names that count instead of those among the extensions. */
  readonly names?: readonly GeneralName[]
  /** A wish for the beginning; only a privileged requester can have one. */
  readonly notBefore?: Date
  /** A wish for the end. */
  readonly notAfter?: Date
  /** What a privileged requester decides instead of the profile, as far as it lets them. */
  readonly override?: ProfileOverride
}

/** One value for a subject builder. */
export interface SubjectVariable {
  readonly type: string
  readonly value: string
}

/** Decisions of a privileged requester. */
export interface ProfileOverride {
  readonly subject?: Name
  readonly subjectAlternativeName?: readonly GeneralName[]
  /** Any validity within the issuer's. */
  readonly validity?: { readonly notBefore?: Date; readonly notAfter?: Date }
  readonly keyUsage?: readonly KeyUsageBit[]
  readonly extendedKeyUsage?: { readonly purposes: readonly string[]; readonly critical?: boolean }
  /** Further extensions, critical ones included; none of those that only the CA writes. */
  readonly extensions?: readonly Extension[]
  readonly privateKeyUsagePeriod?: { readonly percent: number }
}

/** Who asks. */
export interface ProfileRequester {
  /** Whether they may override what the profile lists under `override`. */
  readonly privileged: boolean
}

/** What the profile needs to know of the CA that will sign; absent for a self-signed certificate. */
export interface ProfileIssuer {
  readonly keyIdentifier: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly urls: IssuerUrls
}

/** Where a CA publishes what its certificates point at; absolute `http:` or `https:` URLs. */
export interface IssuerUrls {
  readonly crl?: readonly string[]
  /** A CRL on which another CA lists the certificates of this one too: a distribution point of its own. */
  readonly indirectCrl?: { readonly urls: readonly string[]; readonly issuer: Name }
  readonly ocsp?: readonly string[]
  readonly caIssuers?: readonly string[]
}

/** The fields of a certificate that a profile decides. */
export interface CertificateFields {
  readonly subject: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly extensions: readonly Extension[]
}

/** The certificate's fields, or everything that speaks against the request. */
export type Evaluation =
  | {
      readonly ok: true
      readonly fields: CertificateFields
      /** What the profile lets pass but wants written to the audit. */
      readonly notices: readonly Violation[]
    }
  | { readonly ok: false; readonly violations: readonly Violation[] }
