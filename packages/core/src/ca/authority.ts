import { equalBytes, toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, Signer, StatusChange } from '../ports/index.js'
import { Certificate, decodeExtension, extensionOid, Name, SubjectKeyIdentifier } from '../x509/index.js'
import { auditOf } from './audit.js'
import type { CaRecord } from './ca-record.js'
import { createConditions } from './condition.js'
import { createCrls } from './crl.js'
import { createIssuance, type SigningAuthority } from './issuance.js'
import { enabledProfiles } from './profiles.js'
import type {
  CaDeps,
  CaOptions,
  CertificateAuthority,
  CertificateOrder,
  IssuedCertificate,
  StatusOrder,
} from './types.js'

const defaultCrl = { intervalHours: 24, validityHours: 168 }

/** The running CA over its record. */
export function createAuthority(
  deps: CaDeps,
  options: CaOptions,
  { certificate, chain }: CaRecord,
  signer: () => Promise<Signer>,
): CertificateAuthority {
  const { id, profiles: named, urls = {}, crl: crlOptions = defaultCrl, keyIdentifiers, issueIntermediates } = options
  const issuer = options.issuer === 'outside' ? undefined : options.issuer
  const tbs = Certificate.decode(certificate).tbsCertificate.value
  const conditions = createConditions(deps, id, { certificate }, issuer)
  const policies = [deps.keySizes, options.keySizes].flatMap((policy) => policy ?? [])
  const profiles = enabledProfiles(named, issueIntermediates === true, policies)
  const signing: SigningAuthority = { id, subject: tbs.subject, tbs, urls, keyIdentifiers, signer }
  const issuance = createIssuance(deps)
  const keyIdentifier = decodeExtension(SubjectKeyIdentifier, tbs.extensions ?? [], extensionOid.subjectKeyIdentifier)
  if (keyIdentifier === undefined) throw new CertwrightError('ca', 'the CA certificate has no subject key identifier')
  if (!(crlOptions.validityHours > crlOptions.intervalHours && crlOptions.intervalHours >= 1)) {
    throw new CertwrightError('configuration', 'a CRL must be valid for longer than the interval at which it is made')
  }
  const crls = createCrls(deps, { id, subject: tbs.subject, keyIdentifier, tbs, signer }, crlOptions)

  const prepare: CertificateAuthority['prepare'] = async (order) => {
    const profile = profiles.get(order.profile)
    if (profile === undefined) throw new CertwrightError('ca', `the CA ${id} does not issue under "${order.profile}"`)
    await conditions.mayIssue('certificates')
    return issuance.prepare(signing, profile, order)
  }

  return Object.freeze({
    id,
    certificate,
    profiles: [...profiles.keys()],
    certificates: async () => [certificate, ...((await issuer?.certificates()) ?? chain)],
    prepare,
    async issue(token) {
      await conditions.mayIssue('certificates')
      return issuance.issue(token)
    },
    order: async (order: CertificateOrder): Promise<IssuedCertificate> => issuance.issue(await prepare(order)),
    recordOf: (given: Uint8Array) => recordOf(deps, id, tbs.subject, given),
    newestFor: (query) => newestFor(deps, id, query),
    async changeStatus(serial, change, by) {
      await conditions.mayIssue('lists')
      const wanted = statusChange(change, deps.clock.now())
      const record = await deps.store.certificates.changeStatus(id, serial, wanted)
      try {
        await auditOf(deps).record({
          time: deps.clock.now(),
          type: 'certificate.status-changed',
          actor: by.actor,
          requestId: by.requestId,
          details: {
            issuer: id,
            serial,
            status: record.status,
            reason: record.revocationReason,
            ...(by.comment === undefined ? {} : { comment: by.comment.slice(0, 1000) }),
          },
        })
      } finally {
        // A revocation is made known even when it could not be audited.
        if (by.publish !== false) await crls.issue()
      }
      return record
    },
    async crl() {
      await conditions.mayIssue('lists')
      return crls.current()
    },
    async publishCrl() {
      await conditions.mayIssue('lists')
      return crls.issue()
    },
    condition: conditions.condition,
    setCondition: conditions.setCondition,
  } satisfies CertificateAuthority)
}

async function recordOf(
  { store }: CaDeps,
  id: string,
  subject: Name,
  given: Uint8Array,
): Promise<CertificateRecord | undefined> {
  const { issuer, serialNumber } = Certificate.decode(given).tbsCertificate.value
  if (!equalBytes(Name.encode(issuer), Name.encode(subject))) return undefined
  const record = await store.certificates.get(id, toHex(serialNumber))
  if (record === undefined || record.certificate === null) return undefined
  return equalBytes(record.certificate, given) ? record : undefined
}

async function newestFor(
  { store, clock }: CaDeps,
  id: string,
  { subject, requester }: { readonly subject: Name; readonly requester: string },
): Promise<CertificateRecord | undefined> {
  const now = clock.now()
  const query = { issuer: id, status: 'issued', requester, subjectDer: Name.encode(subject), validAt: now } as const
  const { items } = await store.certificates.find(query, { limit: 1 })
  return items[0]
}

function statusChange(change: StatusOrder, now: Date): StatusChange {
  switch (change.to) {
    case 'revoked': {
      const { reason, at = now, invalidityDate } = change
      if (reason === 'certificateHold') return statusChange({ to: 'held' }, now)
      if (!isPast(at, now) || (invalidityDate !== undefined && !isPast(invalidityDate, now))) {
        throw new CertwrightError('configuration', 'the dates of a revocation are not in the future')
      }
      const from = ['issued', 'held'] as const
      return { from, to: 'revoked', reason, at, ...(invalidityDate === undefined ? {} : { invalidityDate }) }
    }
    case 'held':
      return { from: ['issued'], to: 'held', reason: 'certificateHold', at: now }
    case 'issued':
      return { from: ['held'], to: 'issued', at: now }
  }
}

const isPast = (date: Date, now: Date): boolean => date.getTime() <= now.getTime()
