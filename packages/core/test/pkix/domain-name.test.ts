import { CertwrightError } from '@certwright/core/errors'
import { decodePunycode, displayDomain, encodePunycode, toAsciiDomain, toUnicodeDomain } from '@certwright/core/pkix'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('Punycode', () => {
  // The samples of RFC 3492 section 7.1, letters in lower case.
  it.each([
    ['Arabic', 'ليهمابتكلموشعربي؟', 'egbpdaj6bu4bxfgehfvwxn'],
    ['Chinese', '他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
    ['Czech', 'pročprostěnemluvíčesky', 'proprostnemluvesky-uyb24dma41a'],
    ['Hebrew', 'למההםפשוטלאמדבריםעברית', '4dbcagdahymbxekheh6e0a7fei0b'],
    ['Hindi', 'यहलोगहिन्दीक्योंनहींबोलसकतेहैं', 'i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd'],
    ['Japanese', 'なぜみんな日本語を話してくれないのか', 'n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa'],
    ['Russian', 'почемужеонинеговорятпорусски', 'b1abfaaepdrnnbgefbadotcwatmq2g4l'],
    ['Vietnamese', 'tạisaohọkhôngthểchỉnóitiếngviệt', 'tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g'],
    ['a band', '3年b組金八先生', '3b-ww4c5e180e575a65lsy2b'],
    ['a song', 'パフィーdeルンバ', 'de-jg4avhby1noc0d'],
    ['ASCII', '-> $1.00 <-', '-> $1.00 <--'],
    ['a single umlaut', 'ü', 'tda'],
    ['beyond the basic plane', '\u{1f4a9}', 'ls8h'],
    ['nothing', '', ''],
  ])('%s goes both ways', (_what, text, encoded) => {
    expect(encodePunycode(text)).toBe(encoded)
    expect(decodePunycode(encoded)).toBe(text)
  })

  it.each([
    ['a digit that is none', 'a-!'],
    ['an end within a number', '999'],
    ['a surrogate', encodePunycode('\ud800')],
    ['more than Unicode has', '99999999'],
    ['an overflow', '9'.repeat(60)],
    ['basic code points that are none', 'ü-tda'],
  ])('refuses %s', (_what, encoded) => {
    expect(decodePunycode(encoded)).toBeUndefined()
  })

  it('gives back every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(decodePunycode(encodePunycode(text))).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })
})

const table: readonly (readonly [string, string])[] = [
  ['example.org', 'example.org'],
  ['Example.ORG', 'example.org'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['bu\u0308cher.example', 'xn--bcher-kva.example'],
  ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
  ['faß.de', 'xn--fa-hia.de'],
  ['βόλος.com', 'xn--nxasmm1c.com'],
  ['日本語。jp', 'xn--wgv71a119e.jp'],
  ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ['ｅｘａｍｐｌｅ．org', 'example.org'],
  ['א1.com', 'xn--1-zhc.com'],
  ['नेपाल.भारत', 'xn--l2bey1c2b.xn--h2brj9c'],
  ['क्\u200dष.in', 'xn--11b2ezcw70k.in'],
  ['نامه\u200cای.com', 'xn--mgba3gch31f060k.com'],
  ['l·l.cat', 'xn--ll-0ea.cat'],
  ['二〇.jp', 'xn--w6jt23g.jp'],
  ['ᏣꮃᎩ.example', 'xn--f9dt7l.example'],
  ['ᾀ.gr', 'xn--uxa970l.gr'],
  ['r3---sn-apo3qvuoxuxbt-j5pe.example', 'r3---sn-apo3qvuoxuxbt-j5pe.example'],
  ['123.example', '123.example'],
  [
    `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`,
    `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`,
  ],
]

const malformed: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a dot', '.'],
  ['an empty label', 'a..b'],
  ['a dot at the end', 'a.'],
  ['a dot at the start', '.a'],
  ['a hyphen at the start', '-a.b'],
  ['a hyphen at the end', 'a-.b'],
  ['an underscore', 'a_b.c'],
  ['a space', 'a b'],
  ['a slash', 'a/b'],
  ['a port', 'a.b:80'],
  ['a user', 'a@b.c'],
  ['a percent sign', 'a%41'],
  ['a null character', 'a\0.b'],
  ['a line end', 'a\n.b'],
  ['a wildcard', '*.a.b'],
  ['an IPv4 address', '10.0.0.1'],
  ['an IPv4 address of wide digits', '１２７.0.0.1'],
  ['an IPv4 address in hexadecimal', 'a.0x7f'],
  ['an IPv6 address', '[::1]'],
  ['a number', '1'],
  ['a character that becomes a dot', 'a⒈b'],
  ['a character that becomes a slash', 'a／b'],
  ['a soft hyphen', 'a\u00adb.ü'],
  ['a zero width space', 'a\u200bb'],
  ['a symbol', '☃.net'],
  ['a symbol as A-label', 'xn--n3h.net'],
  ['an emoji', 'xn--ls8h.la'],
  ['an A-label that does not decode', 'xn--99999999.net'],
  ['an A-label of nothing', 'xn--.net'],
  ['an A-label with a delimiter that it does not need', 'xn---tda'],
  ['an A-label of ASCII', 'xn--abc-.net'],
  ['an A-label with an upper-case letter inside', `xn--${encodePunycode('Ü')}`],
  ['an A-label that is not normal', `xn--${encodePunycode('u\u0308')}`],
  ['an A-label within an A-label', `xn--${encodePunycode('xn--ü')}`],
  ['a combining mark at the start', '\u0308a.com'],
  ['a joiner between Latin letters', 'a\u200db'],
  ['a non-joiner after a letter that does not join', 'ا\u200cب'],
  ['a middle dot between other letters', 'a·b'],
  ['a middle dot before another letter', 'l·b'],
  ['an Arabic tatweel', 'ع\u0640ر'],
  ['a Hangul letter of old', '가\u1100'],
  ['a mark for symbols', 'ü\u20d0'],
  ['a sign of music', 'ü\u{1d165}'],
  ['a Katakana middle dot alone', '・'],
  ['a Hebrew mark after Latin', 'a׳'],
  ['a Greek keraia before Latin', '͵a'],
  ['two kinds of Arabic digits', 'ا١۱'],
  ['European and Arabic digits', 'ا1٢.com'],
  ['a digit before Hebrew', '1א.com'],
  ['Hebrew and Latin', 'אa.com'],
  ['Latin and Hebrew', 'aא.com'],
  ['a label that starts with a digit beside Hebrew', '1a.א'],
  ['Hebrew with a hyphen at the end', 'א-.com'],
  ['a label of 64 octets', 'a'.repeat(64)],
  ['a U-label of more than 63 octets', 'ü'.repeat(60)],
  ['254 characters', [...Array.from({ length: 5 }, () => 'a'.repeat(49)), 'bbbb'].join('.')],
  ['a lone surrogate', 'a\ud800b.com'],
  ['too much text', 'ü.'.repeat(10_000)],
]

describe('domain names', () => {
  it.each(table)('%s is %s', (text, ascii) => {
    expect(toAsciiDomain(text)).toBe(ascii)
    expect(toAsciiDomain(ascii)).toBe(ascii)
    expect(toAsciiDomain(toUnicodeDomain(ascii))).toBe(ascii)
  })

  it.each(malformed)('refuses %s', (_what, text) => {
    expect(() => toAsciiDomain(text)).toThrow(CertwrightError)
  })

  it('does not repeat what cannot be seen in its messages', () => {
    expect(() => toAsciiDomain('a\u202eb')).toThrow('"a\\u202eb"')
  })

  it('has wildcards and dots at the start where they are asked for', () => {
    expect(toAsciiDomain('*.bücher.example', { wildcard: true })).toBe('*.xn--bcher-kva.example')
    expect(toAsciiDomain('.bücher.example', { leadingDot: true })).toBe('.xn--bcher-kva.example')
    for (const text of ['*', '*.', 'a.*.b', '*a.b', '*.*.a', '*.1']) {
      expect(() => toAsciiDomain(text, { wildcard: true })).toThrow(CertwrightError)
    }
  })

  it('shows what is written in A-labels, and leaves all else', () => {
    expect(toUnicodeDomain('xn--bcher-kva.EXAMPLE')).toBe('bücher.EXAMPLE')
    for (const text of ['xn--a.b', 'xn--n3h.net', 'xn--1-0hc.com', '', '..', '*.a', 'a\0', 'x'.repeat(300)]) {
      expect(toUnicodeDomain(text)).toBe(text)
    }
  })

  it('agrees with the platform on what it accepts', () => {
    const letters = [...'aüßéλςя日語かナ한א1-', 'ÄÖ', 'क्ष', 'Ａ', '\u0301']
    const label = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 }).map((list) => list.join(''))
    let accepted = 0
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
        const text = `${labels.join('.')}.x`
        try {
          const ascii = toAsciiDomain(text)
          accepted++
          expect(new URL(`http://${text}/`).hostname).toBe(ascii)
          expect(toAsciiDomain(toUnicodeDomain(ascii))).toBe(ascii)
        } catch (error) {
          expect(error).toBeInstanceOf(CertwrightError)
        }
      }),
      { numRuns: 5000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })

  it('answers any text with a name or a typed error, and displays any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `xn--${text}`),
        ),
        (text) => {
          try {
            expect(toAsciiDomain(text)).toMatch(/^[a-z0-9.-]+$/)
          } catch (error) {
            expect(error).toBeInstanceOf(CertwrightError)
          }
          expect(typeof toUnicodeDomain(text)).toBe('string')
          expect(typeof displayDomain(text)).toBe('string')
        },
      ),
      { numRuns: 3000 },
    )
  })
})

describe('a domain name of ASCII', () => {
  const outcome = (text: string): string => {
    try {
      return toAsciiDomain(text)
    } catch (error) {
      if (error instanceof CertwrightError) return 'refused'
      throw error
    }
  }
  const label = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'Z', '0', '9', '-', 'x', 'n', '.', '_'), maxLength: 8 }),
    fc.constantFrom('xn--', 'xn--tda', 'a'.repeat(63), 'a'.repeat(64), '0x1f', '12', 'ab--c', '*'),
  )

  it('comes out as it does beside a label of another script', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
        const name = labels.join('.')
        const beside = outcome(`ü.${name}`)
        expect(outcome(name)).toBe(beside === 'refused' ? beside : beside.slice('xn--tda.'.length))
      }),
      { numRuns: 2000 },
    )
  })
})
