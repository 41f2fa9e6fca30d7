import type { CRLReason, DistributionPoint, Name } from '../x509/index.js'

/** What is known of a certificate. */
export type RevocationStatus =
  | { readonly status: 'good' }
  | {
      readonly status: 'revoked'
      readonly reason: CRLReason
      readonly revocationDate: Date
    }
  /** It cannot be determined; why, in one sentence. */
  | { readonly status: 'unknown'; readonly reason: string }
  /** Nobody was asked. */
  | { readonly status: 'unchecked' }

/** Which CRLs are wanted. */
export interface CrlQuery {
  /** DER. */
  readonly certificate: Uint8Array
  /** Who issued the certificate. */
  readonly issuer: Name
  /** Where the certificate says that its CRLs are; empty when it does not. */
  readonly distributionPoints: readonly DistributionPoint[]
  /** Where it says that delta CRLs are. */
  readonly freshestCrl: readonly DistributionPoint[]
  readonly time: Date
  readonly signal: AbortSignal
}

/** Where CRLs come from: files, a store, HTTP. Whatever it answers is verified; it need not be trusted. */
export interface CrlSource {
  /**
   * DER CRLs that may say something about a certificate, complete and delta, of any issuer, in any order. Those that do not
   * fit are passed over. What it throws counts as no CRL.
   */
  find(query: CrlQuery): Promise<readonly Uint8Array[]>
}

/** Whose status is wanted. */
export interface StatusQuery {
  /** DER. */
  readonly certificate: Uint8Array
  /** Name and key that the path found to have issued it. */
  readonly issuer: { readonly name: Name; readonly publicKey: Uint8Array; readonly certificate?: Uint8Array }
  readonly time: Date
  readonly signal: AbortSignal
}

/** Another way than CRLs to learn a status, such as OCSP. It answers only what it has verified: it is trusted. */
export interface StatusSource {
  /** `unknown` leaves the question to CRLs. What it throws counts as `unknown`. */
  statusOf(query: StatusQuery): Promise<Exclude<RevocationStatus, { readonly status: 'unchecked' }>>
}

/** Where certificates come from that nobody gave: the addresses in authorityInfoAccess. */
export interface CertificateSource {
  /**
   * The DER certificates at an address: one, or those of a certs-only CMS message. They are not trusted. What it throws counts
   * as none. The address is a stranger's: the source decides which schemes and hosts it contacts.
   */
  fetch(uri: string, options: { readonly signal: AbortSignal }): Promise<readonly Uint8Array[]>
}
