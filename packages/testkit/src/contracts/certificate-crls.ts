import type { CertificateStore, CrlIntent, CrlRecord } from '@certwright/core/ports'
import { expect, test } from 'vitest'
import { at, digestOf, hostileStrings } from './samples.js'
import { expectCode, race } from './subject.js'

/** Tests of recorded CRLs. */
export function crlTests(store: () => CertificateStore): void {
  const crl = (number: number, issuer = 'test~ca', scope?: string): CrlRecord => ({
    issuer,
    ...(scope === undefined ? {} : { scope }),
    number,
    crl: new TextEncoder().encode(`CRL ${number} of ${issuer}`),
    thisUpdate: at(number),
    nextUpdate: at(number + 1000),
  })
  numberTests(store, crl)
  intentTests(store, crl)
  contentTests(store, crl)
}

type MakeCrl = (number: number, issuer?: string, scope?: string) => CrlRecord

function numberTests(store: () => CertificateStore, crl: MakeCrl): void {
  test('there is none at first, then the latest', async () => {
    expect(await store().latestCrl('test~ca')).toBeUndefined()
    for (const number of [1, 2, 3]) await store().addCrl(crl(number))
    expect(await store().latestCrl('test~ca')).toEqual(crl(3))
  })
  test('each issuer and each scope counts by itself', async () => {
    const others = [crl(1, 'test~other'), crl(5, 'test~ca', 'delta'), crl(9, 'test~ca', 'p7')]
    for (const each of [crl(1), crl(2), ...others]) await store().addCrl(each)
    expect(await store().latestCrl('test~ca')).toEqual(crl(2))
    for (const each of others) expect(await store().latestCrl(each.issuer, each.scope)).toEqual(each)
    expect(await store().latestCrl('test~other', 'delta')).toBeUndefined()
  })
  test('crlScopes names each issuer and scope once', async () => {
    expect(await store().crlScopes()).toEqual([])
    for (const number of [1, 2]) {
      for (const [issuer, scope] of [['test~ca'], ['test~ca', 'delta'], ['test~other']] as const) {
        await store().addCrl(crl(number, issuer, scope))
      }
    }
    const names = (await store().crlScopes()).map(({ issuer, scope }) => `${issuer} ${scope}`)
    expect(names.sort()).toEqual(['test~ca delta', 'test~ca full', 'test~other full'])
  })
  test('the scope of a CRL that names none is full', async () => {
    await store().addCrl(crl(1, 'test~ca', 'full'))
    expect(await store().latestCrl('test~ca')).toEqual(crl(1))
    await expectCode(store().addCrl(crl(1)), 'conflict')
    expect(await store().latestCrl('test~ca', 'full')).toEqual(crl(1))
  })
  test('a number that is not greater than the latest is a conflict, a gap is none', async () => {
    await store().addCrl(crl(7))
    for (const number of [1, 6, 7]) await expectCode(store().addCrl(crl(number)), 'conflict')
    const greatest = { ...crl(1), number: Number.MAX_SAFE_INTEGER }
    await store().addCrl(greatest)
    expect(await store().latestCrl('test~ca')).toEqual(greatest)
    await expectCode(store().addCrl(crl(8)), 'conflict')
  })
  test('of 64 with one number one is taken', async () => {
    const { values, errors } = await race(64, () => store().addCrl(crl(1)))
    expect([values.length, errors.length]).toEqual([1, 63])
  })
  test('makers at once that each take the next number leave no gap and share none', async () => {
    const make = async (): Promise<number> => {
      const number = ((await store().latestCrl('test~ca'))?.number ?? 0) + 1
      return store()
        .addCrl(crl(number))
        .then(() => number, make)
    }
    const { values } = await race(16, make)
    expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
  })
}

