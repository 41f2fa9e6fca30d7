import { Asn1Error } from '@certwright/core/asn1'
import { Certificate, CertificatePolicies, decodeExtension, extensionOid } from '@certwright/core/x509'
import { type ForeignFinding, pkilint, zlint } from '@certwright/testkit/foreign'
import { foreignLintWaivers } from './foreign-lint-waivers.js'

/** A certificate with a name for the report. */
export interface Named {
  readonly name: string
  readonly der: Uint8Array
}

/**
 * Runs zlint and pkilint over certificates and returns the errors that nobody waived, a line each. Those that assert a
 * policy of the CA/Browser Forum have to keep the rules for public CAs as well.
 */
export async function foreignErrors(certificates: readonly Named[]): Promise<readonly string[]> {
  const publicOnes = certificates.filter(({ der }) => claimsPublicTrust(der))
  const others = certificates.filter(({ der }) => !claimsPublicTrust(der))
  const lines = await Promise.all([errorsOf(publicOnes, true), errorsOf(others, false)])
  return lines.flat()
}

async function errorsOf(certificates: readonly Named[], publicTrust: boolean): Promise<readonly string[]> {
  const ders = certificates.map(({ der }) => der)
  if (ders.length === 0) return []
  const [byZlint, byPkilint] = await Promise.all([zlint(ders, { publicTrust }), pkilint(ders, 'lint_pkix_cert')])
  return certificates.flatMap(({ name }, index) =>
    [...(byZlint[index] ?? []), ...(byPkilint[index] ?? [])]
      .filter((finding) => finding.level === 'error' && !isWaived(name, finding))
      .map(({ id, detail }) => `${name}: ${id} ${detail}`),
  )
}

function claimsPublicTrust(der: Uint8Array): boolean {
  try {
    const { extensions } = Certificate.decode(der).tbsCertificate.value
    const policies = decodeExtension(CertificatePolicies, extensions, extensionOid.certificatePolicies)
    return policies?.some(({ policyIdentifier }) => policyIdentifier.startsWith('2.23.140.1.')) === true
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

const isWaived = (name: string, { id }: ForeignFinding): boolean =>
  foreignLintWaivers.some(({ finding, certificates }) => finding === id && certificates.test(name))
