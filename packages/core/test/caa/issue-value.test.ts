import { parseIssueValue } from '@certwright/core/caa'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const wellFormed: readonly (readonly [string, string | undefined, readonly (readonly [string, string])[]])[] = [
  ['', undefined, []],
  [';', undefined, []],
  [' \t ', undefined, []],
  [' ; ', undefined, []],
  ['ca1.example.net', 'ca1.example.net', []],
  ['\tca1.example.net ', 'ca1.example.net', []],
  ['CA1.Example.NET', 'ca1.example.net', []],
  ['ca1.example.net;', 'ca1.example.net', []],
  ['ca1.example.net; ', 'ca1.example.net', []],
  ['a', 'a', []],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example', []],
  ['a--b.0-1', 'a--b.0-1', []],
  ['ca1.example.net; account=230123', 'ca1.example.net', [['account', '230123']]],
  [
    'ca1.example.net;a=1;b=2',
    'ca1.example.net',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'ca1.example.net ; a = 1 ; B-c\t=\t2 ',
    'ca1.example.net',
    [
      ['a', '1'],
      ['b-c', '2'],
    ],
  ],
  ['ca1.example.net; a=', 'ca1.example.net', [['a', '']]],
  ['ca1.example.net; a==b=', 'ca1.example.net', [['a', '=b=']]],
  ['; policy=ev', undefined, [['policy', 'ev']]],
  [
    'ca.example; a=1; a=2',
    'ca.example',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
]

const malformed: readonly string[] = [
  '%%%%%',
  'ca1.example.net.',
  '.ca1.example.net',
  'ca1..example.net',
  '-ca.example',
  'ca-.example',
  'ca_1.example',
  '*.example',
  'ca.example other.example',
  'ca.example, other.example',
  'https://ca.example',
  'ca.example\n',
  'ca.example\0',
  'ca.example\u00a0',
  '\u212aca.example',
  'cä.example',
  '"ca.example"',
  'ca.example; policy',
  'ca.example; policy=ev;',
  'ca.example; policy=ev;;account=1',
  'ca.example;; a=1',
  'ca.example;;',
  ';;',
  'ca.example; =1',
  'ca.example; a b=1',
  'ca.example; a=1 2',
  'ca.example; a=\u0000',
  'ca.example; a=\x7f',
  'ca.example; a=ö',
  'ca.example; -a=1',
  'ca.example; a-=1',
  'ca.example; a.b=1',
  'a'.repeat(65_536),
  `ca.example;${'a=1;'.repeat(100)}a=1`,
]

describe('the value of an issue property', () => {
  it.each(wellFormed)('%j', (text, issuer, parameters) => {
    expect(parseIssueValue(text)).toEqual({
      ...(issuer === undefined ? {} : { issuer }),
      parameters: parameters.map(([tag, value]) => ({ tag, value })),
    })
  })

  it.each(malformed.map((text) => [text.slice(0, 40), text]))('is malformed: %j', (_, text) => {
    expect(parseIssueValue(text)).toBeUndefined()
  })

  it('is read back from every way to write it', () => {
    const space = fc.stringMatching(/^[ \t]{0,3}$/)
    const label = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,8}[A-Za-z0-9])?$/)
    const value = fc.stringMatching(/^[!-:<-~]{0,20}$/)
    const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
    const parameters = fc.array(fc.tuple(label, value, space, space, space, space), { maxLength: 5 })
    fc.assert(
      fc.property(fc.option(domain), parameters, space, space, space, (issuer, given, before, between, after) => {
        const list = given.map(([tag, text, a, b, c, d]) => `${a}${tag}${b}=${c}${text}${d}`).join(';')
        expect(parseIssueValue(`${before}${issuer ?? ''}${between};${list}${after}`)).toEqual({
          ...(issuer === null ? {} : { issuer: issuer.toLowerCase() }),
          parameters: given.map(([tag, text]) => ({ tag: tag.toLowerCase(), value: text })),
        })
      }),
    )
  })

  it('is, for any text, what the grammar says, and never an error', () => {
    const grammar =
      /^[ \t]*(?:[a-z0-9](?:-*[a-z0-9])*(?:\.[a-z0-9](?:-*[a-z0-9])*)*[ \t]*)?(?:;[ \t]*(?:[a-z0-9](?:-*[a-z0-9])*[ \t]*=[ \t]*[!-:<-~]*[ \t]*(?:;[ \t]*[a-z0-9](?:-*[a-z0-9])*[ \t]*=[ \t]*[!-:<-~]*[ \t]*)*)?)?$/i
    const texts = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc
        .array(fc.constantFrom('a', 'Z', '-', '.', ';', '=', ' ', '\t', '1', '\n', 'é'), { maxLength: 14 })
        .map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseIssueValue(text) !== undefined).toBe(grammar.test(text) && !text.endsWith('\n'))
      }),
      { numRuns: 3000 },
    )
  })
})
