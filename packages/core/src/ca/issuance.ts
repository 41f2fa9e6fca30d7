import {
  describePublicKey,
  type KeyIdentifierMethod,
  keyIdentifier,
  type PublicKeyDescription,
  signatureAlgorithmIdentifier,
} from '../algorithms/index.js'
import { equalBytes, toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateView, LintFinding, LintPolicy } from '../lint/index.js'
import type { CertificateRecord, IssuanceIntent, Signer } from '../ports/index.js'
import {
  type CertificateFields,
  evaluate,
  type IssuerUrls,
  inspectKey,
  type Profile,
  type ProfileIssuer,
  ProfileViolationError,
  type Violation,
} from '../profile/index.js'
import { storeLimits } from '../storage/index.js'
import {
  extensionOid,
  formatName,
  Name,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  searchNames,
  TBSCertificate,
} from '../x509/index.js'
import { auditIssued } from './audit.js'
import { askCaa, type CaaAnswered, requireFreshCaa } from './caa.js'
import { requireAudit } from './decisions.js'
import { lintOrThrow, signIntent } from './intent.js'
import { requestDigest } from './request-digest.js'
import { drawSerial } from './serial.js'
import { type Logging, loggingOf, sctDetail, throughLogs, withPoison } from './transparency.js'
import type { CaaOptions, CaDeps, CertificateOrder, IssuedCertificate, PreparedCertificate } from './types.js'

/** The CA on whose behalf a certificate is made. `tbs` is absent while it signs its own, first certificate. */
export interface SigningAuthority {
  readonly id: string
  readonly subject: Name
  readonly tbs?: TBSCertificate
  readonly urls: IssuerUrls
  /** The CRL that its certificates will be on, where that is not `full`. */
  readonly crlScope?: string
  /** How the subject key identifiers of the certificates it issues are made. */
  readonly keyIdentifiers?: KeyIdentifierMethod | undefined
  readonly caa?: CaaOptions | undefined
  readonly ct?: Logging | undefined
  signer(): Promise<Signer>
}

/** What a token stands for. */
interface Prepared {
  readonly authority: SigningAuthority
  readonly order: CertificateOrder
  readonly key: PublicKeyDescription
  readonly intent: IssuanceIntent
  /** What lint found and let pass: warnings, notices, and what the profile waives. */
  readonly findings: readonly LintFinding[]
  readonly lintPolicy: LintPolicy | undefined
  /** What the profile lets pass but wants written down. */
  readonly notices: readonly Violation[]
  readonly caa: CaaAnswered | undefined
  /** The logs that it goes to first; `undefined` where it goes to none. */
  readonly logging: Logging | undefined
  /** Builds and lints the same certificate under another serial number. */
  rebuild(): Promise<Prepared>
}

/** Draws of a serial number before we give up: with 127 random bits a second one already means a broken generator. */
const maxDraws = 4

/** `prepare` and `issue`, which share the tokens. */
export interface Issuance {
  /** @param keptSubject that of the certificate which is renewed, where the profile built it */
  prepare(
    authority: SigningAuthority,
    profile: Profile,
    order: CertificateOrder,
    keptSubject?: Name,
  ): Promise<PreparedCertificate>
  issue(token: PreparedCertificate): Promise<IssuedCertificate>
  /** What a token stands or stood for; `undefined` for one from elsewhere. */
  orderOf(token: PreparedCertificate): CertificateOrder | undefined
}

/** The only way from a request to a signature: a token from `prepare`, spent once by `issue`. */
export function createIssuance(deps: CaDeps): Issuance {
  const tokens = new WeakMap<
    PreparedCertificate,
    { readonly order: CertificateOrder; prepared: Prepared | undefined }
  >()
  return Object.freeze({
    async prepare(authority, profile, order, keptSubject) {
      const token = Object.freeze({}) as PreparedCertificate
      tokens.set(token, { order, prepared: await build(deps, authority, profile, order, keptSubject) })
      return token
    },
    async issue(token) {
      const known = tokens.get(token)
      const prepared = known?.prepared
      if (known !== undefined) known.prepared = undefined
      if (prepared === undefined) throw new CertwrightError('ca', 'the prepared certificate was issued already')
      requireFreshCaa(prepared.caa, deps.clock.now())
      return sign(deps, prepared)
    },
    orderOf: (token) => tokens.get(token)?.order,
  } satisfies Issuance)
}

