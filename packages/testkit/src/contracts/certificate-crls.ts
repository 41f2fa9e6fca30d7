import type { CertificateStore, CrlRecord } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, digestOf } from './samples.js'
import { expectCode, race } from './subject.js'

/** Tests of recorded CRLs. */
export function crlTests(store: () => CertificateStore): void {
  const crl = (number: number, issuer = 'test~ca'): CrlRecord => ({
    issuer,
    number,
    crl: new TextEncoder().encode(`CRL ${number} of ${issuer}`),
    thisUpdate: at(number),
    nextUpdate: at(number + 1000),
  })

  test('there is none at first, then the latest', async () => {
    expect(await store().latestCrl('test~ca')).toBeUndefined()
    for (const number of [1, 2, 3]) await store().addCrl(crl(number))
    expect(await store().latestCrl('test~ca')).toEqual(crl(3))
  })
  test('each issuer counts by itself', async () => {
    await store().addCrl(crl(1))
    await store().addCrl(crl(2))
    await store().addCrl(crl(1, 'test~other'))
    expect(await store().latestCrl('test~other')).toEqual(crl(1, 'test~other'))
    expect(await store().latestCrl('test~ca')).toEqual(crl(2))
  })
  test('a number that is not the next one is a conflict', async () => {
    for (const number of [0, -1, 2]) await expectCode(store().addCrl(crl(number)), 'conflict')
    await store().addCrl(crl(1))
    for (const number of [0, 1, 3]) await expectCode(store().addCrl(crl(number)), 'conflict')
    expect(await store().latestCrl('test~ca')).toEqual(crl(1))
  })
  test('of 64 with one number one is taken', async () => {
    const { values, errors } = await race(64, () => store().addCrl(crl(1)))
    expect([values.length, errors.length]).toEqual([1, 63])
  })
  test('a CRL of 5 MB', async () => {
    const large = { ...crl(1), crl: new Uint8Array(5_000_000).fill(0xa5) }
    await store().addCrl(large)
    const latest = await store().latestCrl('test~ca')
    // Compared by digest: printing the difference of two large arrays would take minutes.
    expect(latest && digestOf(latest.crl)).toBe(digestOf(large.crl))
  })
}
