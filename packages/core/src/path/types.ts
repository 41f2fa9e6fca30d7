import type { BrokenSignatureAlgorithmName } from '../algorithms/index.js'
import type { CryptoBackend } from '../ports/index.js'
import type { GeneralSubtrees, KeyUsage, Name, PolicyInformation } from '../x509/index.js'
import type { PathLimits, PathWork } from './budget.js'
import type { PathFailure } from './failures.js'
import type { CertificateSource, CrlSource, RevocationStatus, StatusSource } from './sources.js'

/** What a trust anchor limits in every path below it, RFC 5937. */
export interface AnchorConstraints {
  /** Names that certificates below may have; any when absent. */
  readonly permittedSubtrees?: GeneralSubtrees
  readonly excludedSubtrees?: GeneralSubtrees
  /** Policies that paths may be valid for; any when absent. */
  readonly policies?: readonly string[]
  readonly requireExplicitPolicy?: boolean
  readonly inhibitPolicyMapping?: boolean
  readonly inhibitAnyPolicy?: boolean
  /** CAs below the anchor that are not self-issued; any number when absent. */
  readonly pathLength?: number
  /** Whether the anchor is for its own certificate alone, and issues none. */
  readonly leafOnly?: boolean
  readonly notBefore?: Date
  readonly notAfter?: Date
}

/** Whom one trusts without a certificate: a name and a key, RFC 5280 section 6.1.1 (d). */
export interface TrustAnchor {
  readonly name: Name
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly constraints?: AnchorConstraints
  /** DER, where the anchor came as a certificate; it is never verified. */
  readonly certificate?: Uint8Array
}

/** What keys and signatures are accepted. */
export interface AlgorithmPolicy {
  /**
   * Least strength of every key in bits, by NIST SP 800-57 part 1: 80 is RSA of 1024 bits, 112 is RSA of 2048 bits, 128 is
   * P-256 or RSA of 3072 bits. Default 112.
   */
  readonly minStrength?: number
  /** Broken signature algorithms that are accepted all the same; none when absent. */
  readonly allowBroken?: readonly BrokenSignatureAlgorithmName[]
}

/** Whether certificates are asked to be not revoked, and what a status that nobody knows means. */
export type RevocationMode =
  /** Nobody is asked. */
  | 'none'
  /** What is revoked is refused; what nobody knows is accepted, and the result says so. */
  | 'soft-fail'
  /** What nobody knows is refused. */
  | 'hard-fail'

/** What both validation and building ask for. */
export interface PathOptions {
  /** The moment for which the path is to be valid. */
  readonly time: Date
  /** There is no default: who trusts a path has decided. */
  readonly revocation: RevocationMode
  /** `leaf` asks for the first certificate only; `all` (default) for every one. */
  readonly revocationScope?: 'leaf' | 'all'
  /** user-initial-policy-set, RFC 5280 section 6.1.1 (c); any policy when absent. */
  readonly policies?: readonly string[]
  /** initial-policy-mapping-inhibit, section 6.1.1 (e). Default false. */
  readonly inhibitPolicyMapping?: boolean
  /** initial-explicit-policy, section 6.1.1 (f). Default false. */
  readonly requireExplicitPolicy?: boolean
  /** initial-any-policy-inhibit, section 6.1.1 (g). Default false. */
  readonly inhibitAnyPolicy?: boolean
  /** initial-permitted-subtrees, section 6.1.1 (h); any name when absent. */
  readonly permittedSubtrees?: GeneralSubtrees
  /** initial-excluded-subtrees, section 6.1.1 (i). */
  readonly excludedSubtrees?: GeneralSubtrees
  /**
   * Purposes (see `extendedKeyUsageOid`) that the first certificate is all for, and that no CA above it lacks in an extended
   * key usage of its own. Certificates without the extension are for every purpose. Not looked at when absent.
   */
  readonly purposes?: readonly string[]
  /** Whether CAs are asked for the purposes too. Default true. */
  readonly purposesOfCas?: boolean
  /** Bits of key usage that the first certificate has, if it has the extension. */
  readonly keyUsage?: KeyUsage
  readonly algorithms?: AlgorithmPolicy
  /** Critical extensions (OIDs) that the caller processes itself. */
  readonly knownExtensions?: readonly string[]
  readonly limits?: PathLimits
  /** Ends questions to sources; what they were about is not known then. */
  readonly signal?: AbortSignal
  /** DER certificates, for the paths of CRL issuers and, when building, of the certificate itself. Order is preference. */
  readonly intermediates?: readonly Uint8Array[]
}

/** What path validation works with. */
export interface PathDeps {
  readonly crypto: CryptoBackend
  /** Asked for statuses first. */
  readonly statuses?: StatusSource
  /** Asked for CRLs where no status came. */
  readonly crls?: CrlSource
  /** Asked for issuers by their address (authorityInfoAccess) when building; nothing is fetched when absent. */
  readonly certificates?: CertificateSource
}

/** A policy that a path is valid for. */
export interface ValidPolicy {
  /** An OID; that of anyPolicy where all are valid. */
  readonly policy: string
  /** What the certificates of the path say about it. */
  readonly qualifiers: NonNullable<PolicyInformation['policyQualifiers']>
}

/** A path that is valid. */
export interface ValidPath {
  readonly valid: true
  /** DER, from the certificate that was asked about up to the one below the anchor. */
  readonly path: readonly Uint8Array[]
  readonly anchor: TrustAnchor
  /** DER SubjectPublicKeyInfo: working_public_key with its algorithm and parameters. */
  readonly publicKey: Uint8Array
  /** user_constrained_policy_set, RFC 9618 section 5.5; empty where no policy was required and none remained. */
  readonly policies: readonly ValidPolicy[]
  /** What is known of each certificate of the path, in its order; `unchecked` where nobody was asked. */
  readonly statuses: readonly RevocationStatus[]
  readonly work: PathWork
}

/** A path, or no path, and why it is not valid. */
export interface InvalidPath {
  readonly valid: false
  /** As far as it got. */
  readonly path: readonly Uint8Array[]
  /** The anchor that it ended at. */
  readonly anchor?: TrustAnchor
  /** One or more, those nearest to the anchor first. */
  readonly failures: readonly PathFailure[]
  readonly work: PathWork
}

/** What came of a validation. */
export type PathResult = ValidPath | InvalidPath
