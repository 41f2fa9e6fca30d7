import { CertwrightError } from '../../errors.js'
import type { CertificateRecord, CrlRecord } from '../../ports/index.js'
import type { CaDeps, CrlTiming } from '../types.js'
import type { CrlAuthority } from './authority.js'
import { coalesced } from './coalesced.js'
import { hasChanges, sourceOf } from './contents.js'
import { draftCrl } from './draft.js'
import { issueCrl } from './issue.js'
import { type CrlList, completeOf, crlList, deltaOf, listOfScope, parseCrlList, scopeOf } from './list-name.js'

const hour = 3_600_000

/** The lists of one CA. */
export interface Crls {
  /** Names of the lists that are made now. */
  names(): Promise<readonly string[]>
  /**
   * When a list is due: in the past when there is none; `undefined` when it is made no more.
   *
   * @throws CertwrightError `ca` when the CA has no such list.
   */
  due(name: string): Promise<Date | undefined>
  /** The current list, made anew when it is due and the CA may sign (`mayIssue` does not throw). */
  current(name: string | undefined, mayIssue: () => Promise<void>): Promise<CrlRecord>
  /** Makes a list now, or all that there are. */
  issue(name?: string): Promise<CrlRecord>
  /** Makes the lists that say what became of a certificate. */
  announce(record: CertificateRecord): Promise<void>
}

