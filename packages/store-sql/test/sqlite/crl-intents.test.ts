import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/index.js'
import { loadSqlite } from '../../src/sqlite/driver.js'

const dates = { thisUpdate: new Date(0), nextUpdate: new Date(1000) }

test('a recorded list takes the intents before it along, and no others', async () => {
  const database = (await loadSqlite())(':memory:')
  const { certificates } = await sqliteStore(database)
  const reserve = (number: number, more: { readonly issuer?: string; readonly scope?: string } = {}) =>
    certificates.reserveCrl({
      issuer: 'test~ca',
      sequence: 'full',
      number,
      tbsCertList: Uint8Array.of(number),
      ...dates,
      ...more,
    })
  // 1 and 3 are all that is left of nodes that were killed, or lost to another one.
  await reserve(1)
  await reserve(2, { scope: 'delta' })
  await reserve(3)
  await reserve(3, { issuer: 'test~other' })
  await reserve(4)
  await reserve(5)
  await certificates.addCrl({ issuer: 'test~ca', number: 4, crl: Uint8Array.of(4), ...dates })
  const left = database
    .prepare('select issuer, scope, number from certwright_crl_intents order by issuer, number')
    .all()
  expect(left).toMatchObject([
    { issuer: 'test~ca', scope: 'delta', number: 2 },
    { issuer: 'test~ca', scope: 'full', number: 5 },
    { issuer: 'test~other', scope: 'full', number: 3 },
  ])
  expect(await certificates.lastCrlNumber('test~ca')).toBe(5)
  database.close()
})
