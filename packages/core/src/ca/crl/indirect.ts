import { signatureAlgorithmIdentifier } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import type { GeneralName } from '../../pkix/index.js'
import type { CrlRecord } from '../../ports/index.js'
import { Certificate, createCrlWriter } from '../../x509/index.js'
import type { CaDeps, CertificateAuthority, CrlIssuer, CrlOptions } from '../types.js'
import { crlAuthorityOf, namesOf } from './authority.js'
import { coalesced } from './coalesced.js'
import { endOfFeed, writeRevoked } from './contents.js'
import { type CrlDraft, lintOrThrow, nextUpdateOf } from './draft.js'
import { crlExtensions } from './extensions.js'
import { issueCrl } from './issue.js'
import { parseCrlList } from './list-name.js'
import { checkCrlOptions, defaultCrlOptions } from './options.js'
import { thisUpdateAfter } from './this-update.js'

/** How an indirect CRL is made. */
export interface IndirectCrlOptions extends Pick<CrlOptions, 'intervalHours' | 'validityHours' | 'expired'> {
  /** Its name among the lists of the CA that signs it, 1 to 32 of `a-z`, `0-9`, `-`, and not one that a CA uses itself. */
  readonly name: string
  /** Where it is published: the URLs that the certificates name in `IssuerUrls.indirectCrl`. */
  readonly urls: readonly string[]
}

/** A CRL of several CAs. */
export interface IndirectCrl extends CrlIssuer {
  /** Id of the CA that signs it. */
  readonly id: string
  /**
   * The current list: made anew when it is due, and when the status of a certificate that it covers has changed.
   *
   * @throws CertwrightError `ca` for another name, and when none that is valid is there and none can be made.
   */
  crl(list?: string): Promise<CrlRecord>
  /** Makes a list now. @throws as `CertificateAuthority.publishCrl`. */
  publishCrl(list?: string): Promise<CrlRecord>
  /** The one name. */
  crlLists(): Promise<readonly string[]>
  /** When it is to be made next: in the past when there is none, or something has changed. */
  crlDue(list: string): Promise<Date | undefined>
}

const hour = 3_600_000

/**
 * One CRL on which a CA lists the revoked certificates of several, its own or those of others (RFC 5280 sections 5.2.5
 * and 5.3.3). Their certificates name it in a distribution point with the name of this CA: `IssuerUrls.indirectCrl`.
 *
 * @param by the CA that signs the list, with its present key
 * @param covers the CAs whose certificates it lists, all in the store of `deps`
 * @throws CertwrightError `configuration` for options that contradict each other.
 */
export function createIndirectCrl(
  deps: CaDeps,
  by: CertificateAuthority,
  covers: readonly CertificateAuthority[],
  { name, urls, ...timing }: IndirectCrlOptions,
): IndirectCrl {
  if (!/^[a-z0-9-]{1,32}$/.test(name) || parseCrlList(name) !== undefined || name === 'full') {
    throw new CertwrightError('configuration', `"${name.slice(0, 60)}" cannot be the name of an indirect CRL`)
  }
  if (covers.length === 0) throw new CertwrightError('configuration', 'an indirect CRL covers one CA or more')
  const options = { ...defaultCrlOptions, ...timing }
  checkCrlOptions(options, { crl: urls })
  const list = { name, urls, options }
  const latestOf = () => deps.store.certificates.latestCrl(by.id, name)
  const make = coalesced(async () => {
    if ((await by.condition()) === 'offline') throw new CertwrightError('ca', `the CA ${by.id} is offline`)
    return issueCrl(deps, () => draft(deps, by, covers, list))
  })

  async function due(latest: CrlRecord | undefined): Promise<Date> {
    if (latest === undefined || (await hasChanged(deps, covers, latest))) return new Date(0)
    return new Date(latest.thisUpdate.getTime() + options.intervalHours * hour)
  }
  const isOurs = (given: string | undefined): void => {
    if (given !== undefined && given !== name)
      throw new CertwrightError('ca', `there is no CRL "${given.slice(0, 60)}"`)
  }

  return Object.freeze({
    id: by.id,
    dueByChange: true,
    async crl(given) {
      isOurs(given)
      const latest = await latestOf()
      const now = deps.clock.now()
      if (latest !== undefined && now < (await due(latest))) return latest
      try {
        return await make()
      } catch (error) {
        if (latest === undefined || latest.nextUpdate <= now) throw error
        deps.logger.error('a CRL is due and could not be made', { ca: by.id, list: name, error })
        return latest
      }
    },
    async publishCrl(given) {
      isOurs(given)
      return make()
    },
    crlLists: async () => [name],
    async crlDue(given) {
      isOurs(given)
      return due(await latestOf())
    },
  } satisfies IndirectCrl)
}

