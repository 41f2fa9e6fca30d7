import { decodeBase64, encodeBase64 } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { Clock, CrlPublication, CrlPublisher, JsonValue, RecordStore } from '../../ports/index.js'

/** What the publisher into a store works with. */
export interface StoreCrlPublisherDeps {
  readonly records: RecordStore
  readonly clock: Clock
}

/** The collection when none is given. */
const usual = 'published-crl'

const keyOf = ({ issuer, list }: Pick<CrlPublication, 'issuer' | 'list'>): string => `${issuer}/${list}`

/**
 * Puts CRLs as records into a store from which another service hands them out: `readPublishedCrl` there. Of the writers of
 * any number of nodes the one with the greatest number wins. A record holds 1 MiB, which is a list of about 780,000 octets or
 * 20,000 entries: larger ones are refused with `limit`; partition the list, or publish it to files or over HTTP.
 *
 * @param options `collection`: `published-crl` when absent; `name`: `store` when absent
 */
export function storeCrlPublisher(
  { records, clock }: StoreCrlPublisherDeps,
  options: { readonly collection?: string; readonly name?: string } = {},
): CrlPublisher {
  const { collection = usual, name = 'store' } = options
  return Object.freeze({
    name,
    async publish(crl, { signal }) {
      const value = {
        number: crl.number,
        thisUpdate: crl.thisUpdate.toISOString(),
        nextUpdate: crl.nextUpdate.toISOString(),
        der: encodeBase64(crl.der),
      }
      for (;;) {
        signal.throwIfAborted()
        const now = clock.now()
        const stored = await records.get(collection, keyOf(crl), now)
        if (stored !== undefined && readValue(stored.value).number >= crl.number) return
        try {
          await records.put(collection, keyOf(crl), value, stored?.version ?? 0, now)
          return
        } catch (error) {
          if (!(error instanceof CertwrightError && error.code === 'conflict')) throw error
        }
      }
    },
  } satisfies CrlPublisher)
}

/**
 * The CRL that `storeCrlPublisher` put into a store last; `undefined` when there is none.
 *
 * @throws CertwrightError `store` when the record is damaged.
 */
export async function readPublishedCrl(
  { records, clock }: StoreCrlPublisherDeps,
  issuer: string,
  list: string,
  options: { readonly collection?: string } = {},
): Promise<CrlPublication | undefined> {
  const stored = await records.get(options.collection ?? usual, keyOf({ issuer, list }), clock.now())
  return stored === undefined ? undefined : { issuer, list, ...readValue(stored.value) }
}

function readValue(value: JsonValue): Omit<CrlPublication, 'issuer' | 'list'> {
  const { number, thisUpdate, nextUpdate, der } = value as { readonly [key: string]: JsonValue }
  const dates = [thisUpdate, nextUpdate].map((text) => new Date(typeof text === 'string' ? text : Number.NaN))
  const [from, until] = dates
  const isWhole =
    typeof number === 'number' && typeof der === 'string' && dates.every((date) => !Number.isNaN(date.getTime()))
  if (!isWhole || from === undefined || until === undefined) {
    throw new CertwrightError('store', 'the record of a published CRL is damaged')
  }
  return { number, thisUpdate: from, nextUpdate: until, der: decodeBase64(der) }
}
