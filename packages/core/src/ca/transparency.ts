import { encodeBase64, equalBytes, toHex } from '../asn1/index.js'
import {
  type CollectedSct,
  CtError,
  type CtLog,
  checkLogs,
  collectScts,
  embedScts,
  isPoisoned,
  loggedTbs,
  poisonExtension,
  requireLogs,
} from '../ct/index.js'
import { CertwrightError } from '../errors.js'
import type { LintPolicy } from '../lint/index.js'
import type { CertificateRecord, IssuanceIntent, Signer } from '../ports/index.js'
import type { CertificateFields, Profile } from '../profile/index.js'
import {
  Certificate,
  decodeExtension,
  extensionOid,
  SignedCertificateTimestampList,
  TBSCertificate,
} from '../x509/index.js'
import { auditLogging } from './audit.js'
import { lintOrThrow, signIntent } from './intent.js'
import type { CaDeps, CertificateOrder, CtOptions } from './types.js'

/** How the certificates of a CA get into logs. */
export interface Logging extends CtOptions {
  /** DER, from the CA up to the root. */
  chain(): Promise<readonly Uint8Array[]>
}

/** Milliseconds that all logs may take together. */
const defaultTimeout = 30_000

/**
 * Checks what a CA is told about logs when it is opened.
 *
 * @throws CertwrightError `configuration` for a profile that requires logs on a CA that has none, and for faulty options;
 *   `algorithm` or `asn1` for a key that no log has
 */
export function checkCtOptions(id: string, profiles: Iterable<Profile>, ct: CtOptions | undefined): void {
  if (ct === undefined) {
    for (const profile of profiles) if (isLogged(profile)) throw withoutLogs(id, profile)
    return
  }
  checkLogs(ct.logs, ct.policy)
  const { timeout = defaultTimeout } = ct
  if (!(Number.isInteger(timeout) && timeout >= 1 && timeout <= 600_000)) {
    throw new CertwrightError('configuration', 'the timeout of ct is 1 to 600000 milliseconds')
  }
}

const isLogged = ({ config }: Profile): boolean => config.transparency === 'required'
const withoutLogs = (id: string, { id: profile }: Profile): CertwrightError =>
  new CertwrightError('configuration', `"${profile}" requires transparency, and the CA ${id} has no logs: set ct`)

/**
 * The logs that a certificate under the profile goes to.
 *
 * @returns `undefined` where it goes to none
 * @throws CtError when too few logs take certificates that end then
 */
export function loggingOf(
  { id, ct }: { readonly id: string; readonly ct?: Logging | undefined },
  profile: Profile,
  notAfter: Date,
): Logging | undefined {
  if (!isLogged(profile)) return undefined
  if (ct === undefined) throw withoutLogs(id, profile)
  requireLogs(ct, notAfter)
  return ct
}

/** The fields of the precertificate (RFC 6962 section 3.1). What would be in its place was never let in. */
export function withPoison(fields: CertificateFields): CertificateFields {
  const taken: readonly string[] = [extensionOid.ctPoison, extensionOid.signedCertificateTimestamps]
  if (fields.extensions.some(({ extnID }) => taken.includes(extnID))) {
    throw new CertwrightError('ca', 'the certificate has poison or timestamps of its own')
  }
  return { ...fields, extensions: [...fields.extensions, poisonExtension] }
}

/** A certificate on its way. */
interface OnItsWay {
  readonly authority: { readonly tbs?: TBSCertificate; signer(): Promise<Signer> }
  readonly order: CertificateOrder
  readonly intent: IssuanceIntent
  readonly lintPolicy: LintPolicy | undefined
  readonly logging: Logging | undefined
}

/**
 * Brings a reserved record to the intent that is signed at last. Where the certificate is to be logged: sign and record the
 * precertificate, audit, submit it, record the final intent. After a crash at any point it goes on there. Where it is not:
 * nothing.
 *
 * @returns the record, whose TBSCertificate is the final one; or one that was revoked, held or completed by others meanwhile
 * @throws CtError when there are too few timestamps: the precertificate stays recorded, and the same request may come again
 */
export async function throughLogs(
  deps: CaDeps,
  prepared: OnItsWay,
  reserved: CertificateRecord,
): Promise<CertificateRecord> {
  requireSameWay(prepared, reserved)
  if (prepared.logging === undefined) return reserved
  const record = reserved.status === 'reserved' ? await precertify(deps, prepared, reserved) : reserved
  const { precertificate, status, tbsCertificate } = record
  if (status !== 'issued' || precertificate === undefined || !hasPoison(tbsCertificate)) return announced(record)
  const collected = await submit(deps, prepared, prepared.logging, { ...record, precertificate })
  const final = embedScts(
    tbsCertificate,
    collected.map(({ sct }) => sct),
  )
  lintOrThrow(prepared.authority, final, prepared.lintPolicy)
  const change = { from: tbsCertificate, to: final }
  return announced(await deps.store.certificates.amend(record.issuer, record.serial, change))
}

