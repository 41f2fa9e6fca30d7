import { CertwrightError } from '../errors.js'
import { SubjectPublicKeyInfo } from '../x509/index.js'
import { defaultPathLimits } from './budget.js'
import { isReadable, nameKey, type PathCertificate, readCertificate } from './certificate.js'
import type { AnchorConstraints, TrustAnchor } from './types.js'

const maxSize = defaultPathLimits.maxCertificateSize

/** How a certificate becomes a trust anchor. */
export interface TrustAnchorOptions {
  /**
   * `enforce` (default): paths keep to what the certificate says of validity, names, policies and path length (RFC 5937).
   * `ignore`: only its name and key count, as in RFC 5280 section 6.1.1 (d).
   */
  readonly constraints?: 'enforce' | 'ignore'
}

/**
 * A trust anchor of a certificate, which need not be self-signed. Its signature is not looked at.
 *
 * @example
 * ```ts
 * import { trustAnchor } from '@certwright/core/path'
 *
 * const anchorsOf = (roots: readonly Uint8Array[]) => roots.map((root) => trustAnchor(root))
 * ```
 *
 * @param certificate DER
 * @throws CertwrightError `configuration` for a certificate that cannot be read.
 */
export function trustAnchor(
  certificate: Uint8Array,
  { constraints = 'enforce' }: TrustAnchorOptions = {},
): TrustAnchor {
  const read = readCertificate(certificate, { maxSize })
  if (!isReadable(read)) throw unusable(read.message)
  const [fault] = read.faults
  if (fault !== undefined) throw unusable(fault.message)
  const anchor = { name: read.subject, publicKey: read.publicKey, certificate }
  return constraints === 'ignore' ? anchor : { ...anchor, constraints: constraintsOf(read) }
}

const unusable = (reason: string): CertwrightError =>
  new CertwrightError('configuration', `a trust anchor cannot be used: ${reason}`)

function constraintsOf({ certificate, extensions, notBefore, notAfter, isCa }: PathCertificate): AnchorConstraints {
  // Roots of version 1 cannot say what they are.
  const mayIssue = certificate.tbsCertificate.value.version !== 2 || isCa
  const { nameConstraints, certificatePolicies, policyConstraints, inhibitAnyPolicy, basicConstraints } = extensions
  const policies = certificatePolicies?.map(({ policyIdentifier }) => policyIdentifier)
  return {
    notBefore,
    notAfter,
    leafOnly: !mayIssue || extensions.keyUsage?.has('keyCertSign') === false,
    ...(nameConstraints?.permittedSubtrees && { permittedSubtrees: nameConstraints.permittedSubtrees }),
    ...(nameConstraints?.excludedSubtrees && { excludedSubtrees: nameConstraints.excludedSubtrees }),
    ...(policies && { policies }),
    requireExplicitPolicy: policyConstraints?.requireExplicitPolicy !== undefined,
    inhibitPolicyMapping: policyConstraints?.inhibitPolicyMapping !== undefined,
    inhibitAnyPolicy: inhibitAnyPolicy !== undefined,
    ...(basicConstraints?.pathLenConstraint !== undefined && { pathLength: basicConstraints.pathLenConstraint }),
  }
}

/** A trust anchor, made comparable. */
export interface ReadAnchor {
  readonly anchor: TrustAnchor
  readonly subjectKey: string
  readonly publicKeyInfo: SubjectPublicKeyInfo
  /** Where it came as a certificate that can be read. */
  readonly certificate: PathCertificate | undefined
}

/** Anchors are the same for many paths. */
const latest = new WeakMap<TrustAnchor, ReadAnchor>()

/** @throws CertwrightError `configuration` for a key that is no SubjectPublicKeyInfo. */
export function readAnchor(anchor: TrustAnchor): ReadAnchor {
  const known = latest.get(anchor)
  if (known !== undefined) return known
  try {
    const publicKeyInfo = SubjectPublicKeyInfo.decode(anchor.publicKey)
    const certificate = anchor.certificate && readCertificate(anchor.certificate, { maxSize })
    const read = {
      anchor,
      subjectKey: nameKey(anchor.name),
      publicKeyInfo,
      certificate: certificate && isReadable(certificate) ? certificate : undefined,
    }
    latest.set(anchor, read)
    return read
  } catch (cause) {
    throw new CertwrightError('configuration', 'a trust anchor has a name and a DER SubjectPublicKeyInfo', { cause })
  }
}