/** Complete, delta and partitioned CRLs of one CA, under each of its keys: version 2 (RFC 5280 section 5). */
export function createCrls(deps: CaDeps, authority: CrlAuthority): Crls {
  const { id, options, signers } = authority
  const makers = new Map<string, () => Promise<CrlRecord>>()
  const renewals = new Map<string, Promise<CrlRecord>>()
  const lookedAt = new Set<string>()
  const whole = crlList({ generation: signers.length, delta: false })

  const latestOf = (list: CrlList) => deps.store.certificates.latestCrl(id, scopeOf(list))
  const isLive = ({ generation }: CrlList): boolean => {
    const signer = signers[generation - 1]
    return signer !== undefined && signer.tbs.validity.notAfter > deps.clock.now()
  }
  const timing = ({ delta }: CrlList): CrlTiming => (delta ? (options.delta ?? options) : options)
  const dueOf = (list: CrlList, latest: CrlRecord | undefined): Date =>
    new Date(latest === undefined ? 0 : latest.thisUpdate.getTime() + timing(list).intervalHours * hour)

  const isDue = async (list: CrlList, latest: CrlRecord | undefined): Promise<boolean> =>
    latest === undefined || deps.clock.now() >= dueOf(list, latest) || (await isBehind(list, latest))

  /** Whether a process before this one changed a status and ended before it made the list that says so. */
  async function isBehind(list: CrlList, { position }: CrlRecord): Promise<boolean> {
    if (lookedAt.has(list.name) || position === undefined || !isAnnounced(authority, list)) return false
    const behind = await hasChanges(sourceOf(deps, id, list), position)
    if (!behind) lookedAt.add(list.name)
    return behind
  }

  /** Makes a list; whoever asks while it is made shares the next one. */
  function make(list: CrlList): Promise<CrlRecord> {
    const maker = makers.get(list.name) ?? coalesced(() => makeNow(list))
    makers.set(list.name, maker)
    return maker()
  }

  /** Makes a list unless it was made meanwhile; whoever asks while it is made shares it. */
  function renew(list: CrlList, mayIssue: () => Promise<void>): Promise<CrlRecord> {
    const running = renewals.get(list.name)
    if (running !== undefined) return running
    const renewal = renewNow(list, mayIssue).finally(() => renewals.delete(list.name))
    renewals.set(list.name, renewal)
    return renewal
  }

  async function renewNow(list: CrlList, mayIssue: () => Promise<void>): Promise<CrlRecord> {
    const latest = await latestOf(list)
    if (latest !== undefined && !(await isDue(list, latest))) return latest
    try {
      await mayIssue()
      return await make(list)
    } catch (error) {
      // Lists overlap so that one can be late: what is still valid is better than nothing.
      if (latest === undefined || latest.nextUpdate <= deps.clock.now()) throw error
      deps.logger.error('a CRL is due and could not be made', { ca: id, list: list.name, error })
      return latest
    }
  }

  async function makeNow(list: CrlList): Promise<CrlRecord> {
    if (list.delta) await makeBase(completeOf(list))
    const record = await issueCrl(deps, () => draftCrl(deps, authority, list))
    lookedAt.add(list.name)
    return record
  }

  /** A delta needs a complete list that is still good and knows its place in the event feed. */
  async function makeBase(complete: CrlList): Promise<void> {
    const base = await latestOf(complete)
    if (base?.position === undefined || base.nextUpdate <= deps.clock.now()) await make(complete)
  }

  async function known(name: string): Promise<CrlList> {
    const list = parseCrlList(name)
    if (list !== undefined && (await exists(list))) return list
    throw new CertwrightError('ca', `the CA ${id} has no CRL "${name.slice(0, 60)}"`)
  }

  /** Whether there is such a list: by what the options say now, or because it was made when they said something else. */
  async function exists(list: CrlList): Promise<boolean> {
    if (list.generation > signers.length) return false
    const { partitions = 0 } = options
    const isConfigured = list.partition === undefined || list.partition <= partitions
    if (isConfigured && (!list.delta || options.delta !== undefined)) return true
    return (await latestOf(list)) !== undefined
  }

  async function lists(): Promise<readonly CrlList[]> {
    const complete = new Map<string, CrlList>()
    const add = (list: CrlList) => complete.set(list.name, list)
    for (let generation = 1; generation <= signers.length; generation++) add(crlList({ generation, delta: false }))
    for (let partition = 1; partition <= (options.partitions ?? 0); partition++) {
      add(crlList({ generation: signers.length, partition, delta: false }))
    }
    for (const { issuer, scope } of await deps.store.certificates.crlScopes()) {
      const list = issuer === id ? listOfScope(scope) : undefined
      if (list !== undefined && !list.delta) add(list)
    }
    const live = [...complete.values()].filter(isLive)
    return options.delta === undefined ? live : live.flatMap((list) => [list, deltaOf(list)])
  }

  const crls: Crls = {
    names: async () => (await lists()).map(({ name }) => name),

    async due(name) {
      const list = await known(name)
      if (!isLive(list)) return undefined
      const latest = await latestOf(list)
      return latest !== undefined && (await isBehind(list, latest)) ? latest.thisUpdate : dueOf(list, latest)
    },

    async current(name = whole.name, mayIssue) {
      const list = await known(name)
      const latest = await latestOf(list)
      if (latest !== undefined && !(await isDue(list, latest))) return latest
      return renew(list, mayIssue)
    },

    async issue(name) {
      if (name !== undefined) return make(await known(name))
      const made = await make(whole)
      for (const list of await lists()) {
        if (list.name !== whole.name) await make(list)
      }
      return made
    },

    async announce({ crlScope = 'full' }) {
      for (const list of listsToAnnounce(authority, crlScope)) {
        if (isLive(list)) await make(list)
      }
    },
  }
  return Object.freeze(crls)
}

/** Whether a list is made anew when a status changes. */
const isAnnounced = ({ options: { onRevocation = 'all', delta } }: CrlAuthority, list: CrlList): boolean =>
  onRevocation === 'all' || (onRevocation === 'deltas' && (list.delta || delta === undefined))

/** The lists that a certificate's status is on; the one that its distribution point names comes first. */
function listsToAnnounce({ options, signers }: CrlAuthority, scope: string): readonly CrlList[] {
  const { onRevocation = 'all', delta } = options
  if (onRevocation === 'nothing') return []
  const own = listOfScope(scope) ?? crlList({ generation: 1, delta: false })
  const whole = crlList({ generation: own.generation, delta: false })
  const present = crlList({ generation: signers.length, delta: false })
  const complete = [...new Map([own, whole, present].map((list) => [list.name, list])).values()]
  if (delta === undefined) return complete
  if (onRevocation === 'deltas') return [...new Map([own, whole].map((l) => [l.name, deltaOf(l)])).values()]
  return complete.flatMap((list) => [list, deltaOf(list)])
}
