import type { RandomSource } from '../../ports/index.js'
import type { IssuerUrls } from '../../profile/index.js'
import type { CrlOptions } from '../types.js'
import { type CrlList, crlList, scopeOf, urlsOfList } from './list-name.js'

/** What decides which list a certificate names. */
interface OnLists {
  readonly urls: IssuerUrls
  readonly crlScope?: string
}

/**
 * Gives the authority as it signs the next certificate: with the URLs of the CRL that this one will be on, and its scope.
 * Partitions are drawn by chance, so that they grow alike.
 */
export function createSigningLists<A extends OnLists>(
  authority: A,
  generation: number,
  { partitions = 0 }: CrlOptions,
  random: RandomSource,
): () => A {
  if (partitions === 0) {
    const whole = onList(authority, crlList({ generation, delta: false }))
    return () => whole
  }
  const parts = new Map<number, A>()
  return () => {
    const partition = 1 + drawBelow(random, partitions)
    const part = parts.get(partition) ?? onList(authority, crlList({ generation, partition, delta: false }))
    parts.set(partition, part)
    return part
  }
}

/** The authority as it signs a certificate that will be on a list. */
export function onList<A extends OnLists>(authority: A, list: CrlList): A {
  const { crl } = authority.urls
  const urls = crl === undefined ? authority.urls : { ...authority.urls, crl: urlsOfList(crl, list) }
  return { ...authority, urls, ...(scopeOf(list) === 'full' ? {} : { crlScope: scopeOf(list) }) }
}

/** A number from 0, less than `limit` (at most 10,000): the remainder of 32 bits favours none by more than one in 400,000. */
function drawBelow(random: RandomSource, limit: number): number {
  const bytes = random.bytes(4)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) % limit
}
