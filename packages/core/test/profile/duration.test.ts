import { addDuration, parseDuration, subtractDuration } from '@certwright/core/profile'
import { describe, expect, it } from 'vitest'

describe('parseDuration', () => {
  it.each([
    ['P1Y', { months: 12, days: 0, milliseconds: 0 }],
    ['P1Y6M', { months: 18, days: 0, milliseconds: 0 }],
    ['P2W', { months: 0, days: 14, milliseconds: 0 }],
    ['P90D', { months: 0, days: 90, milliseconds: 0 }],
    ['PT5M', { months: 0, days: 0, milliseconds: 300_000 }],
    ['P1DT1H1M1S', { months: 0, days: 1, milliseconds: 3_661_000 }],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected)
  })

  it.each(['', 'P', 'PT', '1Y', 'P1', 'P-1Y', 'P1H', 'PT1D', 'P1YT', 'P99999Y', ' P1Y', 'P1Y ', 'p1y'])(
    'refuses %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow(/not an ISO 8601 duration/)
    },
  )
})

describe('addDuration', () => {
  it.each([
    ['2026-11-20T12:00:00Z', 'P1Y', '2027-11-20T12:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00Z'],
    ['2026-01-31T10:00:00Z', 'P1M', '2026-02-28T10:00:00Z'],
    ['2026-12-31T23:59:59Z', 'P2M', '2027-02-28T23:59:59Z'],
    ['2026-03-01T00:00:00Z', 'P1DT1H', '2026-03-02T01:00:00Z'],
  ])('%s + %s = %s', (from, duration, to) => {
    expect(addDuration(new Date(from), parseDuration(duration))).toEqual(new Date(to))
  })

  it('leaves its argument alone', () => {
    const date = new Date('2026-01-31T10:00:00Z')
    addDuration(date, parseDuration('P1M'))
    expect(date).toEqual(new Date('2026-01-31T10:00:00Z'))
    expect(subtractDuration(date, parseDuration('PT5M'))).toEqual(new Date('2026-01-31T09:55:00Z'))
  })
})