function intentTests(store: () => CertificateStore, crl: MakeCrl): void {
  const intent = (...[number, issuer, scope]: Parameters<MakeCrl>): CrlIntent => {
    const { crl: tbsCertList, ...facts } = crl(number, issuer, scope)
    return { ...facts, tbsCertList }
  }
  const shared = { scope: 'delta', sequence: 'full' } as const
  test('a number is taken from the moment it is reserved', async () => {
    expect(await store().lastCrlNumber('test~ca')).toBe(0)
    await store().reserveCrl(intent(3))
    expect(await store().lastCrlNumber('test~ca')).toBe(3)
    expect(await store().latestCrl('test~ca')).toBeUndefined()
    expect(await store().crlScopes()).toEqual([])
    for (const number of [1, 2, 3]) await expectCode(store().reserveCrl(intent(number)), 'conflict')
    await store().addCrl(crl(3))
    expect(await store().latestCrl('test~ca')).toEqual(crl(3))
    await expectCode(store().reserveCrl(intent(3)), 'conflict')
    await store().reserveCrl(intent(4))
    expect(await store().latestCrl('test~ca')).toEqual(crl(3))
  })
  test('a list that was reserved before another may come after it, in another scope', async () => {
    await store().reserveCrl(intent(1))
    await store().reserveCrl({ ...intent(2), ...shared })
    await store().addCrl({ ...crl(2), ...shared })
    await store().addCrl(crl(1))
    expect(await store().latestCrl('test~ca')).toEqual(crl(1))
    expect(await store().latestCrl('test~ca', 'delta')).toEqual({ ...crl(2), ...shared })
  })
  test('scopes of one sequence share its numbers, other sequences do not', async () => {
    await store().addCrl(crl(5))
    await expectCode(store().reserveCrl({ ...intent(5), ...shared }), 'conflict')
    await store().reserveCrl({ ...intent(6), ...shared })
    await expectCode(store().reserveCrl(intent(6)), 'conflict')
    await store().addCrl({ ...crl(6), ...shared })
    expect(await store().lastCrlNumber('test~ca')).toBe(6)
    expect(await store().lastCrlNumber('test~ca', 'delta')).toBe(0)
    await store().reserveCrl(intent(1, 'test~ca', 'delta'))
    await store().reserveCrl(intent(1, 'test~other'))
    expect(await store().lastCrlNumber('test~ca', 'delta')).toBe(1)
  })
  test('of 64 that reserve one number one succeeds', async () => {
    const { values, errors } = await race(64, () => store().reserveCrl(intent(1)))
    expect([values.length, errors.length]).toEqual([1, 63])
    for (const error of errors) expect(error).toMatchObject({ code: 'conflict' })
  })
  test('the base of a delta is kept', async () => {
    const delta = { ...crl(2), ...shared, base: { number: 1, nextUpdate: at(77) }, position: 'p' }
    await store().addCrl(delta)
    expect(await store().latestCrl('test~ca', 'delta')).toEqual(delta)
  })
  test('an intent that some engine could not hold is refused', async () => {
    await expectCode(store().reserveCrl(intent(0)), 'configuration')
    await expectCode(store().reserveCrl({ ...intent(1), sequence: 'x'.repeat(257) }), 'limit')
    await expectCode(store().reserveCrl({ ...intent(1), base: { number: 0, nextUpdate: at(1) } }), 'configuration')
    expect(await store().lastCrlNumber('test~ca')).toBe(0)
  })
}

function contentTests(store: () => CertificateStore, crl: MakeCrl): void {
  test('a CRL of 5 MB', async () => {
    const large = { ...crl(1), crl: new Uint8Array(5_000_000).fill(0xa5) }
    await store().addCrl(large)
    const latest = await store().latestCrl('test~ca')
    // Compared by digest: printing the difference of two large arrays would take minutes.
    expect(latest && digestOf(latest.crl)).toBe(digestOf(large.crl))
  })
  test('the position in the event feed is kept', async () => {
    await store().addCrl({ ...crl(1), position: 'somewhere' })
    expect(await store().latestCrl('test~ca')).toEqual({ ...crl(1), position: 'somewhere' })
  })
  test.each(hostileStrings)('a scope is like no other: %s', async (_, text) => {
    for (const scope of [text, `${text}x`]) await store().addCrl(crl(scope.length, text, scope))
    expect(await store().latestCrl(text, text)).toEqual(crl(text.length, text, text))
  })
  test('a CRL that some engine could not hold is refused', async () => {
    for (const number of [0, -1, 1.5, 2 ** 53, Number.NaN])
      await expectCode(store().addCrl(crl(number)), 'configuration')
    await expectCode(store().addCrl(crl(1, '')), 'limit')
    await expectCode(store().addCrl(crl(1, 'test~ca', 'x'.repeat(257))), 'limit')
    await expectCode(store().addCrl({ ...crl(1), nextUpdate: new Date(Number.NaN) }), 'configuration')
    expect(await store().latestCrl('test~ca')).toBeUndefined()
  })
}
