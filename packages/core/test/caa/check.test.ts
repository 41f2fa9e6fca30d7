import { CaaError, type CaaRequest, checkCaa } from '@certwright/core/caa'
import type { CaaAnswer } from '@certwright/core/ports'
import { describe, expect, it } from 'vitest'
import { zone } from './zone.js'

const identities = ['ca1.example.net']

/** What is said of `certs.example.com` (or the names of the request) when it has these records. */
async function outcome(records: readonly string[], request: CaaRequest = { names: ['certs.example.com'] }) {
  const { resolver } = zone({ 'certs.example.com': records })
  const { findings } = await checkCaa({ resolver, identities }, request)
  return findings.map(({ outcome }) => outcome).join(' ')
}

/** The CAA records of certs.example.com, and what they mean for the host and for the wildcard below it. */
const rows: readonly (readonly [string, readonly string[], 'allowed' | 'forbidden', 'allowed' | 'forbidden'])[] = [
  ['RFC 8659 section 4.2: two CAs', ['0 issue "ca1.example.net"', '0 issue "ca2.example.org"'], 'allowed', 'allowed'],
  ['another CA', ['0 issue "ca2.example.org"'], 'forbidden', 'forbidden'],
  ['RFC 8659 section 4.2: nobody', ['0 issue ";"'], 'forbidden', 'forbidden'],
  ['RFC 8659 section 4.2: malformed', ['0 issue "%%%%%"'], 'forbidden', 'forbidden'],
  [
    'RFC 8659 section 4.2: one of them malformed',
    ['0 issue "%%%%%"', '0 issue "ca1.example.net"'],
    'allowed',
    'allowed',
  ],
  ['RFC 8659 section 4.2: nobody, but one', ['0 issue ";"', '0 issue "ca1.example.net"'], 'allowed', 'allowed'],
  ['RFC 8659 section 4.2: a parameter', ['0 issue "ca1.example.net; account=230123"'], 'allowed', 'allowed'],
  ['the same twice', ['0 issue "ca1.example.net"', '0 issue "ca1.example.net"'], 'allowed', 'allowed'],
  ['a prefix is no match', ['0 issue "ca1.example.net.evil.example"'], 'forbidden', 'forbidden'],
  ['a domain below is no match', ['0 issue "x.ca1.example.net"'], 'forbidden', 'forbidden'],
  [
    'RFC 8659 section 4.3: wildcards by one CA alone',
    ['0 issue "ca1.example.net"', '0 issuewild "ca2.example.org"'],
    'allowed',
    'forbidden',
  ],
  ['RFC 8659 section 4.3: wildcards alone', ['0 issue ";"', '0 issuewild "ca1.example.net"'], 'forbidden', 'allowed'],
  ['RFC 8659 section 4.3: no wildcards', ['0 issuewild ";"'], 'allowed', 'forbidden'],
  ['RFC 8659 section 4.4: iodef alone', ['0 iodef "mailto:security@example.com"'], 'allowed', 'allowed'],
  [
    'RFC 8659 section 4.5: a critical unknown one',
    ['0 issue "ca1.example.net"', '128 tbs "Unknown"'],
    'forbidden',
    'forbidden',
  ],
  ['an unknown one', ['0 tbs "Unknown"'], 'allowed', 'allowed'],
  ['an unknown one with every other flag', ['127 tbs "Unknown"'], 'allowed', 'allowed'],
  [
    'critical known ones',
    ['128 issue "ca1.example.net"', '128 iodef "mailto:a@b"', '128 issuemail ";"'],
    'allowed',
    'allowed',
  ],
  ['tags in capitals', ['0 ISSUE ";"'], 'forbidden', 'forbidden'],
  ['wildcard tags in capitals', ['0 IssueWild ";"'], 'allowed', 'forbidden'],
  ['mail alone', ['0 issuemail ";"'], 'allowed', 'allowed'],
  ['an empty value', ['0 issue ""'], 'forbidden', 'forbidden'],
]

describe('the record set of a domain', () => {
  it.each(rows)('%s', async (_, records, host, wildcard) => {
    expect(await outcome(records)).toBe(host)
    expect(await outcome(records, { names: ['*.certs.example.com'] })).toBe(wildcard)
  })
})

