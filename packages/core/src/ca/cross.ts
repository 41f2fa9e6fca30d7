import { CertwrightError } from '../errors.js'
import {
  Certificate,
  decodeExtension,
  extensionOid,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from '../x509/index.js'
import { auditingRefusal } from './decisions.js'
import { checkChain } from './outside.js'
import type { CaDeps, CertificateAuthority, CertificateOrder, IssuedCertificate, StatusActor } from './types.js'

/** What a CA says of another one. */
export interface CrossCertification
  extends StatusActor,
    Pick<CertificateOrder, 'profile' | 'notAfter' | 'privileged' | 'override'> {
  /**
   * DER: the certificate of the other CA and those of the CAs above it, the last one self-signed. They prove that somebody
   * has certified this name with this key, which a root has done itself.
   */
  readonly certificates: readonly Uint8Array[]
}

/**
 * Certifies another CA, here or elsewhere, with the name, key and key identifier that it has already: whoever trusts the CA that
 * signs can then verify what the other one issues (RFC 5280 section 3.2). Its end is that of the profile, or `notAfter`.
 *
 * @param by the CA that signs; it has `issueIntermediates` and the profile of the order
 * @param order with the same `requestId` it gives the same certificate; path length and name constraints are those of its
 *   profile, unless that leaves them to `override` of a `privileged` requester
 * @throws CertwrightError `configuration` for certificates that are not those of a CA, and for the CA itself; what issuing throws.
 */
export async function crossCertify(
  deps: CaDeps,
  by: CertificateAuthority,
  order: CrossCertification,
): Promise<IssuedCertificate> {
  const { certificates, requestId, actor, address, comment, profile, notAfter, privileged, override } = order
  const details = { ca: by.id, operation: 'cross-certify' }
  // What is ordered is audited by the CA.
  const own = await auditingRefusal(
    deps,
    'ca.refused',
    order,
    (failure) => ({ ...details, ...failure }),
    () => checkedOwn(deps, certificates),
  )
  const { subject, subjectPublicKeyInfo, extensions } = Certificate.decode(own).tbsCertificate.value
  const keyIdentifier = decodeExtension(SubjectKeyIdentifier, extensions ?? [], extensionOid.subjectKeyIdentifier)
  return by.order({
    requestId,
    profile,
    requester: actor,
    publicKey: SubjectPublicKeyInfo.encode(subjectPublicKeyInfo),
    subject,
    extensions: [],
    context: { operation: 'cross-certify', ...(comment === undefined ? {} : { comment: comment.slice(0, 1000) }) },
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(keyIdentifier === undefined ? {} : { keyIdentifier }),
    ...(address === undefined ? {} : { address }),
    ...(privileged === undefined ? {} : { privileged }),
    ...(override === undefined ? {} : { override }),
  })
}

/** The certificate of the CA to be certified, after its chain was checked. */
async function checkedOwn(deps: CaDeps, certificates: readonly Uint8Array[]): Promise<Uint8Array> {
  const [own] = certificates
  if (own === undefined) throw new CertwrightError('configuration', 'give the certificate of the CA to be certified')
  await checkChain(deps, certificates)
  return own
}
