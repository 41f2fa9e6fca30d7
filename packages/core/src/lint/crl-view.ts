import { describePublicKey, type PublicKeyDescription } from '../algorithms/index.js'
import { SubjectPublicKeyInfo, type TBSCertificate, type TBSCertList } from '../x509/index.js'
import { type ReadExtensions, readExtensions } from './extension-values.js'

/** A CRL as rules see it. */
export interface CrlView extends ReadExtensions {
  readonly tbs: TBSCertList
  /** The certificate of the CA that signs it, when it is known. */
  readonly issuer: TBSCertificate | undefined
  /** The key of that certificate. */
  readonly issuerKey: PublicKeyDescription | undefined
  /** Whether it only lists changes since another CRL. */
  readonly isDelta: boolean
}

/** The CRL to be signed. */
export interface CrlLintSubject {
  readonly tbs: TBSCertList
  /** The TBS of the CA that signs it. */
  readonly issuer?: TBSCertificate
}

/** Reads a CRL for the rules. */
export function crlView({ tbs, issuer }: CrlLintSubject): CrlView {
  const read = readExtensions(tbs.crlExtensions)
  return {
    ...read,
    tbs,
    issuer,
    issuerKey:
      issuer === undefined ? undefined : describePublicKey(SubjectPublicKeyInfo.encode(issuer.subjectPublicKeyInfo)),
    isDelta: read.extension.deltaCRLIndicator !== undefined,
  }
}
