import { describePublicKey } from '../algorithms/index.js'
import type { LintFinding } from '../lint/index.js'
import type { AuditSink, CertificateRecord } from '../ports/index.js'
import type { Violation } from '../profile/index.js'
import { type CaaAnswered, caaDetail } from './caa.js'
import type { CaDeps, CertificateOrder } from './types.js'

/** The sink that a CA's events go to. */
export const auditOf = ({ audit, store }: CaDeps): AuditSink => audit ?? store.audit

/** What led to a certificate. */
interface Issued {
  readonly order: CertificateOrder
  readonly findings: readonly LintFinding[]
  readonly notices: readonly Violation[]
  readonly caa: CaaAnswered | undefined
}

/** Records that a certificate is about to be handed out. */
export async function auditIssued(
  deps: CaDeps,
  { order, findings, notices, caa }: Issued,
  record: CertificateRecord,
  again: boolean,
): Promise<void> {
  const key = describePublicKey(order.publicKey)
  await auditOf(deps).record({
    time: deps.clock.now(),
    type: 'certificate.issued',
    actor: order.actor ?? order.requester,
    requestId: order.requestId,
    ...(order.address === undefined ? {} : { address: order.address }),
    details: {
      ...order.context,
      issuer: record.issuer,
      serial: record.serial,
      profile: record.profile,
      subject: record.subject,
      fingerprint: record.fingerprint,
      notAfter: record.notAfter.toISOString(),
      keyAlgorithm: key.curve ?? key.family,
      keyBits: key.bits,
      ...(record.previousSerial === undefined ? {} : { previousSerial: record.previousSerial }),
      ...lintDetails(findings),
      ...(notices.length === 0
        ? {}
        : { profileNotices: notices.map(({ code, message }) => `${code}: ${message}`).join('; ') }),
      ...caaDetail(caa),
      ...(again ? { again: true } : {}),
    },
  })
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
