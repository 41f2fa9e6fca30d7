import { signatureAlgorithmIdentifier } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import {
  type CertificateView,
  certificateView,
  LintError,
  type LintFinding,
  type LintPolicy,
  lintView,
} from '../lint/index.js'
import type { Signer } from '../ports/index.js'
import { signedStructure, TBSCertificate } from '../x509/index.js'
import type { CaDeps } from './types.js'

/** Lints the encoded form, decoded again: what is checked is what will be signed. */
export function lintOrThrow(
  { tbs: issuer }: { readonly tbs?: TBSCertificate },
  bytes: Uint8Array,
  policy: LintPolicy | undefined,
): { readonly findings: readonly LintFinding[]; readonly view: CertificateView } {
  const subject = { tbs: TBSCertificate.decode(bytes), bytes, ...(issuer === undefined ? {} : { issuer }) }
  const view = certificateView(subject, policy?.sources)
  const findings = lintView(view, policy)
  const errors = findings.filter(({ level, waived }) => level === 'error' && waived === undefined)
  if (errors.length > 0) throw new LintError(errors)
  return { findings, view }
}

/**
 * Signs a recorded TBSCertificate, and puts the certificate together around these very octets.
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
  // Beside the signature there are none but the recorded octets in it.
  return signedStructure(tbsCertificate, signatureAlgorithmIdentifier(signer.algorithm), signature)
}
