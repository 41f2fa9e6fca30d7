import type { KeyIdentifierMethod } from '../algorithms/index.js'
import type { CaaRequest } from '../caa/index.js'
import type { CtLog, CtPolicy } from '../ct/index.js'
import type { GeneralName } from '../pkix/index.js'
import type {
  AuditSink,
  CaaResolver,
  CertificateRecord,
  Clock,
  CrlRecord,
  CryptoBackend,
  KeyBlocklist,
  KeyProvider,
  KeyType,
  Logger,
  RandomSource,
  RevocationReason,
  SigningKeyType,
  Store,
  Timer,
} from '../ports/index.js'
import type { AnyProfileConfig, IssuerUrls, KeySizePolicy, ProfileOverride, SubjectVariable } from '../profile/index.js'
import type { Extension, Name } from '../x509/index.js'
import type { CaCondition } from './ca-record.js'

/** What a CA works with. */
export interface CaDeps {
  readonly store: Store
  readonly keys: KeyProvider
  readonly clock: Clock
  readonly random: RandomSource
  readonly crypto: CryptoBackend
  /** `store.audit` when absent. */
  readonly audit?: AuditSink
  /** Limits how long the audit is waited for; without it there is no limit. */
  readonly timer?: Timer
  /** Milliseconds that the audit may take for an event, 1 to 600,000; 10,000 when absent. Later it counts as failed. */
  readonly auditTimeoutMs?: number
  readonly logger: Logger
  /** Keys that nobody gets a certificate for. */
  readonly keyBlocklist?: KeyBlocklist
  /** The smallest keys that any CA certifies, beside what the CA and the profile say. */
  readonly keySizes?: KeySizePolicy
  /** Is told of each CRL that was made and recorded, such as the one who publishes them; may fail, which is logged. */
  readonly crlIssued?: (crl: CrlRecord) => Promise<void>
}

/** How a CA is made or found again. */
export interface CaOptions {
  /** `organization~name`; see `parseCaId`. */
  readonly id: string
  /** RFC 4514 string, such as `CN=Acme Device CA,O=Acme`. Only a rollover changes it (`rollOverCa`). */
  readonly subject: string
  /** The profile of the CA's own certificate: an id of the catalogue or a config of your own. */
  readonly profile: string | AnyProfileConfig
  /** The CA above; absent for a root; `outside` when it is not kept here: see `requestCa` and `installCa`. */
  readonly issuer?: CertificateAuthority | 'outside'
  /** Whether it may issue to CAs below it. Default false: profiles for CAs are refused. */
  readonly issueIntermediates?: boolean
  /** The smallest keys that this CA certifies, beside what the platform and the profile say. */
  readonly keySizes?: KeySizePolicy
  /** `ecdsa-p256` when absent. */
  readonly keyType?: SigningKeyType
  /** Profiles this CA may issue under; all end-entity profiles of the catalogue when absent. */
  readonly profiles?: readonly (string | AnyProfileConfig)[]
  /**
   * Where the CA publishes its CRL, OCSP responder and certificate. In the URLs of CRLs `{list}` stands for the name of the
   * list, such as `crl`; see `CertificateAuthority.crl`.
   */
  readonly urls?: IssuerUrls
  /**
   * How the subject key identifiers of the certificates it issues are made (its own when it is a root): RFC 7093 method 1
   * when absent.
   */
  readonly keyIdentifiers?: KeyIdentifierMethod
  /** Complete lists of the whole CA, a new one every 24 hours, valid for 7 days, when absent. */
  readonly crl?: CrlOptions
  /**
   * Whom it asks before it certifies domain names and mailboxes; every profile counts that does not say `caa: 'none'`.
   * Nobody when absent: then no profile may require it.
   */
  readonly caa?: CaaOptions
  /**
   * Where certificates are logged before they are issued; under profiles with `transparency: 'required'`, which a CA without
   * logs does not take.
   */
  readonly ct?: CtOptions
}

/** When lists of a kind are made anew and how long they serve. */
export interface CrlTiming {
  /** Hours after which a newer list is made, more than 0, at most 8760. */
  readonly intervalHours: number
  /** Hours from thisUpdate to nextUpdate; more than `intervalHours`: so long a list may be late. At most 8760. */
  readonly validityHours: number
}