async function build(
  deps: CaDeps,
  authority: SigningAuthority,
  profile: Profile,
  order: CertificateOrder,
  keptSubject: Name | undefined,
): Promise<Prepared> {
  const now = deps.clock.now()
  const issuer = authority.tbs === undefined ? undefined : profileIssuer(authority.tbs, authority.urls)
  if (issuer !== undefined && (now > issuer.notAfter || now < issuer.notBefore)) {
    throw new CertwrightError('ca', `the CA ${authority.id} is outside its own validity and cannot issue`)
  }
  const key = describePublicKey(order.publicKey)
  const inspection = { blocklist: deps.keyBlocklist, caKeys: caKeysOf(authority), description: key }
  const request = {
    subject: order.subject,
    extensions: order.extensions,
    key,
    keyIdentifier: order.keyIdentifier ?? (await keyIdentifier(deps.crypto, order.publicKey, authority.keyIdentifiers)),
    keyFindings: await inspectKey(order.publicKey, inspection),
    ...(order.notAfter === undefined ? {} : { notAfter: order.notAfter }),
    ...(keptSubject === undefined ? {} : { builtSubject: keptSubject }),
    ...(order.variables === undefined ? {} : { variables: order.variables }),
    ...(order.names === undefined ? {} : { names: order.names }),
    ...(order.override === undefined ? {} : { override: order.override }),
  }
  const requester = { privileged: order.privileged === true }
  const evaluation = evaluate(profile, request, issuer, requester, now)
  if (!evaluation.ok) throw new ProfileViolationError(profile.id, evaluation.violations)
  const logging = loggingOf(authority, profile, evaluation.fields.notAfter)
  const fields = logging === undefined ? evaluation.fields : withPoison(evaluation.fields)
  const caa = await askCaa(authority, profile, order, fields.extensions, now)
  const { algorithm } = await authority.signer()
  const digests = {
    requestDigest: await requestDigest(deps.crypto, order),
    publicKeyDigest: toHex(await deps.crypto.digest('sha256', order.publicKey)),
  }
  const make = async (): Promise<Prepared> => {
    const tbs = assemble(authority, order, fields, drawSerial(deps.random), algorithm)
    const bytes = TBSCertificate.encode(tbs)
    const lintPolicy = profile.config.lint
    const { findings, view } = lintOrThrow(authority, bytes, lintPolicy)
    const intent = intentOf(authority, order, view, digests, now)
    return {
      authority,
      order,
      key,
      intent,
      findings,
      lintPolicy,
      notices: evaluation.notices,
      caa,
      logging,
      rebuild: make,
    }
  }
  return make()
}

/** The key that a certificate would share with the CA that signs it. */
function caKeysOf({ tbs }: SigningAuthority): readonly Uint8Array[] {
  if (tbs === undefined) return []
  const known = caKeys.get(tbs) ?? [SubjectPublicKeyInfo.encode(tbs.subjectPublicKeyInfo)]
  caKeys.set(tbs, known)
  return known
}

/** A CA comes again with every certificate that it issues. */
const caKeys = new WeakMap<TBSCertificate, readonly Uint8Array[]>()

function profileIssuer(tbs: TBSCertificate, urls: IssuerUrls): ProfileIssuer {
  const extension = tbs.extensions?.find(({ extnID }) => extnID === extensionOid.subjectKeyIdentifier)
  if (extension === undefined) throw new CertwrightError('ca', 'the CA certificate has no subject key identifier')
  return {
    keyIdentifier: SubjectKeyIdentifier.decode(extension.extnValue),
    notBefore: tbs.validity.notBefore,
    notAfter: tbs.validity.notAfter,
    urls,
  }
}

