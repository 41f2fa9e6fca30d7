import { signatureAlgorithmIdentifier } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import { LintError, lintCrl } from '../../lint/index.js'
import type { CrlIntent, CrlRecord, Signer } from '../../ports/index.js'
import { type CrlWriter, createCrlWriter } from '../../x509/index.js'
import type { CaDeps } from '../types.js'
import type { CrlAuthority, CrlSigner } from './authority.js'
import { endOfFeed, sourceOf, writeChanges, writeRevoked } from './contents.js'
import { type CrlExtensionFacts, crlExtensions } from './extensions.js'
import { type CrlList, completeOf, deltaOf, scopeOf, sequenceOf, urlsOfList } from './list-name.js'
import { thisUpdateAfter } from './this-update.js'

/** A list that is ready to be recorded and signed. */
export interface CrlDraft {
  readonly intent: CrlIntent
  readonly signer: Signer
}

const hour = 3_600_000

/** What is filled in before the entries. */
interface Head {
  readonly list: CrlList
  readonly key: CrlSigner
  readonly signer: Signer
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly number: number
}

/**
 * Builds and lints the next list, from what the store says now.
 *
 * @throws CertwrightError `ca` when the clock is behind the latest list or the CA's certificate has expired; LintError.
 */
export async function draftCrl(deps: CaDeps, authority: CrlAuthority, list: CrlList): Promise<CrlDraft> {
  const { certificates } = deps.store
  const latest = await certificates.latestCrl(authority.id, scopeOf(list))
  return list.delta ? draftDelta(deps, authority, list, latest) : draftComplete(deps, authority, list, latest)
}

async function draftComplete(
  deps: CaDeps,
  authority: CrlAuthority,
  list: CrlList,
  latest: CrlRecord | undefined,
): Promise<CrlDraft> {
  const { options, urls } = authority
  const source = sourceOf(deps, authority.id, list)
  // Before the certificates are read: what comes in meanwhile counts as not on this list, and is said once more at worst.
  const position = await endOfFeed(source, latest?.position)
  const head = await headOf(deps, authority, list, latest)
  const writer = writerOf(authority, head, {
    freshest: options.delta === undefined ? [] : urlsOfList(urls.crl ?? [], deltaOf(list)),
  })
  const { expired, intervalHours } = options
  await writeRevoked(writer, source, head.thisUpdate, { expired, intervalHours, latest })
  return finish(authority, head, writer, { position })
}

/**
 * The base stays the same as long as somebody may rely on it: whoever has a list from the base on can apply the delta.
 */
async function draftDelta(
  deps: CaDeps,
  authority: CrlAuthority,
  list: CrlList,
  latest: CrlRecord | undefined,
): Promise<CrlDraft> {
  const head = await headOf(deps, authority, list, latest)
  const { base, position } =
    latest?.base !== undefined && latest.base.nextUpdate > head.thisUpdate
      ? latest
      : await baseOf(deps, authority, list, head.thisUpdate)
  if (base === undefined || position === undefined) {
    throw new CertwrightError('ca', `there is no complete CRL that "${list.name}" could be based on`)
  }
  const writer = writerOf(authority, head, { base: base.number })
  await writeChanges(writer, sourceOf(deps, authority.id, list), head.thisUpdate, position)
  return finish(authority, head, writer, { base, position })
}

async function baseOf(
  { store }: CaDeps,
  { id }: CrlAuthority,
  list: CrlList,
  now: Date,
): Promise<Pick<CrlRecord, 'base' | 'position'>> {
  const complete = await store.certificates.latestCrl(id, scopeOf(completeOf(list)))
  if (complete?.position === undefined || complete.nextUpdate <= now) return {}
  const { number, nextUpdate, position } = complete
  return { base: { number, nextUpdate }, position }
}

async function headOf(
  { store, clock }: CaDeps,
  { id, signers, options }: CrlAuthority,
  list: CrlList,
  latest: CrlRecord | undefined,
): Promise<Head> {
  const key = signers[list.generation - 1]
  if (key === undefined) throw new CertwrightError('ca', `the CA ${id} has no key for the list "${list.name}"`)
  const thisUpdate = thisUpdateAfter(clock.now(), latest?.thisUpdate)
  const { validityHours } = list.delta ? (options.delta ?? options) : options
  return {
    list,
    key,
    signer: await key.signer(),
    thisUpdate,
    nextUpdate: nextUpdateOf(id, key, thisUpdate, validityHours),
    number: (await store.certificates.lastCrlNumber(id, sequenceOf(list))) + 1,
  }
}

/**
 * Until when a list is good: nobody can verify it after the end of the CA's own certificate.
 *
 * @throws CertwrightError `ca` when that has passed.
 */
export function nextUpdateOf(id: string, { tbs }: CrlSigner, thisUpdate: Date, validityHours: number): Date {
  const end = tbs.validity.notAfter
  if (end > thisUpdate) return new Date(Math.min(thisUpdate.getTime() + validityHours * hour, end.getTime()))
  throw new CertwrightError('ca', `the certificate of the CA ${id} has expired: it makes no more CRLs`)
}

function writerOf(
  { urls, options, signers }: CrlAuthority,
  { list, key, signer, thisUpdate, nextUpdate, number }: Head,
  facts: Pick<CrlExtensionFacts, 'base' | 'freshest'>,
): CrlWriter {
  return createCrlWriter({
    signature: signatureAlgorithmIdentifier(signer.algorithm),
    // The name that stands in the certificates which this key signed: a rollover may have changed it since.
    issuer: key.tbs.subject,
    thisUpdate,
    nextUpdate,
    crlExtensions: crlExtensions({
      keyIdentifier: key.keyIdentifier,
      number,
      ...facts,
      // The same in a delta as in its base, and as in the certificates.
      distributionPoint: list.partition === undefined ? [] : urlsOfList(urls.crl ?? [], completeOf(list)),
      ...(options.expired === 'keep' && signers[0] ? { expiredSince: signers[0].tbs.validity.notBefore } : {}),
    }),
  })
}

function finish(
  { id }: CrlAuthority,
  { list, key, signer, thisUpdate, nextUpdate, number }: Head,
  writer: CrlWriter,
  facts: Pick<CrlIntent, 'position' | 'base'>,
): CrlDraft {
  const tbsCertList = writer.finish()
  lintOrThrow(tbsCertList, key)
  const [scope, sequence] = [scopeOf(list), sequenceOf(list)]
  const names = { ...(scope === 'full' ? {} : { scope }), ...(sequence === scope ? {} : { sequence }) }
  return { intent: { issuer: id, ...names, number, tbsCertList, thisUpdate, nextUpdate, ...facts }, signer }
}

/** What is checked is what will be signed. */
export function lintOrThrow(bytes: Uint8Array, { tbs }: Pick<CrlSigner, 'tbs'>): void {
  const errors = lintCrl({ bytes, issuer: tbs }).filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new LintError(errors)
}
