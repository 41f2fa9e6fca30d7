import type { PublicKeyDescription } from '../algorithms/index.js'
import type { LintFinding } from '../lint/index.js'
import type { CertificateRecord } from '../ports/index.js'
import type { Violation } from '../profile/index.js'
import { type CaaAnswered, caaDetail } from './caa.js'
import { auditDecision, auditingRefusal, type Decider, describedKeyDetails, keyDetails } from './decisions.js'
import type { CaDeps, CertificateOrder } from './types.js'

/** What led to a certificate. */
interface Issued {
  readonly order: CertificateOrder
  readonly key: PublicKeyDescription
  readonly findings: readonly LintFinding[]
  readonly notices: readonly Violation[]
  readonly caa: CaaAnswered | undefined
  /** What is said of its timestamps. */
  readonly scts: Readonly<Record<string, string>>
}

/** Records that a certificate is about to be handed out. */
export async function auditIssued(
  deps: CaDeps,
  { order, key, findings, notices, caa, scts }: Issued,
  record: CertificateRecord,
  again: boolean,
): Promise<void> {
  await auditDecision(deps, 'certificate.issued', deciderOf(order), {
    ...order.context,
    issuer: record.issuer,
    serial: record.serial,
    profile: record.profile,
    subject: record.subject,
    fingerprint: record.fingerprint,
    notAfter: record.notAfter.toISOString(),
    ...describedKeyDetails(key),
    ...originOf(order),
    ...(record.previousSerial === undefined ? {} : { previousSerial: record.previousSerial }),
    ...lintDetails(findings),
    ...(notices.length === 0
      ? {}
      : { profileNotices: notices.map(({ code, message }) => `${code}: ${message}`).join('; ') }),
    ...caaDetail(caa),
    ...scts,
    ...(again ? { again: true } : {}),
  })
}

/** Works on an order; when it is refused or fails, that is recorded. */
export const auditingOrder = <T>(
  deps: CaDeps,
  issuer: string,
  order: CertificateOrder,
  work: () => Promise<T>,
): Promise<T> =>
  auditingRefusal(
    deps,
    'certificate.refused',
    deciderOf(order),
    (failure) => ({
      ...order.context,
      issuer,
      profile: order.profile,
      ...keyDetails(order.publicKey),
      ...originOf(order),
      ...(order.previousSerial === undefined ? {} : { previousSerial: order.previousSerial }),
      ...failure,
    }),
    work,
  )

const originOf = ({ serverKey }: CertificateOrder) => (serverKey === true ? { keyGeneration: 'server' } : {})

const deciderOf = ({ actor, requester, requestId, address }: CertificateOrder): Decider => ({
  actor: actor ?? requester,
  requestId,
  ...(address === undefined ? {} : { address }),
})

/** What is to be said of a precertificate. */
type LoggingEvent =
  | { readonly type: 'certificate.precertified'; readonly precertificate: string }
  | { readonly type: 'certificate.not-logged'; readonly reason: string; readonly temporary: boolean }

/** Records that a precertificate is about to be sent to logs, or what came of that. */
export async function auditLogging(
  deps: CaDeps,
  order: CertificateOrder,
  record: CertificateRecord,
  { type, ...details }: LoggingEvent,
): Promise<void> {
  const { issuer, serial, profile, subject } = record
  const texts = 'reason' in details ? { ...details, reason: details.reason.slice(0, 1000) } : details
  await auditDecision(deps, type, deciderOf(order), { ...order.context, issuer, serial, profile, subject, ...texts })
}

/** What lint found and let pass: the rules by level, and every waiver with the reason that the profile gives. */
function lintDetails(findings: readonly LintFinding[]): Readonly<Record<string, string>> {
  const list = (field: string, entries: readonly string[], separator: string) =>
    entries.length === 0 ? {} : { [field]: entries.join(separator) }
  const named = (level: LintFinding['level']) =>
    findings.flatMap((finding) => (finding.level === level && finding.waived === undefined ? [finding.rule] : []))
  const waived = findings.flatMap(({ rule, waived }) => (waived === undefined ? [] : [`${rule}: ${waived}`]))
  return {
    ...list('lintWarnings', named('warning'), ' '),
    ...list('lintNotices', named('notice'), ' '),
    ...list('lintWaivers', waived, '; '),
  }
}
