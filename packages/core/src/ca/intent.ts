import { signatureAlgorithmIdentifier } from '../algorithms/index.js'
import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { LintError, type LintFinding, type LintPolicy, lint } from '../lint/index.js'
import type { Signer } from '../ports/index.js'
import { Certificate, TBSCertificate } from '../x509/index.js'
import type { CaDeps } from './types.js'

/** Lints the encoded form, decoded again: what is checked is what will be signed. */
export function lintOrThrow(
  { tbs: issuer }: { readonly tbs?: TBSCertificate },
  bytes: Uint8Array,
  policy: LintPolicy | undefined,
): readonly LintFinding[] {
  const subject = { tbs: TBSCertificate.decode(bytes), bytes, ...(issuer === undefined ? {} : { issuer }) }
  const findings = lint(subject, policy)
  const errors = findings.filter(({ level, waived }) => level === 'error' && waived === undefined)
  if (errors.length > 0) throw new LintError(errors)
  return findings
}

/**
 * Signs a recorded TBSCertificate, and compares what came of it with what was recorded.
 *
 * @returns DER Certificate
 * @throws CertwrightError `key`, or `signature` when the signature does not verify
 */
export async function signIntent(
  { crypto }: Pick<CaDeps, 'crypto'>,
  { signer: open }: { signer(): Promise<Signer> },
  tbsCertificate: Uint8Array,
): Promise<Uint8Array> {
  const signer = await open()
  const signature = await signer.sign(tbsCertificate)
  if (!(await crypto.verify(signer.algorithm, signer.publicKey, tbsCertificate, signature))) {
    throw new CertwrightError('signature', 'the signature that the CA key made does not verify; nothing was issued')
  }
  const certificate = Certificate.encode({
    tbsCertificate: { bytes: tbsCertificate, value: TBSCertificate.decode(tbsCertificate) },
    signatureAlgorithm: signatureAlgorithmIdentifier(signer.algorithm),
    signatureValue: { unusedBits: 0, bytes: signature },
  })
  if (!equalBytes(Certificate.decode(certificate).tbsCertificate.bytes, tbsCertificate)) {
    throw new CertwrightError('ca', 'the certificate does not hold the recorded intent; nothing was issued')
  }
  return certificate
}