const uri = 'https://ca1.example.net/account/1234'
/** Records of one property for this CA, and who they authorize: the account with dns-01, others, nobody known. */
const bindings: readonly (readonly [string, string, string])[] = [
  ['', 'no parameters', 'allowed allowed allowed allowed'],
  [`; accounturi=${uri}`, 'the account', 'allowed allowed forbidden forbidden'],
  [`; AccountURI=${uri}`, 'the account in capitals', 'allowed allowed forbidden forbidden'],
  [`; accounturi=${uri}/`, 'almost the account', 'forbidden forbidden forbidden forbidden'],
  ['; accounturi=', 'no account', 'forbidden forbidden forbidden forbidden'],
  [`; accounturi=${uri}; accounturi=${uri}`, 'the account twice', 'forbidden forbidden forbidden forbidden'],
  ['; validationmethods=dns-01', 'a method', 'allowed forbidden allowed forbidden'],
  ['; validationmethods=http-01,dns-01', 'methods', 'allowed allowed allowed forbidden'],
  ['; validationmethods=DNS-01', 'a method in capitals', 'forbidden forbidden forbidden forbidden'],
  ['; validationmethods=', 'no methods', 'forbidden forbidden forbidden forbidden'],
  ['; validationmethods=dns-01,', 'a malformed list', 'forbidden forbidden forbidden forbidden'],
  ['; validationmethods=dns-01,a_b', 'a malformed label', 'forbidden forbidden forbidden forbidden'],
  ['; validationmethods=dns-01; validationmethods=dns-01', 'two lists', 'forbidden forbidden forbidden forbidden'],
  [`; accounturi=${uri}; validationmethods=dns-01`, 'both', 'allowed forbidden forbidden forbidden'],
]

describe('a binding (RFC 8657)', () => {
  it.each(bindings)('%s: %s', async (parameters, _, expected) => {
    const who = [
      { accountUri: uri, validationMethod: 'dns-01' },
      { accountUri: uri, validationMethod: 'http-01' },
      { accountUri: `${uri}5`, validationMethod: 'dns-01' },
      {},
    ]
    const records = [`0 issue "ca1.example.net${parameters}"`]
    const found = await Promise.all(who.map((one) => outcome(records, { names: ['certs.example.com'], ...one })))
    expect(found.join(' ')).toBe(expected)
  })

  it('lets each name have a method of its own', async () => {
    const records = ['0 issue "ca1.example.net; validationmethods=dns-01"']
    const { resolver } = zone({ 'example.com': records, constructor: records })
    const validationMethod = { 'a.example.com': 'dns-01', 'b.example.com': 'http-01', '*.c.example.com': 'dns-01' }
    const names = ['a.example.com', 'b.example.com', '*.c.example.com', 'constructor']
    const { findings } = await checkCaa({ resolver, identities }, { names, validationMethod })
    expect(findings.map(({ outcome }) => outcome)).toEqual(['allowed', 'forbidden', 'allowed', 'forbidden'])
  })
})

describe('mailboxes (RFC 9495)', () => {
  const mailbox = { mailboxes: ['someone@certs.example.com'] }

  it.each([
    ['nothing', [], 'allowed'],
    ['issue alone does not restrict', ['0 issue ";"', '0 issuewild ";"'], 'allowed'],
    ['this CA', ['0 issuemail "ca1.example.net"'], 'allowed'],
    ['another CA', ['0 issuemail "authority.example"'], 'forbidden'],
    ['nobody', ['0 issuemail ";"', '0 issue "ca1.example.net"'], 'forbidden'],
    ['malformed', ['0 issuemail "%%%%%"'], 'forbidden'],
    ['a critical unknown one', ['128 tbs "Unknown"'], 'forbidden'],
  ])('%s', async (_, records, expected) => {
    expect(await outcome(records, mailbox)).toBe(expected)
  })

  it('climbs from the domain, and lets address literals be', async () => {
    const { resolver, asked } = zone({ 'example.com': ['0 issuemail ";"'] })
    const mailboxes = ['"a@b"@Mail.Example.com', 'a@[192.0.2.1]', 'nobody']
    const { findings } = await checkCaa({ resolver, identities }, { mailboxes })
    expect(findings.map(({ outcome }) => outcome)).toEqual(['forbidden', 'allowed', 'forbidden'])
    expect(asked).toEqual(['mail.example.com', 'example.com'])
  })
})