function assemble(
  authority: SigningAuthority,
  order: CertificateOrder,
  { subject, notBefore, notAfter, extensions }: CertificateFields,
  serialNumber: Uint8Array,
  algorithm: Signer['algorithm'],
): TBSCertificate {
  return {
    version: 2,
    serialNumber,
    signature: signatureAlgorithmIdentifier(algorithm),
    issuer: authority.subject,
    validity: { notBefore, notAfter },
    subject,
    subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(order.publicKey),
    extensions,
  }
}

function intentOf(
  authority: SigningAuthority,
  order: CertificateOrder,
  { tbs, bytes: tbsCertificate, value }: CertificateView,
  digests: Pick<IssuanceIntent, 'requestDigest' | 'publicKeyDigest'>,
  createdAt: Date,
): IssuanceIntent {
  return {
    issuer: authority.id,
    serial: toHex(tbs.serialNumber),
    requestId: order.requestId,
    ...digests,
    tbsCertificate,
    profile: order.profile,
    requester: order.requester,
    subject: formatName(tbs.subject),
    subjectDer: Name.encode(tbs.subject),
    names: searchNames(tbs.subject, value.subjectAltName ?? []).slice(0, storeLimits.names),
    notBefore: tbs.validity.notBefore,
    notAfter: tbs.validity.notAfter,
    createdAt,
    ...(order.previousSerial === undefined ? {} : { previousSerial: order.previousSerial }),
    ...(authority.crlScope === undefined ? {} : { crlScope: authority.crlScope }),
  }
}

async function sign(deps: CaDeps, first: Prepared): Promise<IssuedCertificate> {
  await requireAudit(deps, first.order.requestId)
  const { prepared, record } = await reserve(deps, first)
  const completed = record.certificate === null ? await complete(deps, prepared, record) : record
  requireGood(completed)
  if (completed.certificate === null) throw new CertwrightError('store', 'the store lost a certificate it was given')
  const scts = await sctDetail(deps, prepared.logging, completed)
  await auditIssued(deps, { ...prepared, scts }, completed, record.certificate !== null)
  return { certificate: completed.certificate, record: completed }
}

function requireGood({ status }: CertificateRecord): void {
  if (status === 'issued' || status === 'reserved') return
  throw new CertwrightError('conflict', 'the certificate of this request was revoked or is held')
}

/** Records the intent, under another serial number where that one is taken. */
async function reserve(
  { store }: CaDeps,
  first: Prepared,
): Promise<{ readonly prepared: Prepared; readonly record: CertificateRecord }> {
  let prepared = first
  for (let draw = 0; draw < maxDraws; draw++) {
    const reservation = await store.certificates.reserve(prepared.intent)
    if (reservation.kind === 'serial-taken') {
      prepared = await prepared.rebuild()
      continue
    }
    const { record } = reservation
    if (record.requestDigest !== prepared.intent.requestDigest) {
      throw new CertwrightError('conflict', 'the request id was used before for another request')
    }
    return { prepared, record }
  }
  throw new CertwrightError('ca', 'no free serial number was found: the random source is broken')
}

/** Signs the recorded intent and records the result; what the store then holds is the certificate. */
async function complete(deps: CaDeps, prepared: Prepared, reserved: CertificateRecord): Promise<CertificateRecord> {
  const { authority, intent, lintPolicy } = prepared
  const record = await throughLogs(deps, prepared, reserved)
  requireGood(record)
  if (record.certificate !== null) return record
  // An intent from before a crash is linted again: it must still be one of this CA with its present key.
  if (!equalBytes(record.tbsCertificate, intent.tbsCertificate))
    lintOrThrow(authority, record.tbsCertificate, lintPolicy)
  const certificate = await signIntent(deps, authority, record.tbsCertificate)
  return deps.store.certificates.complete(record.issuer, record.serial, {
    certificate,
    fingerprint: toHex(await deps.crypto.digest('sha256', certificate)),
    issuedAt: deps.clock.now(),
  })
}
