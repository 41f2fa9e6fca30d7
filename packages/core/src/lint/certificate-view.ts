import { describeKeyInfo, type PublicKeyDescription } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import { attributeOid, type Extension, extendedKeyUsageOid, type TBSCertificate } from '../x509/index.js'
import { type ReadExtensions, readExtensions } from './extension-values.js'
import { type NameAttribute, nameAttributes } from './subject-attributes.js'

/** A certificate as rules see it: every extension, name and key is read once. */
export interface CertificateView extends ReadExtensions {
  readonly tbs: TBSCertificate
  /** DER TBSCertificate. */
  readonly bytes: Uint8Array
  /** The certificate of the CA; absent when the certificate is self-signed. */
  readonly issuer: CertificateView | undefined
  readonly extensions: readonly Extension[]
  /** Whether basicConstraints says that it is a CA's. */
  readonly isCa: boolean
  /** The subject's key; absent when it cannot be read. */
  readonly key: PublicKeyDescription | undefined
  /** Why the key cannot be read. */
  readonly keyFault: string | undefined
  readonly subject: readonly NameAttribute[]
  readonly commonNames: readonly string[]
  /** Policy identifiers. */
  readonly policies: readonly string[]
  /** Purposes of extendedKeyUsage. */
  readonly purposes: readonly string[]
  /** dNSName entries of subjectAltName. */
  readonly dnsNames: readonly string[]
  /** rfc822Name entries of subjectAltName. */
  readonly mailboxes: readonly string[]
  /** Whether a policy of the CA/Browser Forum's TLS requirements is claimed, or the profile asks for them. */
  readonly publicTls: boolean
  /** The same for its requirements on S/MIME. */
  readonly publicSmime: boolean
  /** The same for its requirements on code signing. */
  readonly publicCodeSigning: boolean
}

/** The certificate to be signed, decoded from the very bytes that will be signed. */
export interface LintSubject {
  readonly tbs: TBSCertificate
  /** DER TBSCertificate. */
  readonly bytes: Uint8Array
  /** The issuing certificate's TBS; absent when the certificate is self-signed. */
  readonly issuer?: TBSCertificate
}

const noBytes = new Uint8Array()

/** Issuers come again with every certificate they issue. */
const issuers = new WeakMap<TBSCertificate, CertificateView>()

function issuerView(tbs: TBSCertificate): CertificateView {
  const known = issuers.get(tbs)
  if (known !== undefined) return known
  const view = certificateView({ tbs, bytes: noBytes })
  issuers.set(tbs, view)
  return view
}

/** Reads a certificate for the rules. */
export function certificateView({ tbs, bytes, issuer }: LintSubject, sources: readonly string[] = []): CertificateView {
  const read = readExtensions(tbs.extensions)
  const { certificatePolicies = [], subjectAltName = [] } = read.value
  const policies = certificatePolicies.map(({ policyIdentifier }) => policyIdentifier)
  const dnsNames: string[] = []
  const mailboxes: string[] = []
  for (const { type, value } of subjectAltName) {
    if (type === 'dNSName') dnsNames.push(value)
    else if (type === 'rfc822Name') mailboxes.push(value)
  }
  const subject = nameAttributes(tbs.subject)
  const claims = (source: string, arcs: readonly string[]): boolean =>
    sources.includes(source) || policies.some((oid) => arcs.some((arc) => oid === arc || oid.startsWith(`${arc}.`)))
  const { key, keyFault } = readKey(tbs)
  // One literal without spreads: this object is made for every certificate, and a spread makes it ten times slower.
  return {
    extension: read.extension,
    value: read.value,
    malformed: read.malformed,
    unknownCritical: read.unknownCritical,
    tbs,
    bytes,
    issuer: issuer === undefined ? undefined : issuerView(issuer),
    extensions: tbs.extensions ?? [],
    isCa: read.value.basicConstraints?.cA === true,
    key,
    keyFault,
    subject,
    commonNames: subject.flatMap(({ type, text }) => (type === attributeOid.commonName ? [text ?? ''] : [])),
    policies,
    purposes: read.value.extendedKeyUsage ?? [],
    dnsNames,
    mailboxes,
    publicTls: claims('cabf-br', policyArcs.tls),
    publicSmime: claims('cabf-smime', policyArcs.smime),
    publicCodeSigning: claims('cabf-code-signing', policyArcs.codeSigning),
  }
}

/** Policy identifiers of the CA/Browser Forum (https://cabforum.org/resources/object-registry/), with all below them. */
const policyArcs = {
  tls: ['2.23.140.1.1', '2.23.140.1.2'],
  smime: ['2.23.140.1.5'],
  codeSigning: ['2.23.140.1.3', '2.23.140.1.4'],
} as const

function readKey({ subjectPublicKeyInfo }: TBSCertificate): Pick<CertificateView, 'key' | 'keyFault'> {
  try {
    return { key: describeKeyInfo(subjectPublicKeyInfo), keyFault: undefined }
  } catch (error) {
    if (error instanceof CertwrightError) return { key: undefined, keyFault: error.message }
    throw error
  }
}

/** An end entity that authenticates TLS servers under the CA/Browser Forum's requirements. */
export const isTlsSubscriber = ({ publicTls, isCa, purposes }: CertificateView): boolean =>
  publicTls && !isCa && !purposes.includes(extendedKeyUsageOid.ocspSigning)

/** A CA below a root under the CA/Browser Forum's TLS requirements. */
export const isTlsSubordinate = ({ publicTls, isCa, issuer }: CertificateView): boolean =>
  publicTls && isCa && issuer !== undefined

/** A root under the CA/Browser Forum's TLS requirements. */
export const isTlsRoot = ({ publicTls, isCa, issuer }: CertificateView): boolean =>
  publicTls && isCa && issuer === undefined

/** An end entity under the CA/Browser Forum's requirements on S/MIME. */
export const isSmimeSubscriber = ({ publicSmime, isCa }: CertificateView): boolean => publicSmime && !isCa

/** A code signer under the CA/Browser Forum's requirements. */
export const isCodeSigningSubscriber = ({ publicCodeSigning, isCa, purposes }: CertificateView): boolean =>
  publicCodeSigning && !isCa && !purposes.includes(extendedKeyUsageOid.timeStamping)