/** Which CRLs a CA makes. */
export interface CrlOptions extends CrlTiming {
  /**
   * Lists of what has changed since a complete one (RFC 5280 section 5.2.4), at least as often as those. Complete lists
   * then name them (freshestCRL).
   */
  readonly delta?: CrlTiming
  /**
   * Number of partitions, 1 to 10,000: each certificate belongs to one, by chance, and names its list. There is a list of
   * the whole CA beside them. When the number changes, certificates stay with the partition they have.
   */
  readonly partitions?: number
  /**
   * Whether revoked certificates leave the lists after their end (`drop`, the default), or stay and may still be revoked
   * (`keep`; the lists say so in expiredCertsOnCRL, X.509 section 9.5.2.8).
   */
  readonly expired?: 'drop' | 'keep'
  /**
   * Which lists are made at once when a status changes: `all` that the certificate is on (the default), their `deltas`
   * only, or `nothing`, so that the next regular list says it.
   */
  readonly onRevocation?: 'all' | 'deltas' | 'nothing'
}

/** How a CA asks the DNS whether it may issue (RFC 8659). */
export interface CaaOptions {
  readonly resolver: CaaResolver
  /** The names of this CA that domain owners write into their records, such as `ca.example`; 1 to 20. */
  readonly identities: readonly string[]
  /** Milliseconds that all lookups for one certificate may take together, 1 to 600000; 30000 when absent. */
  readonly timeout?: number
}

/** The logs of a CA (RFC 6962), and what it asks of them. */
export interface CtOptions {
  /** At most 100; a precertificate goes to all that take it, at the same time. */
  readonly logs: readonly CtLog[]
  readonly policy: CtPolicy
  /** Milliseconds that all logs may take together, 1 to 600000; 30000 when absent. */
  readonly timeout?: number
}

/** A request for a certificate, after its proof of possession and its authorization were checked. */
export interface CertificateOrder {
  /** Identifies the request: asked for again, the same certificate comes back. 1 to 200 characters. */
  readonly requestId: string
  readonly profile: string
  /** Whose certificate it will be, as the authenticator named them; a renewal stays with whom it belonged to. */
  readonly requester: string
  /** Who acts, for the audit; the requester when absent. */
  readonly actor?: string
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** Whether the key was made here and not by the requester: `p12` of the profile says when that may be. False when absent. */
  readonly serverKey?: boolean
  readonly subject: Name
  readonly extensions: readonly Extension[]
  /**
   * The subject key identifier, 1 to 64 octets, where one is given: for a key that has another one already, such as that
   * of a CA certified anew. The CA's own method makes it when absent.
   */
  readonly keyIdentifier?: Uint8Array
  /** The wished end of validity; the profile's when absent. */
  readonly notAfter?: Date
  /** Values for the subject builder of the profile. */
  readonly variables?: readonly SubjectVariable[]
  /** Alternative names that count instead of those among the extensions. */
  readonly names?: readonly GeneralName[]
  /** Whether the requester may decide what the profile lists under `override`; who authenticated them knows. */
  readonly privileged?: boolean
  /** What a privileged requester decides instead of the profile. */
  readonly override?: ProfileOverride
  /**
   * On whose behalf and after which proof of control it asks, for CAA records that bind to either (RFC 8657). Without it
   * such records authorize nobody.
   */
  readonly caa?: Pick<CaaRequest, 'accountUri' | 'validationMethod'>
  /** Serial (hexadecimal) of the certificate that this one renews. */
  readonly previousSerial?: string
  /** Facts for the audit, such as protocol and address. */
  readonly context?: Readonly<Record<string, string | number | boolean | null>>
  /** Network address of the requester, for the audit. */
  readonly address?: string
}

/** A certificate that is recorded and may be handed out. */
export interface IssuedCertificate {
  /** DER Certificate. */
  readonly certificate: Uint8Array
  readonly record: CertificateRecord
}

declare const prepared: unique symbol

/** A checked and linted certificate that waits for its signature. Opaque; good for one `issue`, in this process. */
export interface PreparedCertificate {
  readonly [prepared]: true
}

/** Whatever issues certificates for an enrollment: a CA here, or a connector to one elsewhere. */
export interface Issuer {
  /** `organization~name`. */
  readonly id: string
  /** Ids of the profiles it may issue under; absent where only the issuer knows. */
  readonly profiles?: readonly string[]
  /** The type of the keys that are made here for a profile; `undefined` where none are, or only the issuer knows. */
  serverKeyType?(profile: string): KeyType | undefined
  /** DER certificates from the issuing CA up to the root. */
  certificates(): Promise<readonly Uint8Array[]>
  /**
   * Issues what is ordered.
   *
   * @throws ProfileViolationError, LintError, CaaError, CtError, or CertwrightError `ca`, `conflict`, `store`, `audit`, `key`, `signature`.
   */
  order(order: CertificateOrder): Promise<IssuedCertificate>
  /** The record of a certificate (DER) of this issuer, byte for byte; `undefined` for any other. */
  recordOf(certificate: Uint8Array): Promise<CertificateRecord | undefined>
  /** The requester's newest certificate for a subject that is issued and valid now. */
  newestFor(query: { readonly subject: Name; readonly requester: string }): Promise<CertificateRecord | undefined>
}

