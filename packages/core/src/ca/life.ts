import { toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateQuery, CertificateRecord, PageRequest, RevocationReason } from '../ports/index.js'
import { Certificate, type Extension, extensionOid, SubjectPublicKeyInfo } from '../x509/index.js'
import { keepsExpired } from './crl/authority.js'
import { auditDecision } from './decisions.js'
import type { CaDeps, CertificateAuthority, IssuedCertificate, StatusActor } from './types.js'

/** How a certificate follows another. */
export interface RenewalOrder extends StatusActor {
  /** Another profile than before, where the CA issues under it. */
  readonly profile?: string
  /** DER SubjectPublicKeyInfo of a new key: the certificate is rekeyed. The key stays when absent. */
  readonly publicKey?: Uint8Array
  /** The wished end of validity; the profile's when absent. */
  readonly notAfter?: Date
}

/** Which certificates a bulk revocation is about, and what for. */
export interface BulkRevocation extends StatusActor {
  /** Those of the CA that match and can be revoked; held ones too, unless `status` says otherwise. */
  readonly query: Omit<CertificateQuery, 'issuer'>
  readonly reason: Exclude<RevocationReason, 'certificateHold'>
  readonly invalidityDate?: Date
  /** How many `count` said there are: the revocation is refused when there are more by now. */
  readonly atMost: number
  /** Called after each certificate. */
  readonly progress?: (done: number) => void
}

/** What can be done with certificates after they were issued. */
export interface CertificateLife {
  /**
   * Issues a certificate with the subject, names and requested extensions of another one, linked to it. The one before
   * stays as it is.
   *
   * @throws CertwrightError `conflict` when it is revoked, held or not there; what issuing throws.
   */
  renew(serial: string, order: RenewalOrder): Promise<IssuedCertificate>
  /**
   * As `renew`, and then revokes the one before as superseded (RFC 5280 section 5.3.1), or for the reason given, unless it
   * is no longer good by then: revoked for another reason, or expired. Asked again with the same request id it gives the
   * same certificate, and does what was not done yet.
   */
  replace(serial: string, order: RenewalOrder & { readonly reason?: RevocationReason }): Promise<IssuedCertificate>
  /** How many certificates a bulk revocation would be about. */
  count(query: BulkRevocation['query']): Promise<number>
  /**
   * Revokes everything that matches, one by one, the whole and each audited, and makes one CRL at the end. Cut off, it has revoked
   * some, and may be started again.
   *
   * @returns how many were revoked
   * @throws CertwrightError `conflict` when there are more than `atMost`: nothing is revoked then.
   */
  revokeAll(order: BulkRevocation): Promise<number>
}

const pageSize = 200

const laterOf = (a: Date, b: Date = a): Date => (b > a ? b : a)

/** Extensions that the CA decides anew for each certificate. */
const decidedByTheCa: ReadonlySet<string> = new Set([
  extensionOid.subjectKeyIdentifier,
  extensionOid.authorityKeyIdentifier,
  extensionOid.basicConstraints,
  extensionOid.keyUsage,
  extensionOid.cRLDistributionPoints,
  extensionOid.freshestCRL,
  extensionOid.authorityInfoAccess,
  extensionOid.nameConstraints,
  extensionOid.signedCertificateTimestamps,
  extensionOid.ctPoison,
])

