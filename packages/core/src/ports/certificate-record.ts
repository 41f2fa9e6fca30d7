/**
 * The life of a stored certificate. `reserved`: the intent is recorded, nothing is signed yet as far as the store
 * knows. `issued`: may be handed out. `held` and `revoked`: RFC 5280 section 5.3.1. A precertificate that was recorded
 * counts as the certificate that it announces (RFC 6962 section 3.1): `issued`, and may be held and revoked.
 *
 * Two states that people speak of are not stored, because they follow from what is: a certificate is *expired* when
 * `notAfter` has passed, and *superseded* when another one names it as its `previousSerial`. `find` and `count` have
 * conditions for both, so no job has to go round and change rows when time passes.
 */
export type CertificateStatus = 'reserved' | 'issued' | 'held' | 'revoked'

/** CRLReason by name (RFC 5280 section 5.3.1). */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'privilegeWithdrawn'
  | 'aACompromise'

/** What is recorded before the signature: the whole content to be signed and why. */
export interface IssuanceIntent {
  /** Id of the certificate authority (`org~ca`), 1 to 256 characters. */
  readonly issuer: string
  /**
   * Serial number, lower-case hexadecimal of its content octets, two digits an octet, at most 32 octets. Unique for the
   * issuer.
   */
  readonly serial: string
  /** The caller's id of the request, 1 to 256 characters. Unique for the issuer. */
  readonly requestId: string
  /** SHA-256 of what the request asks for, hexadecimal: a `requestId` used again for something else is refused. */
  readonly requestDigest: string
  /** DER TBSCertificate, exactly as it will be signed. */
  readonly tbsCertificate: Uint8Array
  /** At most 512 characters. */
  readonly profile: string
  /** Who asked, as the authenticator named it; at most 512 characters. */
  readonly requester: string
  /** Subject as an RFC 4514 string, of any length. */
  readonly subject: string
  /** DER of the subject Name: for exact look-ups. */
  readonly subjectDer: Uint8Array
  /** SHA-256 of the DER SubjectPublicKeyInfo, hexadecimal. */
  readonly publicKeyDigest: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** When the intent was made. */
  readonly createdAt: Date
  /** Serial of the certificate (of this issuer) that this one renews or replaces, where it does. */
  readonly previousSerial?: string
  /**
   * Names that people look the certificate up by, at most 1000 of any length: its alternative names and common name as
   * `certificateNames` of `core/x509` writes them, such as `DNS:example.org`. Compared exactly.
   */
  readonly names?: readonly string[]
  /** The embedding program's own marks, at most 64 of 1 to 256 characters, in any order, none twice. */
  readonly tags?: readonly string[]
  /** Scope of the CRL that lists this certificate once it is revoked (`CrlRecord.scope`), where that is not `full`. */
  readonly crlScope?: string
}

/** A stored certificate, or an intent that has no signature yet. */
export interface CertificateRecord extends IssuanceIntent {
  readonly status: CertificateStatus
  /** DER Certificate; `null` while the status is `reserved`, and while there is only a precertificate. */
  readonly certificate: Uint8Array | null
  /** SHA-256 of the DER Certificate, hexadecimal; `null` where `certificate` is. */
  readonly fingerprint: string | null
  /** DER Certificate with the poison of RFC 6962 section 3.1: signed, and perhaps logged; only until `certificate` is there. */
  readonly precertificate?: Uint8Array
  /** When the certificate was recorded, or the precertificate where there is no more yet. */
  readonly issuedAt: Date | null
  readonly revokedAt: Date | null
  readonly revocationReason: RevocationReason | null
  /** Since when the key is known or thought to be compromised (RFC 5280 section 5.3.2), where that was said. */
  readonly invalidityDate?: Date
}

/** A change of status; it happens only if the present status is one of `from`. */
export type StatusChange =
  | {
      readonly from: readonly ('issued' | 'held')[]
      readonly to: 'revoked'
      readonly reason: RevocationReason
      readonly at: Date
      /** RFC 5280 section 5.3.2. */
      readonly invalidityDate?: Date
    }
  | { readonly from: readonly 'issued'[]; readonly to: 'held'; readonly reason: 'certificateHold'; readonly at: Date }
  | { readonly from: readonly 'held'[]; readonly to: 'issued'; readonly at: Date }