/** What is to become of a certificate. */
export type StatusOrder =
  | {
      readonly to: 'revoked'
      readonly reason: RevocationReason
      /** Since when it counts as revoked; the present when absent, never later. */
      readonly at?: Date
      /** Since when its key is known or thought to be compromised (RFC 5280 section 5.3.2). */
      readonly invalidityDate?: Date
    }
  | { readonly to: 'held' | 'issued' }

/** Who changes a status, and how soon it is made known. */
export interface StatusActor {
  readonly actor: string
  readonly requestId: string
  /** Network address of the peer, for the audit. */
  readonly address?: string
  /** Why, in words, for the audit; at most 1000 characters. */
  readonly comment?: string
  /** Whether a new CRL is made at once. Default true; false where many changes come together and one CRL ends them. */
  readonly publish?: boolean
}

/** Who makes CRLs: a CA, or an indirect CRL. */
export interface CrlIssuer {
  /** Id of the CA that signs them. */
  readonly id: string
  /** The current list; see `CertificateAuthority.crl`. */
  crl(list?: string): Promise<CrlRecord>
  /** Makes a list now; see `CertificateAuthority.publishCrl`. */
  publishCrl(list?: string): Promise<CrlRecord>
  /** Names of the lists that are made now. */
  crlLists(): Promise<readonly string[]>
  /** When a list is to be made next: in the past when there is none; `undefined` when it is made no more. */
  crlDue(list: string): Promise<Date | undefined>
  /** Whether a list may be due before the moment that `crlDue` gave, because something has changed. Not when absent. */
  readonly dueByChange?: boolean
}

/** A certificate authority with its key at hand. */
export interface CertificateAuthority extends Issuer, CrlIssuer {
  /** DER Certificate of the CA. */
  readonly certificate: Uint8Array
  /** Ids of the profiles it may issue under. */
  readonly profiles: readonly string[]
  /**
   * Evaluates the order under its profile, builds the TBSCertificate and lints it. Nothing is recorded yet.
   *
   * @throws ProfileViolationError, LintError, CaaError, CtError (no log takes it), or CertwrightError `ca` (expired, profile not
   *   enabled) or `algorithm`.
   */
  prepare(order: CertificateOrder): Promise<PreparedCertificate>
  /**
   * Records the intent, signs, verifies the signature, records the certificate, audits it, and only then returns it. Where the
   * profile requires transparency, a precertificate goes that way first, and to the logs.
   *
   * @throws CertwrightError `ca` for a token that was used or comes from elsewhere; `store`, `audit`, `key`, `signature`;
   *   CtError when there are too few timestamps: the precertificate is recorded, and may be revoked or asked for again.
   */
  issue(token: PreparedCertificate): Promise<IssuedCertificate>
  /**
   * Records who does it, revokes, holds or releases a certificate, and makes a new CRL. A revocation or hold that is
   * recorded already is no error: its lists are made again.
   *
   * @param serial as in `IssuanceIntent.serial`
   * @throws CertwrightError `conflict` when its present status does not allow it; `configuration` for dates that cannot
   *   be; `ca` when the CA is offline; `audit` when the decision could not be recorded: then nothing has changed.
   */
  changeStatus(serial: string, change: StatusOrder, by: StatusActor): Promise<CertificateRecord>
  /**
   * The current CRL; made anew when it is due. While the CA cannot sign, the latest one as long as it is valid.
   *
   * @param list `crl` (the whole CA), `delta`, `7` (a partition), `7-delta`; `crl-k2` and so on for the second key of the
   *   CA; the whole CA under its present key when absent
   * @throws CertwrightError `ca` when there is no such list, or none that is valid and none can be made.
   */
  crl(list?: string): Promise<CrlRecord>
  /**
   * Makes a CRL now: the one named, or all that there are, of which it returns that of the whole CA.
   *
   * @throws CertwrightError `ca` when the CA is offline, its certificate has expired, or the clock is behind the latest
   *   list; `store`, `audit`, `key`, `signature`; LintError.
   */
  publishCrl(list?: string): Promise<CrlRecord>
  /** Names of the CRLs that it makes now, under each of its keys whose certificate has not expired. */
  crlLists(): Promise<readonly string[]>
  /** When a CRL is to be made next: in the past when there is none; `undefined` when it is made no more. */
  crlDue(list: string): Promise<Date | undefined>
  /** Whether it works; see `CaCondition`. */
  condition(): Promise<CaCondition>
  /**
   * Takes the CA offline, back online, or retires it, which is for good. It takes effect on every node within a second.
   *
   * @throws CertwrightError `conflict` when it is retired.
   */
  setCondition(condition: CaCondition, by: StatusActor): Promise<void>
}
