import {
  Asn1Error,
  deferredSequenceOf,
  explicit,
  implicit,
  integer,
  sequence,
  sequenceOf,
  smallInteger,
} from '@certwright/core/asn1'
import { describe, expect, it } from 'vitest'
import { errorOf, failure, hex } from './support.js'

const list = deferredSequenceOf(sequence({ id: smallInteger }))
const whole = sequenceOf(sequence({ id: smallInteger }))

describe('a deferred list', () => {
  const values = Array.from({ length: 1000 }, (_, id) => ({ id }))
  const der = whole.encode(values)

  it('has the elements of the whole one', () => {
    const deferred = list.decode(der)
    expect(deferred.length).toBe(1000)
    expect([...deferred]).toEqual(values)
    expect(deferred.at(999)).toEqual({ id: 999 })
    expect(deferred.at(1000)).toBeUndefined()
    expect(deferred.at(-1)).toBeUndefined()
    expect(deferred.bytes(0)).toEqual(hex('3003020100'))
    expect(deferred.bytes(1000)).toEqual(hex(''))
  })

  it('is written as it came', () => {
    expect(list.encode(list.decode(der))).toEqual(der)
    expect(list.decode(hex('3000')).length).toBe(0)
    expect(list.encode(list.decode(hex('3000')))).toEqual(hex('3000'))
  })

  it('counts as one element until it is read', () => {
    expect(list.decode(der, { maxElements: 10 }).at(500)).toEqual({ id: 500 })
    expect(failure(whole, der, { maxElements: 10 }).kind).toBe('limit')
  })

  it('can be tagged', () => {
    expect(implicit(1, list).decode(hex('a105 3003020105')).at(0)).toEqual({ id: 5 })
  })

  it.each([
    ['elements of another type', '30 05 3000 020101', 'tag', ['1']],
    ['an element that does not fill the list', '30 03 3002 02', 'truncated', []],
    ['another type', '31 00', 'tag', []],
  ])('refuses %s at once', (_what, bytes, kind, path) => {
    expect(failure(list, hex(bytes))).toMatchObject({ kind, path })
  })

  it('refuses a malformed element when it is asked for', () => {
    const deferred = explicit(0, list).decode(hex('a00c 300a 3003020101 3003 010101'.replaceAll(' ', '')))
    expect(deferred.at(0)).toEqual({ id: 1 })
    const error = errorOf(() => deferred.at(1))
    expect(error).toBeInstanceOf(Asn1Error)
    expect([error.kind, error.offset, error.path]).toEqual(['tag', 11, ['1', 'id']])
  })

  it('is not an array', () => {
    expect(errorOf(() => deferredSequenceOf(integer).encode([1n] as never)).kind).toBe('value')
  })
})
