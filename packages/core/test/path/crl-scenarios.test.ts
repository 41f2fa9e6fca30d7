import { nodeCrypto } from '@certwright/core/defaults'
import { type CrlSource, findPath, type PathOptions, type PathResult, trustAnchor } from '@certwright/core/path'
import { type DistributionPoint, parseName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { type CrlSpec, certificate, crl, day, directory, extension, now, spoiled, uri } from './hierarchy.js'

const root = certificate({ subject: 'CN=Root', issuer: 'CN=Root', key: 0, signedBy: 0, ca: true })
const rootCrl = crl({ issuer: 'CN=Root', signedBy: 0 })
const ca = certificate({ subject: 'CN=CA', issuer: 'CN=Root', key: 1, signedBy: 0, ca: true, serial: 100 })
const url = 'http://crl.example/1.crl'
const at = (name: string, more: Partial<DistributionPoint> = {}): DistributionPoint => ({
  distributionPoint: { type: 'fullName', value: [uri(name)] },
  ...more,
})
const unknownExtension = extension('1.2.3.4', Uint8Array.of(5, 0), true)

const device = (points?: readonly DistributionPoint[]): Uint8Array =>
  certificate({ subject: 'CN=device', issuer: 'CN=CA', key: 2, signedBy: 1, serial: 7, ...(points && { points }) })
const list = (spec: Partial<CrlSpec> = {}): Uint8Array => crl({ issuer: 'CN=CA', signedBy: 1, ...spec })
const revoked = { entries: [{ serial: 7, reason: 'keyCompromise' as const }] }

interface Scenario {
  readonly leaf?: Uint8Array
  readonly crls: readonly Uint8Array[]
  readonly intermediates?: readonly Uint8Array[]
  readonly options?: Partial<PathOptions>
}

async function check({ leaf = device(), crls, intermediates = [ca], options }: Scenario): Promise<PathResult> {
  const source: CrlSource = { find: async () => crls }
  return findPath({ crypto: nodeCrypto, crls: source }, leaf, [trustAnchor(root)], {
    time: now,
    revocation: 'hard-fail',
    intermediates,
    ...options,
  })
}

const outcome = (result: PathResult): string =>
  result.valid ? 'valid' : result.failures.map(({ code }) => code).join()

type Row = readonly [what: string, scenario: Scenario, expected: string]

const scopeOf = (name: string) => ({ distributionPoint: { type: 'fullName', value: [uri(name)] } }) as const

/** The scenarios of PKITS sections 4.4, 4.5, 4.7.4, 4.7.5, 4.14 and 4.15, and some more. */
const rows: readonly Row[] = [
  ['a good certificate', { crls: [rootCrl, list()] }, 'valid'],
  ['4.4.1 no CRL', { crls: [rootCrl] }, 'status-unknown'],
  [
    '4.4.2 a revoked CA',
    { crls: [crl({ issuer: 'CN=Root', signedBy: 0, entries: [{ serial: 100 }] }), list()] },
    'revoked',
  ],
  ['4.4.3 a revoked certificate', { crls: [rootCrl, list(revoked)] }, 'revoked'],
  ['4.4.4 a CRL of another key', { crls: [rootCrl, list({ signedBy: 3 })] }, 'status-unknown'],
  ['4.4.5 a CRL of another name', { crls: [rootCrl, list({ issuer: 'CN=Other' })] }, 'status-unknown'],
  ['4.4.7 two CRLs, the wrong one first', { crls: [list({ issuer: 'CN=X' }), rootCrl, list(revoked)] }, 'revoked'],
  [
    '4.4.8 an unknown critical extension of any entry',
    { crls: [rootCrl, list({ entries: [{ serial: 8, more: [unknownExtension] }] })] },
    'status-unknown',
  ],
  ['4.4.9 an unknown critical extension', { crls: [rootCrl, list({ more: [unknownExtension] })] }, 'status-unknown'],
  ['4.4.11 an old CRL', { crls: [rootCrl, list({ nextUpdate: new Date(now.getTime() - 1000) })] }, 'status-unknown'],
  ['a CRL of the future', { crls: [rootCrl, list({ thisUpdate: new Date(now.getTime() + 1000) })] }, 'status-unknown'],
  ['a CRL without nextUpdate', { crls: [rootCrl, list({ nextUpdate: null })] }, 'status-unknown'],
  [
    'an old CRL and a present one',
    { crls: [rootCrl, list({ nextUpdate: new Date(now.getTime() - 1000) }), list()] },
    'valid',
  ],
  [
    'the latest of two CRLs decides',
    { crls: [rootCrl, list({ thisUpdate: new Date(now.getTime() - 2 * day) }), list({ ...revoked, number: 2 })] },
    'revoked',
  ],
  ['garbage among the CRLs', { crls: [Uint8Array.of(1, 2, 3), rootCrl, list()] }, 'valid'],
  ['only garbage', { crls: [Uint8Array.of(1, 2, 3)] }, 'status-unknown'],
  [
    '4.7.4 a CA that may not sign CRLs',
    {
      crls: [rootCrl, list()],
      intermediates: [
        certificate({ subject: 'CN=CA', issuer: 'CN=Root', key: 1, signedBy: 0, ca: true, usage: ['keyCertSign'] }),
      ],
    },
    'status-unknown',
  ],
  [
    '4.14.1 the same distribution point',
    { leaf: device([at(url)]), crls: [rootCrl, list({ scope: scopeOf(url) })] },
    'valid',
  ],
  [
    '4.14.2 revoked there',
    { leaf: device([at(url)]), crls: [rootCrl, list({ scope: scopeOf(url), ...revoked })] },
    'revoked',
  ],
  [
    '4.14.3 another distribution point',
    { leaf: device([at(url)]), crls: [rootCrl, list({ scope: scopeOf('http://crl.example/2.crl') })] },
    'status-unknown',
  ],
  [
    '4.14.5 a point relative to the issuer',
    {
      leaf: device([{ distributionPoint: { type: 'nameRelativeToCRLIssuer', value: parseName('CN=CRL1')[0] ?? [] } }]),
      crls: [
        rootCrl,
        list({ scope: { distributionPoint: { type: 'fullName', value: [directory('CN=CRL1,CN=CA')] } } }),
      ],
    },
    'valid',
  ],
  ['4.14.10 a point, and a CRL for everything', { leaf: device([at(url)]), crls: [rootCrl, list()] }, 'valid'],
  ['4.14.11 only of CAs', { crls: [rootCrl, list({ scope: { onlyContainsCACerts: true } })] }, 'status-unknown'],
  ['4.14.13 only of users', { crls: [rootCrl, list({ scope: { onlyContainsUserCerts: true } })] }, 'valid'],
  [
    '4.14.12 a CA in a CRL of users',
    { crls: [crl({ issuer: 'CN=Root', signedBy: 0, scope: { onlyContainsUserCerts: true } }), list()] },
    'status-unknown',
  ],
  [
    '4.14.14 only of attribute certificates',
    { crls: [rootCrl, list({ scope: { onlyContainsAttributeCerts: true } })] },
    'status-unknown',
  ],
  [
    '4.14.17 some reasons',
    { crls: [rootCrl, list({ scope: { onlySomeReasons: new Set(['keyCompromise', 'cACompromise']) } })] },
    'status-unknown',
  ],
  [
    '4.14.18 all reasons in two CRLs',
    {
      crls: [
        rootCrl,
        list({ scope: { onlySomeReasons: new Set(['keyCompromise', 'cACompromise']) } }),
        list({
          scope: {
            onlySomeReasons: new Set([
              'affiliationChanged',
              'superseded',
              'cessationOfOperation',
              'certificateHold',
              'privilegeWithdrawn',
              'aACompromise',
            ]),
          },
        }),
      ],
    },
    'valid',
  ],
  [
    '4.14.15 revoked for one of some reasons',
    { crls: [rootCrl, list({ scope: { onlySomeReasons: new Set(['keyCompromise']) }, ...revoked })] },
    'revoked',
  ],
  [
    'a point for some reasons narrows its CRL',
    { leaf: device([at(url, { reasons: new Set(['superseded']) })]), crls: [rootCrl, list({ scope: scopeOf(url) })] },
    'status-unknown',
  ],
  ['4.15.1 a delta CRL alone', { crls: [rootCrl, list({ base: 1, number: 2 })] }, 'status-unknown'],
  ['4.15.3 revoked by the delta CRL', { crls: [rootCrl, list(), list({ base: 1, number: 2, ...revoked })] }, 'revoked'],
  [
    '4.15.2 not revoked by either',
    { crls: [rootCrl, list(), list({ base: 1, number: 2, entries: [{ serial: 8 }] })] },
    'valid',
  ],
  [
    '4.15.5 taken from the list by the delta CRL',
    {
      crls: [
        rootCrl,
        list({ entries: [{ serial: 7, reason: 'certificateHold' }] }),
        list({ base: 1, number: 2, entries: [{ serial: 7, reason: 'removeFromCRL' }] }),
      ],
    },
    'valid',
  ],
  [
    '4.15.8 a delta CRL of an older base',
    { crls: [rootCrl, list({ number: 5 }), list({ base: 3, number: 6, ...revoked })] },
    'revoked',
  ],
  [
    '4.15.10 a delta CRL of a later base',
    { crls: [rootCrl, list({ number: 2 }), list({ base: 3, number: 6, ...revoked })] },
    'valid',
  ],
  [
    'a delta CRL that is stale counts for nothing',
    { crls: [rootCrl, list(), list({ base: 1, number: 2, nextUpdate: new Date(now.getTime() - 1000), ...revoked })] },
    'valid',
  ],
  [
    'a delta CRL with a signature that does not fit counts for nothing',
    { crls: [rootCrl, list(), spoiled(list({ base: 1, number: 2, ...revoked }))] },
    'valid',
  ],
  [
    'a delta CRL of another scope counts for nothing',
    { crls: [rootCrl, list(), list({ base: 1, number: 2, scope: { onlyContainsUserCerts: true }, ...revoked })] },
    'valid',
  ],
  [
    'a delta CRL of another key counts for nothing',
    { crls: [rootCrl, list(), list({ base: 1, number: 2, signedBy: 5, ...revoked })] },
    'valid',
  ],
]

describe('revocation by CRLs', () => {
  it.each(rows)('%s', async (_, scenario, expected) => {
    expect(outcome(await check(scenario))).toBe(expected)
  })

  it('accepts what nobody knows when asked to, and says so', async () => {
    const result = await check({ crls: [rootCrl], options: { revocation: 'soft-fail' } })
    expect(result.valid && result.statuses).toEqual([
      { status: 'unknown', reason: 'the CRL is of another issuer' },
      { status: 'good' },
    ])
    expect(outcome(await check({ crls: [rootCrl, list(revoked)], options: { revocation: 'soft-fail' } }))).toBe(
      'revoked',
    )
  })

  it('asks for the leaf only when asked to', async () => {
    const result = await check({ crls: [list()], options: { revocationScope: 'leaf' } })
    expect(result.valid && result.statuses).toEqual([{ status: 'good' }, { status: 'unchecked' }])
  })

  it('tells date and reason', async () => {
    const result = await check({ crls: [rootCrl, list(revoked)] })
    expect(result.valid ? [] : result.failures).toEqual([
      {
        index: 0,
        code: 'revoked',
        message: 'the certificate was revoked on 2026-05-30T00:00:00.000Z (keyCompromise)',
        section: 'RFC 5280 section 6.1.3 (a)(3)',
      },
    ])
  })

  it('takes a source that throws for one that knows nothing', async () => {
    const find = async () => {
      throw new Error('out of order')
    }
    const result = await findPath({ crypto: nodeCrypto, crls: { find } }, device(), [trustAnchor(root)], {
      time: now,
      revocation: 'hard-fail',
      intermediates: [ca],
    })
    expect(result.valid ? [] : result.failures).toMatchObject([{ index: 1, code: 'status-unknown' }])
  })
})

describe('CRLs of other issuers', () => {
  const issuer = (spec: { usage?: readonly string[]; issuer?: string; signedBy?: number } = {}) =>
    certificate({
      subject: 'CN=CRL issuer',
      issuer: 'CN=Root',
      key: 4,
      signedBy: 0,
      usage: ['cRLSign'],
      serial: 200,
      ...spec,
    })
  const indirect = { indirectCRL: true } as const
  const point = at(url, { cRLIssuer: [directory('CN=CRL issuer')] })
  const indirectList = (entries: CrlSpec['entries'] = []) =>
    crl({ issuer: 'CN=CRL issuer', signedBy: 4, scope: { ...scopeOf(url), ...indirect }, entries })
  const leaf = device([point])

  const cases: readonly Row[] = [
    ['4.14.28 a good certificate', { leaf, crls: [rootCrl, indirectList()], intermediates: [ca, issuer()] }, 'valid'],
    [
      '4.14.31 revoked, its issuer named',
      { leaf, crls: [rootCrl, indirectList([{ serial: 7, issuer: 'CN=CA' }])], intermediates: [ca, issuer()] },
      'revoked',
    ],
    [
      '4.14.33 the same number of another issuer',
      { leaf, crls: [rootCrl, indirectList([{ serial: 7, issuer: 'CN=Other' }])], intermediates: [ca, issuer()] },
      'valid',
    ],
    [
      '4.14.32 an entry after that of its issuer',
      {
        leaf,
        crls: [rootCrl, indirectList([{ serial: 9, issuer: 'CN=CA' }, { serial: 7 }])],
        intermediates: [ca, issuer()],
      },
      'revoked',
    ],
    [
      '4.14.27 not an indirect CRL',
      {
        leaf,
        crls: [rootCrl, crl({ issuer: 'CN=CRL issuer', signedBy: 4, scope: scopeOf(url) })],
        intermediates: [ca, issuer()],
      },
      'status-unknown',
    ],
    ['an issuer that is not known', { leaf, crls: [rootCrl, indirectList()], intermediates: [ca] }, 'status-unknown'],
    [
      'an issuer that may not sign CRLs',
      { leaf, crls: [rootCrl, indirectList()], intermediates: [ca, issuer({ usage: ['digitalSignature'] })] },
      'status-unknown',
    ],
    [
      'an issuer of another anchor',
      { leaf, crls: [rootCrl, indirectList()], intermediates: [ca, issuer({ issuer: 'CN=Elsewhere', signedBy: 6 })] },
      'status-unknown',
    ],
    [
      'an issuer that is revoked',
      {
        leaf,
        crls: [crl({ issuer: 'CN=Root', signedBy: 0, entries: [{ serial: 200 }] }), indirectList()],
        intermediates: [ca, issuer()],
      },
      'status-unknown',
    ],
    [
      'a certificate of the right name that names no use signs no CRLs',
      {
        leaf,
        crls: [rootCrl, indirectList()],
        intermediates: [ca, certificate({ subject: 'CN=CRL issuer', issuer: 'CN=Root', key: 4, signedBy: 0 })],
      },
      'status-unknown',
    ],
  ]

  it.each(cases)('%s', async (_, scenario, expected) => {
    expect(outcome(await check(scenario))).toBe(expected)
  })

  it('4.4.19, 4.5.6 a CA with a key for CRLs of its own, listed by itself', async () => {
    const crlKey = certificate({
      subject: 'CN=CA',
      issuer: 'CN=CA',
      key: 5,
      signedBy: 1,
      usage: ['cRLSign'],
      serial: 300,
    })
    const by5 = (spec: Partial<CrlSpec> = {}) => list({ signedBy: 5, ...spec })
    const intermediates = [ca, crlKey]
    expect(outcome(await check({ crls: [rootCrl, by5()], intermediates }))).toBe('valid')
    expect(outcome(await check({ crls: [rootCrl, by5(revoked)], intermediates }))).toBe('revoked')
    const listed = by5({ entries: [{ serial: 300 }] })
    expect(outcome(await check({ crls: [rootCrl, listed], intermediates }))).toBe('status-unknown')
  })

  it('4.14.30 a CRL issuer that lists itself', async () => {
    const self = certificate({
      subject: 'CN=CRL issuer',
      issuer: 'CN=Root',
      key: 4,
      signedBy: 0,
      usage: ['cRLSign'],
      points: [point],
    })
    expect(outcome(await check({ leaf, crls: [rootCrl, indirectList()], intermediates: [ca, self] }))).toBe('valid')
  })

  it('does not trust two issuers that vouch for each other', async () => {
    const one = certificate({
      subject: 'CN=CRL issuer',
      issuer: 'CN=Root',
      key: 4,
      signedBy: 0,
      usage: ['cRLSign'],
      points: [at(url, { cRLIssuer: [directory('CN=Second')] })],
    })
    const two = certificate({
      subject: 'CN=Second',
      issuer: 'CN=Root',
      key: 8,
      signedBy: 0,
      usage: ['cRLSign'],
      points: [point],
    })
    const second = crl({ issuer: 'CN=Second', signedBy: 8, scope: { ...scopeOf(url), ...indirect } })
    const caCrl = crl({ issuer: 'CN=Root', signedBy: 0, scope: { onlyContainsCACerts: true } })
    const result = await check({ leaf, crls: [caCrl, indirectList(), second], intermediates: [ca, one, two] })
    expect(outcome(result)).toBe('status-unknown')
  })
})
