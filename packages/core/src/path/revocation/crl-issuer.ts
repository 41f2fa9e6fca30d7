import { equalBytes } from '../../asn1/index.js'
import type { ReadAnchor } from '../anchor.js'
import type { PathCertificate } from '../certificate.js'
import { hintRank } from '../pool.js'
import type { Session } from '../session.js'
import type { VerificationKey } from '../signature.js'
import type { PathResult } from '../types.js'
import type { ReadCrl } from './crl.js'

/** CRL issuers whose own CRLs have issuers of their own, one in the other. */
const maxNesting = 3

/** Finds a path of another certificate to the one anchor; it is what found the first path. */
export type FindOther = (session: Session, certificate: PathCertificate, anchor: ReadAnchor) => Promise<PathResult>

/** Who stands above the certificate that is checked. */
export interface PathAbove {
  /** The certificates above it, nearest first. */
  readonly certificates: readonly PathCertificate[]
  readonly anchor: ReadAnchor
}

/** A key that may sign CRLs of a name, and how it came to be trusted. */
interface Signer extends VerificationKey {
  /** Not yet validated where there is one. */
  readonly certificate?: PathCertificate
}

/**
 * The key that has signed a CRL, trusted under the same anchor as the certificate: RFC 5280 section 6.3.3 (f) and (g).
 *
 * @returns why there is none, in one sentence
 */
export async function signerOf(
  session: Session,
  crl: ReadCrl,
  subject: PathCertificate,
  above: PathAbove,
  findOther: FindOther,
): Promise<VerificationKey | string> {
  let why = 'the issuer of the CRL is not known'
  for (const signer of candidates(session, crl, above)) {
    const unsigned = await session.verifier.verify(crl.signed, signer)
    if (unsigned !== undefined) {
      why = `the CRL is not accepted: ${unsigned.message}`
      continue
    }
    // A CRL issuer under validation may be on its own list, and on that of nobody else: that would be trust in a circle.
    const own = signer.certificate?.id === subject.id && session.crlIssuers.has(subject.id)
    const untrusted = own ? undefined : await distrust(session, signer.certificate, above.anchor, findOther)
    if (untrusted === undefined) return signer
    why = untrusted
  }
  return why
}

/**
 * Those of the path and the anchor first, then others of the name, which must say that they sign CRLs (section 4.2.1.3); the
 * hints of the CRL only order.
 */
function* candidates(session: Session, crl: ReadCrl, { certificates, anchor }: PathAbove): Iterable<Signer> {
  for (const certificate of certificates) {
    if (certificate.subjectKey === crl.issuerKey && maySignCrls(certificate)) yield keyOf(certificate)
  }
  const ofAnchor = anchor.certificate
  if (anchor.subjectKey === crl.issuerKey && (ofAnchor === undefined || maySignCrls(ofAnchor))) {
    yield { publicKey: anchor.anchor.publicKey, publicKeyInfo: anchor.publicKeyInfo }
  }
  const others = session.pool
    .named(crl.issuerKey)
    .filter((other) => other.extensions.keyUsage?.has('cRLSign') === true && !certificates.includes(other))
    .map((certificate) => ({ certificate, rank: hintRank(crl.authorityKeyIdentifier, certificate) }))
    .sort((a, b) => a.rank - b.rank)
  for (const { certificate } of others) yield { ...keyOf(certificate), certificate }
}

const keyOf = ({ publicKey, publicKeyInfo }: PathCertificate): VerificationKey => ({ publicKey, publicKeyInfo })

const maySignCrls = ({ extensions: { keyUsage } }: PathCertificate): boolean =>
  keyUsage === undefined || keyUsage.has('cRLSign')

/** Why a certificate beside the path is not trusted to sign CRLs; those of the path are trusted already. */
async function distrust(
  session: Session,
  certificate: PathCertificate | undefined,
  anchor: ReadAnchor,
  findOther: FindOther,
): Promise<string | undefined> {
  const { crlIssuers } = session
  if (certificate === undefined) return undefined
  if (crlIssuers.has(certificate.id)) return 'the issuers of CRLs depend on each other'
  if (crlIssuers.size >= maxNesting) return 'the CRLs of CRL issuers are nested too deeply'
  crlIssuers.add(certificate.id)
  try {
    const result = await findOther(session, certificate, anchor)
    if (result.valid && equalBytes(result.anchor.publicKey, anchor.anchor.publicKey)) return undefined
    const [failure] = result.valid ? [] : result.failures
    return `the issuer of the CRL is not trusted: ${failure?.message ?? 'its anchor is another one'}`
  } finally {
    crlIssuers.delete(certificate.id)
  }
}
