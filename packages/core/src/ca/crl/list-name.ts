/** A list of a CA, as its name says it. */
export interface CrlList {
  /** As in its URL: `crl`, `delta`, `7`, `7-delta`; `-k2` after it for the second key of the CA, and so on. */
  readonly name: string
  /** The key that signs it, counted from 1. */
  readonly generation: number
  /** The partition that it covers, from 1; all certificates of the CA when absent. */
  readonly partition?: number
  /** Whether it says only what has changed since a complete list. */
  readonly delta: boolean
}

/** More partitions than this are refused: each is a list to be signed. */
export const maxPartitions = 10_000

const pattern = /^(?:(crl|delta)|([1-9][0-9]{0,4})(-delta)?)(?:-k([2-9]|[1-9][0-9]{1,3}))?$/

/** The list of a generation, partition and kind. */
export function crlList({ generation, partition, delta }: Omit<CrlList, 'name'>): CrlList {
  const whole = delta ? 'delta' : 'crl'
  const part = delta ? `${partition}-delta` : `${partition}`
  const name = `${partition === undefined ? whole : part}${generation > 1 ? `-k${generation}` : ''}`
  return { name, generation, delta, ...(partition === undefined ? {} : { partition }) }
}

/** Reads the name of a list; `undefined` for what is none. */
export function parseCrlList(name: string): CrlList | undefined {
  const match = name.length <= 40 ? pattern.exec(name) : null
  if (match === null) return undefined
  const [, whole, part, delta, key] = match
  const generation = key === undefined ? 1 : Number(key)
  if (part === undefined) return crlList({ generation, delta: whole === 'delta' })
  const partition = Number(part)
  return partition > maxPartitions ? undefined : crlList({ generation, partition, delta: delta !== undefined })
}

/** The complete list that a list is or belongs to. */
export const completeOf = (list: CrlList): CrlList => crlList({ ...list, delta: false })

/** The changes to the complete list that a list is or belongs to. */
export const deltaOf = (list: CrlList): CrlList => crlList({ ...list, delta: true })

/** What the store knows a list by: `CrlRecord.scope`, and `IssuanceIntent.crlScope` for that of a partition or key. */
export const scopeOf = ({ name }: CrlList): string => (name === 'crl' ? 'full' : name)

/** The list that a scope of the store is for. */
export const listOfScope = (scope: string): CrlList | undefined => parseCrlList(scope === 'full' ? 'crl' : scope)

/**
 * What numbers a list: all that cover the whole CA share theirs, whichever key signs them, and a partition shares them
 * with its deltas (RFC 5280 section 5.2.3).
 */
export const sequenceOf = (list: CrlList): string => (list.partition === undefined ? 'full' : scopeOf(completeOf(list)))

/** URLs with the name of a list in the place of `{list}`. */
export const urlsOfList = (urls: readonly string[], { name }: CrlList): readonly string[] =>
  urls.map((url) => url.replaceAll('{list}', name))

/** Whether each list has URLs of its own. */
export const namesLists = (urls: readonly string[]): boolean =>
  urls.length > 0 && urls.every((u) => u.includes('{list}'))