const hasPoison = (tbsCertificate: Uint8Array): boolean => isPoisoned(TBSCertificate.decode(tbsCertificate).extensions)

/** A request that was begun one way is not ended another way, whatever the settings are by now. */
function requireSameWay({ logging, intent }: OnItsWay, record: CertificateRecord): void {
  const begun = record.precertificate !== undefined
  if (begun && logging !== undefined) return
  if (!begun && equalBytes(record.tbsCertificate, intent.tbsCertificate)) return
  if (!begun && hasPoison(record.tbsCertificate) === hasPoison(intent.tbsCertificate)) return
  throw new CertwrightError(
    'conflict',
    'the request was begun under another setting of transparency: ask under a new request id',
  )
}

/** Signs the recorded intent of the precertificate. It is recorded before anybody sees it. */
async function precertify(
  deps: CaDeps,
  { authority, intent, lintPolicy }: OnItsWay,
  record: CertificateRecord,
): Promise<CertificateRecord> {
  // An intent from before a crash is linted again, as that of a certificate is.
  if (!equalBytes(record.tbsCertificate, intent.tbsCertificate))
    lintOrThrow(authority, record.tbsCertificate, lintPolicy)
  const precertificate = await signIntent(deps, authority, record.tbsCertificate)
  const signed = { precertificate, issuedAt: deps.clock.now() }
  return deps.store.certificates.precertify(record.issuer, record.serial, signed)
}

async function submit(
  deps: CaDeps,
  { order }: OnItsWay,
  logging: Logging,
  record: CertificateRecord & { readonly precertificate: Uint8Array },
): Promise<readonly CollectedSct[]> {
  const { logs, policy, timeout = defaultTimeout } = logging
  await auditLogging(deps, order, record, {
    type: 'certificate.precertified',
    precertificate: toHex(await deps.crypto.digest('sha256', record.precertificate)),
  })
  const chain = [record.precertificate, ...(await logging.chain())]
  const signal = AbortSignal.timeout(timeout)
  try {
    return await collectScts(deps, { logs, policy, signal }, chain, record.notAfter)
  } catch (error) {
    if (!(error instanceof CtError)) throw error
    const report = (cause: unknown) =>
      deps.logger.error('a submission that failed was not audited', { serial: record.serial, cause })
    const failure = { type: 'certificate.not-logged', reason: error.message, temporary: error.temporary } as const
    await auditLogging(deps, order, record, failure).catch(report)
    throw error
  }
}

/** What is signed at last says the same as the precertificate, and has timestamps (RFC 6962 section 3.2). */
function announced(record: CertificateRecord): CertificateRecord {
  if (record.certificate !== null || record.precertificate === undefined || record.status !== 'issued') return record
  const precertificate = Certificate.decode(record.precertificate).tbsCertificate.bytes
  if (!hasPoison(record.tbsCertificate) && equalBytes(loggedTbs(precertificate), loggedTbs(record.tbsCertificate))) {
    return record
  }
  throw new CertwrightError('ca', 'the recorded intent is not what the precertificate announces; nothing was issued')
}

/** What the audit says of the timestamps in a certificate. */
export async function sctDetail(
  { crypto }: Pick<CaDeps, 'crypto'>,
  logging: Logging | undefined,
  { tbsCertificate }: CertificateRecord,
): Promise<Readonly<Record<string, string>>> {
  if (logging === undefined) return {}
  const { extensions } = TBSCertificate.decode(tbsCertificate)
  const scts = decodeExtension(SignedCertificateTimestampList, extensions, extensionOid.signedCertificateTimestamps)
  const named = new Map<string, CtLog>()
  for (const log of logging.logs) named.set(toHex(await crypto.digest('sha256', log.publicKey)), log)
  const texts = (scts ?? []).map((sct) =>
    sct.type === 'v1'
      ? `${named.get(toHex(sct.logID))?.name ?? encodeBase64(sct.logID)} ${sct.timestamp.toISOString()}`
      : 'of another version',
  )
  return { scts: texts.join('; ').slice(0, maxDetail) }
}

/** Characters of an audit detail. */
const maxDetail = 1000