/** What can be done with the certificates of a CA. */
export function createCertificateLife(deps: CaDeps, ca: CertificateAuthority): CertificateLife {
  const renew: CertificateLife['renew'] = async (serial, order) => {
    const before = await usable(deps, ca.id, serial, order.requestId)
    const {
      subject,
      extensions = [],
      subjectPublicKeyInfo,
    } = Certificate.decode(before.certificate).tbsCertificate.value
    return ca.order({
      requestId: order.requestId,
      profile: order.profile ?? before.profile,
      requester: before.requester,
      actor: order.actor,
      publicKey: order.publicKey ?? SubjectPublicKeyInfo.encode(subjectPublicKeyInfo),
      subject,
      extensions: extensions.filter(isRequested),
      previousSerial: serial,
      ...(order.notAfter === undefined ? {} : { notAfter: order.notAfter }),
      ...(order.address === undefined ? {} : { address: order.address }),
      context: {
        operation: order.publicKey === undefined ? 'renew' : 'rekey',
        ...(order.comment === undefined ? {} : { comment: order.comment.slice(0, 1000) }),
      },
    })
  }

  const matching = (query: BulkRevocation['query'], status: 'issued' | 'held'): CertificateQuery => ({
    ...query,
    issuer: ca.id,
    status,
    ...(keepsExpired(ca) ? {} : { validAt: laterOf(deps.clock.now(), query.validAt) }),
  })
  const statusesOf = ({ status }: BulkRevocation['query']): readonly ('issued' | 'held')[] => {
    if (status === 'issued' || status === 'held') return [status]
    if (status === undefined) return ['issued', 'held']
    throw new CertwrightError('configuration', `certificates that are ${status} cannot be revoked`)
  }
  const count: CertificateLife['count'] = async (query) => {
    const counts = statusesOf(query).map((status) => deps.store.certificates.count(matching(query, status)))
    return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0)
  }

  return Object.freeze({
    renew,
    count,

    async replace(serial, { reason = 'superseded', ...order }) {
      const issued = await renew(serial, order)
      await ca.changeStatus(serial, { to: 'revoked', reason }, order).catch(unlessRevoked)
      return issued
    },

    async revokeAll(order) {
      const found = await count(order.query)
      const agreed = found <= order.atMost
      await auditDecision(deps, 'certificate.bulk-revocation', order, bulkDetails(ca.id, order, found, agreed))
      if (!agreed) {
        throw new CertwrightError('conflict', `${found} certificates match, more than the ${order.atMost} agreed to`)
      }
      let done = 0
      const revoked = (): void => {
        done += 1
        order.progress?.(done)
      }
      try {
        for (const status of statusesOf(order.query)) {
          // What is revoked no longer matches, so a page is never seen twice; what cannot be revoked is passed over.
          for (let after: string | undefined, more = true; more; ) {
            const page: PageRequest = { limit: pageSize, ...(after === undefined ? {} : { after }) }
            const { items, next } = await deps.store.certificates.find(matching(order.query, status), page)
            await revokeItems(ca, items, order, revoked)
            after = next
            more = next !== undefined
          }
        }
      } finally {
        if (done > 0 && order.publish !== false) await ca.publishCrl()
      }
      return done
    },
  } satisfies CertificateLife)
}

function bulkDetails(issuer: string, { query, reason, atMost }: BulkRevocation, found: number, agreed: boolean) {
  return {
    issuer,
    query: queryText(query),
    reason,
    found,
    atMost: Number.isFinite(atMost) ? atMost : null,
    outcome: agreed ? 'begun' : 'refused',
  }
}

/** For people, and not too long: octets in hexadecimal. */
const queryText = (query: BulkRevocation['query']): string =>
  JSON.stringify(query, (_field, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value)).slice(0, 1000)

/** Revokes each; one that somebody else changed in the meantime is left to them. */
async function revokeItems(
  ca: CertificateAuthority,
  items: readonly CertificateRecord[],
  order: BulkRevocation,
  revoked: () => void,
): Promise<void> {
  const { reason, invalidityDate } = order
  const change = { to: 'revoked', reason, ...(invalidityDate === undefined ? {} : { invalidityDate }) } as const
  for (const { serial } of items) {
    try {
      await ca.changeStatus(serial, change, { ...order, publish: false })
    } catch (error) {
      if (error instanceof CertwrightError && error.code === 'conflict') continue
      throw error
    }
    revoked()
  }
}

/** What can no longer be revoked was revoked by somebody else or has expired: the new certificate is there all the same. */
function unlessRevoked(error: unknown): void {
  if (!(error instanceof CertwrightError) || error.code !== 'conflict') throw error
}

const isRequested = ({ extnID }: Extension): boolean => !decidedByTheCa.has(extnID)

/** The certificate that another one follows, as long as it is good, or did so in this very request before. */
async function usable(
  deps: CaDeps,
  issuer: string,
  serial: string,
  requestId: string,
): Promise<CertificateRecord & { readonly certificate: Uint8Array }> {
  const record = await deps.store.certificates.get(issuer, serial)
  if (record === undefined || record.certificate === null) {
    throw new CertwrightError('conflict', 'there is no certificate with this serial number')
  }
  if (record.status !== 'issued' && !(await isFollowed(deps, issuer, serial, requestId))) {
    throw new CertwrightError('conflict', `the certificate is ${record.status} and cannot be renewed`)
  }
  return { ...record, certificate: record.certificate }
}

/** Whether a request has made a certificate that follows this one, which may be why this one is revoked. */
async function isFollowed({ store }: CaDeps, issuer: string, serial: string, requestId: string): Promise<boolean> {
  const { items } = await store.certificates.find({ issuer, previousSerial: serial }, { limit: pageSize })
  return items.some((record) => record.requestId === requestId && record.certificate !== null)
}