/** Whether the status of a certificate changed since a list was made. */
async function hasChanged(
  { store }: CaDeps,
  covers: readonly CertificateAuthority[],
  { position }: CrlRecord,
): Promise<boolean> {
  for (const { id } of covers) {
    const after = position === undefined ? {} : { after: position }
    const { items } = await store.certificates.events({ ...after, issuer: id, changesOnly: true, limit: 1 })
    if (items.length > 0) return true
  }
  return false
}

async function draft(
  deps: CaDeps,
  by: CertificateAuthority,
  covers: readonly CertificateAuthority[],
  { name, urls, options }: { readonly name: string; readonly urls: readonly string[]; readonly options: CrlOptions },
): Promise<CrlDraft> {
  const { certificates } = deps.store
  const { id, signers } = crlAuthorityOf(by)
  const key = signers.at(-1)
  if (key === undefined) throw new CertwrightError('ca', `the CA ${id} has no key`)
  const signer = await key.signer()
  const latest = await certificates.latestCrl(id, name)
  const position = await endOfFeed({ certificates }, latest?.position)
  const thisUpdate = thisUpdateAfter(deps.clock.now(), latest?.thisUpdate)
  const nextUpdate = nextUpdateOf(id, key, thisUpdate, options.validityHours)
  const number = (await certificates.lastCrlNumber(id, name)) + 1
  const { expired, intervalHours } = options
  const writer = createCrlWriter({
    signature: signatureAlgorithmIdentifier(signer.algorithm),
    issuer: key.tbs.subject,
    thisUpdate,
    nextUpdate,
    crlExtensions: crlExtensions({
      keyIdentifier: key.keyIdentifier,
      number,
      distributionPoint: urls,
      indirect: true,
      ...(expired === 'keep' ? { expiredSince: earliestBeginning(covers) } : {}),
    }),
  })
  for (const { issuer, name } of issuersOf(by, covers)) {
    const source = { certificates, issuer, ...(name === undefined ? {} : { certificateIssuer: [name] }) }
    await writeRevoked(writer, source, thisUpdate, { expired, intervalHours, latest })
  }
  const tbsCertList = writer.finish()
  lintOrThrow(tbsCertList, key)
  return { intent: { issuer: id, scope: name, number, tbsCertList, thisUpdate, nextUpdate, position }, signer }
}

const tbsOf = ({ certificate }: CertificateAuthority) => Certificate.decode(certificate).tbsCertificate.value

/**
 * What is listed under which name. The list's own issuer is meant until another one is named, so its certificates come first.
 * The certificates of a CA that was renamed are listed under each name: which one a certificate has is not in its record.
 */
function issuersOf(
  by: CertificateAuthority,
  covers: readonly CertificateAuthority[],
): readonly { readonly issuer: string; readonly name?: GeneralName }[] {
  const named = covers.flatMap((ca) =>
    [...namesOf(crlAuthorityOf(ca))].reverse().map((value, index) => {
      const name = { type: 'directoryName', value } as const
      return ca.id === by.id && index === 0 ? { issuer: ca.id } : { issuer: ca.id, name }
    }),
  )
  return named.sort((a, b) => Number('name' in a) - Number('name' in b))
}

const earliestBeginning = (covers: readonly CertificateAuthority[]): Date =>
  new Date(Math.min(...covers.map((ca) => tbsOf(ca).validity.notBefore.getTime())))
