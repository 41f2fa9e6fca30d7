import { displayDomain, findHomographs, findHomographsInText } from '@certwright/core/pkix'
import { describe, expect, it } from 'vitest'

const reasons = (domain: string): string[] => findHomographs(domain).map(({ reason }) => reason)

describe('homographs', () => {
  it.each([
    ['Cyrillic that looks like apple', 'xn--80ak6aa92e.com', ['confusable']],
    ['Cyrillic letters in a Latin word', 'раураl.com', ['mixed-scripts', 'confusable']],
    ['a Latin letter of another alphabet', 'ɡoogle.com', ['confusable']],
    ['Greek that looks like Latin', 'οκ.com', ['confusable']],
    ['Cyrillic and Greek', 'жλ.com', ['mixed-scripts']],
    ['Han and Cyrillic', '日я.jp', ['mixed-scripts']],
    ['Hangul and Hiragana', '한か.kr', ['mixed-scripts']],
    ['digits of two systems', '1١.com', ['mixed-digits']],
    ['a script of old', '\u{10330}.com', ['rare-script']],
    ['one label of several', 'www.раураl.com', ['mixed-scripts', 'confusable']],
  ])('finds %s', (_what, domain, found) => {
    expect(reasons(domain)).toEqual(found)
  })

  it.each([
    'example.org',
    'bücher.example',
    'пример.рф',
    'ελλάδα.gr',
    '日本語かなカナabc.jp',
    '한국어abc漢.kr',
    'नेपाल.भारत',
    '例え.example',
    'faß.de',
    '123.example',
    'مثال١٢.com',
    '',
  ])('finds nothing in %s', (domain) => {
    expect(findHomographs(domain)).toEqual([])
  })

  it('says what is seen and what it is taken for', () => {
    expect(findHomographs('xn--80ak6aa92e.com')).toEqual([
      { label: 'аррӏе', reason: 'confusable', scripts: ['Cyrillic'], looksLike: 'apple' },
    ])
    expect(findHomographsInText('Аdmin')[0]?.reason).toBe('mixed-scripts')
  })

  it('is shown as A-labels', () => {
    expect(displayDomain('www.xn--80ak6aa92e.xn--p1ai')).toBe('www.xn--80ak6aa92e.рф')
    expect(displayDomain('раураl.com')).toBe('xn--l-7sba6dbr.com')
    expect(displayDomain('xn--bcher-kva.example')).toBe('bücher.example')
  })
})
