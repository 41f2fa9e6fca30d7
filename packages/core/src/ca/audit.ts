import { describePublicKey } from '../algorithms/index.js'
import type { LintFinding } from '../lint/index.js'
import type { AuditSink, CertificateRecord } from '../ports/index.js'
import type { CaDeps, CertificateOrder } from './types.js'

/** The sink that a CA's events go to. */
export const auditOf = ({ audit, store }: CaDeps): AuditSink => audit ?? store.audit

/** Records that a certificate is about to be handed out. */
export async function auditIssued(
  deps: CaDeps,
  { order, warnings }: { readonly order: CertificateOrder; readonly warnings: readonly LintFinding[] },
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
      ...(warnings.length === 0 ? {} : { lintWarnings: warnings.map(({ rule }) => rule).join(' ') }),
      ...(again ? { again: true } : {}),
    },
  })
}