describe('climbing the tree (RFC 8659 section 3)', () => {
  const failure: CaaAnswer = { kind: 'failure', reason: 'SERVFAIL' }

  it('asks each parent once, in A-labels, up to the top level, and not the root', async () => {
    const { resolver, asked } = zone({ 'xn--bcher-kva.example': [] })
    const names = ['x.y.Bücher.example', '*.Y.bücher.example', 'other.example']
    const { allowed, findings } = await checkCaa({ resolver, identities }, { names })
    expect(allowed).toBe(true)
    expect(findings[0]).toEqual({ name: names[0], outcome: 'allowed', reason: 'there are no CAA records' })
    expect([...asked].sort()).toEqual(
      [
        'example',
        'other.example',
        'x.y.xn--bcher-kva.example',
        'xn--bcher-kva.example',
        'y.xn--bcher-kva.example',
      ].sort(),
    )
  })

  it('stops at the closest set, whatever stands above it, and says which set decided', async () => {
    const { resolver, asked } = zone({
      'a.example.com': ['0 issue "ca1.example.net"'],
      'example.com': ['0 issue ";"', '0 iodef "mailto:ca@example.com"', '0 iodef "javascript:x"'],
    })
    const decision = await checkCaa({ resolver, identities }, { names: ['www.a.example.com', 'b.example.com'] })
    expect(decision).toMatchObject({
      allowed: false,
      reports: ['mailto:ca@example.com'],
      findings: [
        { outcome: 'allowed', domain: 'a.example.com', record: { value: 'ca1.example.net' } },
        {
          outcome: 'forbidden',
          domain: 'example.com',
          reason: 'CAA of example.com: no issue property allows it; one of 1 authorizes nobody (0 issue ";")',
        },
      ],
    })
    expect(asked).not.toContain('com')
  })

  it('an iodef set ends the climb too', async () => {
    const { resolver } = zone({ 'a.example.com': ['0 iodef "mailto:a@b"'], 'example.com': ['0 issue ";"'] })
    expect((await checkCaa({ resolver, identities }, { names: ['a.example.com'] })).allowed).toBe(true)
  })

  it('refuses when an answer fails on the way, and only then', async () => {
    const names = { 'b.example.com': failure, 'example.com': ['0 issue "ca1.example.net"'], com: failure }
    const { resolver } = zone(names)
    const decision = await checkCaa({ resolver, identities }, { names: ['a.b.example.com', 'c.example.com'] })
    expect(decision.findings.map(({ outcome }) => outcome)).toEqual(['failed', 'allowed'])
    expect(decision.findings[0]?.domain).toBe('b.example.com')
  })

  it('counts whatever a resolver does wrong as a failure', async () => {
    const many = Array.from({ length: 201 }, () => '0 issue "ca1.example.net"')
    const answers: readonly (() => Promise<CaaAnswer>)[] = [
      () => Promise.reject(new Error('secret')),
      async () => ({
        kind: 'records',
        records: many.map(() => ({ flags: 0, tag: 'issue', value: 'ca1.example.net' })),
      }),
      async () => ({ kind: 'records', records: [{ flags: 256, tag: 'issue', value: 'ca1.example.net' }] }),
      async () => ({ kind: 'records', records: [{ flags: 0, tag: 'issue', value: 'a'.repeat(65_536) }] }),
      async () => JSON.parse('{"kind":"else"}') as CaaAnswer,
      async () => JSON.parse('null') as CaaAnswer,
    ]
    for (const resolve of answers) {
      const { findings } = await checkCaa({ resolver: { resolve }, identities }, { names: ['a.example'] })
      expect(findings[0]?.outcome).toBe('failed')
      expect(findings[0]?.reason).not.toContain('secret')
    }
  })

  it('ends with its signal, even when the resolver does not', async () => {
    const controller = new AbortController()
    const resolve = (): Promise<CaaAnswer> => {
      controller.abort()
      return new Promise(() => {})
    }
    const options = { resolver: { resolve }, identities, signal: controller.signal }
    const { findings } = await checkCaa(options, { names: ['a.example', 'b.example'] })
    expect(findings.map(({ outcome }) => outcome)).toEqual(['failed', 'failed'])
  })

  it('looks up at most eight names at a time', async () => {
    let now = 0
    let most = 0
    const resolve = async (): Promise<CaaAnswer> => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
      return { kind: 'no-records' }
    }
    const names = Array.from({ length: 50 }, (_, index) => `a${index}.example${index}`)
    expect((await checkCaa({ resolver: { resolve }, identities }, { names })).allowed).toBe(true)
    expect(most).toBe(8)
  })
})

describe('the arguments', () => {
  const { resolver } = zone({})

  it.each([[[]], [['']], [['not a domain']], [Array.from({ length: 21 }, () => 'ca.example')]])(
    'the identities %j are refused',
    async (identities) => {
      const check = checkCaa({ resolver, identities }, { names: ['a.example'] })
      await expect(check).rejects.toMatchObject({ code: 'configuration' })
    },
  )

  it.each(['', '*', 'a..b', '*.*.example', 'a.*.example', '192.0.2.1', 'a_b.example', 'a.example.', '\n'])(
    'the name %j is refused',
    async (name) => {
      const { findings } = await checkCaa({ resolver, identities }, { names: [name] })
      expect(findings).toEqual([{ name, outcome: 'forbidden', reason: 'it is not a domain name' }])
    },
  )

  it('refuses too many names', async () => {
    const check = checkCaa({ resolver, identities }, { names: Array.from({ length: 1001 }, () => 'a.example') })
    await expect(check).rejects.toMatchObject({ code: 'limit' })
  })

  it('an error shows hostile text harmlessly, and whether it may pass', async () => {
    const hostile = zone({ 'a.example': ['0 issue "x\n\u202e\u0000"'], 'b.example': { kind: 'failure', reason: 'x' } })
    const names = ['a.example', 'b.example']
    const both = new CaaError(await checkCaa({ resolver: hostile.resolver, identities }, { names }))
    expect(both).toMatchObject({
      code: 'caa',
      temporary: false,
      findings: [{ name: 'a.example' }, { name: 'b.example' }],
    })
    expect(both.message).toContain('0 issue "x\\n\\u202e\\u0000"')
    const later = await checkCaa({ resolver: hostile.resolver, identities }, { names: ['b.example'] })
    expect(new CaaError(later).temporary).toBe(true)
  })
})
