import { equalBytes, toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, PageRequest } from '../ports/index.js'
import type { Profile } from '../profile/index.js'
import { Certificate, decodeExtension, extensionOid, Name, SubjectKeyIdentifier } from '../x509/index.js'
import { auditingOrder } from './audit.js'
import type { CaGeneration, CaRecord } from './ca-record.js'
import { signerOf } from './ca-signer.js'
import { checkCaaOptions } from './caa.js'
import { createConditions } from './condition.js'
import { type CrlSigner, namesOf, rememberCrlAuthority } from './crl/authority.js'
import { createCrls } from './crl/crls.js'
import { checkCrlOptions, defaultCrlOptions } from './crl/options.js'
import { createSigningLists } from './crl/signing-lists.js'
import { checkAuditTimeout } from './decisions.js'
import { createIssuance, type SigningAuthority } from './issuance.js'
import { keptSubject } from './kept-subject.js'
import { checkKeyOrigin } from './key-origin.js'
import { enabledProfiles } from './profiles.js'
import { createStatusChanges } from './status.js'
import { checkCtOptions } from './transparency.js'
import type { CaDeps, CaOptions, CertificateAuthority, CertificateOrder, IssuedCertificate } from './types.js'

/**
 * The profiles that a CA may issue under, after all that is said about its work was checked.
 *
 * @throws CertwrightError `configuration`, `algorithm`, `asn1`; ProfileConfigError
 */
export function checkedProfiles(
  deps: CaDeps,
  { id, profiles: named, issueIntermediates, caa, ct, crl = defaultCrlOptions, urls = {}, ...options }: CaOptions,
): ReadonlyMap<string, Profile> {
  checkAuditTimeout(deps)
  const policies = [deps.keySizes, options.keySizes].flatMap((policy) => policy ?? [])
  const profiles = enabledProfiles(named, issueIntermediates === true, policies)
  checkCaaOptions(id, profiles.values(), caa)
  checkCtOptions(id, profiles.values(), ct)
  checkCrlOptions(crl, urls)
  return profiles
}

/** The running CA over its record. */
export function createAuthority(deps: CaDeps, options: CaOptions, record: CaRecord): CertificateAuthority {
  const { id, urls = {}, crl: crlOptions = defaultCrlOptions, keyIdentifiers } = options
  const { certificate, chain, generations } = record
  const issuer = options.issuer === 'outside' ? undefined : options.issuer
  const tbs = Certificate.decode(certificate).tbsCertificate.value
  const conditions = createConditions(deps, id, { certificate }, issuer)
  const profiles = checkedProfiles(deps, options)
  const certificates = async () => [certificate, ...((await issuer?.certificates()) ?? chain)]
  const signers = [...generations, record].map((generation) => crlSigner(deps, generation))
  const signing: SigningAuthority = {
    id,
    subject: tbs.subject,
    tbs,
    urls,
    keyIdentifiers,
    caa: options.caa,
    ct: options.ct && { ...options.ct, chain: certificates },
    signer: signerOf(deps, record),
  }
  const onList = createSigningLists(signing, signers.length, crlOptions, deps.random)
  const issuance = createIssuance(deps)
  const lists = { id, urls, options: crlOptions, signers }
  const crls = createCrls(deps, lists)
  const changeStatus = createStatusChanges(deps, {
    id,
    keepsExpired: crlOptions.expired === 'keep',
    crls,
    mayChange: () => conditions.mayIssue('lists'),
  })

  const prepare: CertificateAuthority['prepare'] = (order) =>
    auditingOrder(deps, id, order, async () => {
      const profile = profiles.get(order.profile)
      if (profile === undefined) throw new CertwrightError('ca', `the CA ${id} does not issue under "${order.profile}"`)
      checkKeyOrigin(profile, order)
      await conditions.mayIssue('certificates')
      return issuance.prepare(onList(), profile, order, await keptSubject(deps, id, profile, order))
    })
  const issue: CertificateAuthority['issue'] = async (token) => {
    const work = async (): Promise<IssuedCertificate> => {
      await conditions.mayIssue('certificates')
      return issuance.issue(token)
    }
    const order = issuance.orderOf(token)
    return order === undefined ? work() : auditingOrder(deps, id, order, work)
  }

  const ca = Object.freeze({
    id,
    certificate,
    profiles: [...profiles.keys()],
    serverKeyType: (profile) => profiles.get(profile)?.config.p12?.keyType,
    certificates,
    prepare,
    issue,
    order: async (order: CertificateOrder): Promise<IssuedCertificate> => issue(await prepare(order)),
    recordOf: (given: Uint8Array) => recordOf(deps, id, namesOf(lists), given),
    newestFor: (query) => newestFor(deps, id, query),
    changeStatus,
    crl: (list) => crls.current(list, () => conditions.mayIssue('lists')),
    async publishCrl(list) {
      await conditions.mayIssue('lists')
      return crls.issue(list)
    },
    crlLists: crls.names,
    crlDue: crls.due,
    condition: conditions.condition,
    setCondition: conditions.setCondition,
  } satisfies CertificateAuthority)
  rememberCrlAuthority(ca, lists)
  return ca
}

/** A key with its certificate, for lists. */
function crlSigner(deps: CaDeps, generation: CaGeneration): CrlSigner {
  const tbs = Certificate.decode(generation.certificate).tbsCertificate.value
  const keyIdentifier = decodeExtension(SubjectKeyIdentifier, tbs.extensions ?? [], extensionOid.subjectKeyIdentifier)
  if (keyIdentifier === undefined) throw new CertwrightError('ca', 'the CA certificate has no subject key identifier')
  return { tbs, keyIdentifier, signer: signerOf(deps, generation) }
}

async function recordOf(
  { store }: CaDeps,
  id: string,
  names: readonly Name[],
  given: Uint8Array,
): Promise<CertificateRecord | undefined> {
  const { issuer, serialNumber } = Certificate.decode(given).tbsCertificate.value
  const der = Name.encode(issuer)
  if (!names.some((name) => equalBytes(der, Name.encode(name)))) return undefined
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
  // In front of it there may be precertificates whose certificates never came.
  for (let page: PageRequest = { limit: 1 }; ; ) {
    const { items, next } = await store.certificates.find(query, page)
    const found = items.find((record) => record.certificate !== null)
    if (found !== undefined || next === undefined) return found
    page = { limit: 100, after: next }
  }
}
