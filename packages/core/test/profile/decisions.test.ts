import { type GeneralName, generalName } from '@certwright/core/pkix'
import { compileProfile, evaluate, type ProfileConfig, type ProfileRequest } from '@certwright/core/profile'
import {
  decodeExtension,
  ExtendedKeyUsage,
  extensionOid,
  formatName,
  PrivateKeyUsagePeriod,
  parseName,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'

const now = new Date('2026-11-20T12:00:00Z')
const issuer = {
  keyIdentifier: new Uint8Array(20),
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2030-01-01T00:00:00Z'),
  urls: {},
}
const base: ProfileConfig = {
  id: 'base-profile',
  kind: 'end-entity',
  validity: { default: 'P1Y' },
  keys: { allowed: ['ecdsa-p256'] },
  subject: { empty: 'allowed' },
  subjectAlternativeName: { use: 'from-request' },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
}
const request: ProfileRequest = {
  subject: parseName('CN=a.example'),
  extensions: [],
  key: { family: 'ecdsa', bits: 256, curve: 'p256' },
  keyIdentifier: new Uint8Array(20),
}
const ask = (config: Partial<ProfileConfig>, wish: Partial<ProfileRequest> = {}, privileged = false) =>
  evaluate(compileProfile({ ...base, ...config }), { ...request, ...wish }, issuer, { privileged }, now)
const codes = (evaluation: ReturnType<typeof ask>) =>
  evaluation.ok ? [] : evaluation.violations.map(({ code }) => code)
const fields = (evaluation: ReturnType<typeof ask>) => {
  if (!evaluation.ok) throw new Error(evaluation.violations.map(({ message }) => message).join())
  return evaluation.fields
}
const subjectOf = (evaluation: ReturnType<typeof ask>) => formatName(fields(evaluation).subject)

describe('subject builders', () => {
  const basic = { subject: { empty: 'refused', builder: { type: 'basic' } } } as const
  const template = (text: string) =>
    ({ subject: { empty: 'refused', builder: { type: 'template', template: text } } }) as const
  const san = {
    subject: {
      empty: 'refused',
      builder: { type: 'san', template: 'CN=<SAN>,OU=CA01', order: ['dNSName', 'iPAddress'] },
    },
  } as const

  it('Basic puts variables together as they come', () => {
    const variables = [
      { type: 'cn', value: 'test' },
      { type: 'o', value: 'pki, inc' },
    ]
    expect(subjectOf(ask(basic, { variables }))).toBe('CN=test,O=pki\\, inc')
    expect(codes(ask(basic, { variables: [{ type: 'nonsense', value: 'x' }] }))).toContain('subject-variable')
  })

  it('Template fills variables, and reads CN and UID of the request when there are none', () => {
    const full = template('CN=<First Name> <Last Name>,O=pki')
    expect(
      subjectOf(
        ask(full, {
          variables: [
            { type: 'First Name', value: 'Ada' },
            { type: 'Last Name', value: 'L' },
          ],
        }),
      ),
    ).toBe('CN=Ada L,O=pki')
    expect(codes(ask(full, { variables: [{ type: 'first name', value: 'Ada' }] }))).toEqual(
      expect.arrayContaining(['subject-variable']),
    )
    const indexed = template('CN=<cn.1>,OU=<cn.2>,UID=<uid>')
    expect(subjectOf(ask(indexed, { subject: parseName('CN=b,CN=a,UID=7') }))).toBe('CN=a,OU=b,UID=7')
  })

  it('SAN-derived takes the first kind in order, for requests without a subject', () => {
    const names = [generalName.ip('192.0.2.1'), generalName.dns('b.example')]
    expect(subjectOf(ask(san, { subject: [], names }))).toBe('CN=b.example,OU=CA01')
    expect(subjectOf(ask(san, { names }))).toBe('CN=a.example')
    expect(codes(ask(san, { subject: [], names: [...names, generalName.dns('c.example')] }))).toContain(
      'subject-variable',
    )
    expect(codes(ask(san, { subject: [] }))).toContain('subject-variable')
  })
})

describe('attributes', () => {
  it('are fixed, by default, dropped, counted and matched', () => {
    const attributes = {
      O: { source: 'fixed', value: 'Acme' },
      C: { source: 'default', value: 'DE' },
      CN: { max: 2 },
    } as const
    const subject = parseName('CN=x,CN=y,O=Evil,OU=z')
    expect(subjectOf(ask({ subject: { empty: 'refused', attributes, others: 'dropped' } }, { subject }))).toBe(
      'C=DE,CN=x,CN=y,O=Acme',
    )
    const strict = {
      subject: { empty: 'refused', attributes: { CN: { pattern: '[xy]' }, L: { required: true } }, others: 'refused' },
    } as const
    expect(codes(ask(strict, { subject: parseName('CN=xx,CN=y,OU=z') })).sort()).toEqual([
      'subject-count',
      'subject-missing',
      'subject-not-allowed',
      'subject-pattern',
    ])
  })
})

describe('alternative names', () => {
  const names = (...list: GeneralName[]) => ({ names: list })
  it('are told all at once, except 10,000 of them', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ type: 'dNSName' as const, value: `-${index}` }))
    expect(codes(ask({}, names(...many)))).toEqual(['name-count'])
    const bad = names(
      { type: 'dNSName', value: 'a b' },
      { type: 'iPAddress', value: new Uint8Array(3) },
      generalName.dns('xn--80ak6aa92e.com'),
    )
    expect(codes(ask({}, bad)).sort()).toEqual(['name-homograph', 'name-value', 'name-value'])
  })

  it('must hold the common name where the profile says so, or are filled from it', () => {
    const included = { subjectAlternativeName: { use: 'required', commonNameIncluded: true } } as const
    expect(codes(ask(included, names(generalName.dns('b.example'))))).toEqual(['common-name'])
    expect(codes(ask(included, names(generalName.dns('a.example'))))).toEqual([])
    const filled = fields(ask({ subjectAlternativeName: { use: 'required', fillFromCommonName: true } }))
    expect(decodeExtension(SubjectAlternativeName, filled.extensions, extensionOid.subjectAltName)).toEqual([
      generalName.dns('a.example'),
    ])
  })

  it('are wildcards where the profile does not refuse them', () => {
    const wild = names(generalName.dns('*.a.example'))
    const kinds = (wildcard?: 'refused') => ({
      subjectAlternativeName: {
        use: 'required' as const,
        kinds: { dNSName: wildcard === undefined ? {} : { wildcard } },
      },
    })
    expect(codes(ask(kinds(), wild))).toEqual([])
    expect(codes(ask(kinds('refused'), wild))).toEqual(['name-not-allowed'])
    expect(codes(ask(kinds('refused'), names(generalName.dns('b.a.example'))))).toEqual([])
  })

  it('keep ranges, schemes and types', () => {
    const kinds = {
      iPAddress: { ranges: ['10.0.0.0/8'], versions: ['4'] },
      uniformResourceIdentifier: { schemes: ['https'] },
      otherName: { types: ['1.2.3'] },
    } as const
    const profile = { subjectAlternativeName: { use: 'from-request', kinds } } as const
    expect(codes(ask(profile, names(generalName.ip('10.1.2.3'), generalName.uri('https://a.example/'))))).toEqual([])
    const bad = [
      generalName.ip('11.0.0.1'),
      generalName.ip('::1'),
      generalName.uri('http://a.example/'),
      generalName.userPrincipalName('a@b.example'),
    ]
    expect(new Set(codes(ask(profile, names(...bad))))).toEqual(new Set(['name-not-allowed']))
  })
})

describe('validity', () => {
  it.each([
    ['100 years', {}, '2126-01-01T00:00:00Z', 'validity-too-long'],
    ['more than the default', {}, '2028-01-01T00:00:00Z', 'validity-too-long'],
    [
      'any end when the profile alone decides',
      { validity: { default: 'P1Y', requester: 'nothing' } },
      '2026-12-01T00:00:00Z',
      'validity-not-allowed',
    ],
    [
      'more than the maximum',
      { validity: { default: 'P1Y', maximum: 'P2Y', requester: 'up-to-maximum' } },
      '2029-12-01T00:00:00Z',
      'validity-too-long',
    ],
  ] as const)('refuses %s', (_what, config, notAfter, code) => {
    expect(codes(ask(config, { notAfter: new Date(notAfter) }))).toEqual([code])
  })

  it('cuts an end within an hour of the limit, and keeps an earlier one', () => {
    const end = (notAfter: string) => fields(ask({}, { notAfter: new Date(notAfter) })).notAfter.toISOString()
    expect(end('2027-11-20T12:30:00Z')).toBe('2027-11-20T11:59:59.000Z')
    expect(end('2027-01-01T00:00:00Z')).toBe('2027-01-01T00:00:00.000Z')
  })

  it('has fixed dates, within those of the issuer', () => {
    const { notAfter } = fields(ask({ validity: { notAfter: '9999-12-31T23:59:59Z' } }))
    expect(notAfter).toEqual(issuer.notAfter)
  })

  it('gives the key a part of it', () => {
    const { extensions, notBefore, notAfter } = fields(ask({ privateKeyUsagePeriod: { percent: 50 } }))
    const period = decodeExtension(PrivateKeyUsagePeriod, extensions, extensionOid.privateKeyUsagePeriod)
    const half = notBefore.getTime() + Math.floor((notAfter.getTime() - notBefore.getTime()) / 2000) * 1000
    expect(period).toEqual({ notBefore, notAfter: new Date(half) })
  })
})

describe('override', () => {
  const override = {
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'], critical: true },
    validity: { notAfter: new Date('2029-01-01T00:00:00Z') },
  }
  const open = { override: ['extendedKeyUsage', 'validity', 'extensions', 'keyUsage'] } as const

  it('is for privileged requesters, as far as the profile lists it', () => {
    expect(codes(ask(open, { override }))).toEqual(['override-not-allowed', 'override-not-allowed'])
    expect(codes(ask({}, { override }, true))).toEqual(['override-not-allowed', 'override-not-allowed'])
    const { extensions, notAfter } = fields(ask(open, { override }, true))
    expect(notAfter).toEqual(override.validity.notAfter)
    expect(decodeExtension(ExtendedKeyUsage, extensions, extensionOid.extendedKeyUsage)).toEqual(['1.3.6.1.5.5.7.3.9'])
  })

  it.each([
    '2.5.29.35',
    '2.5.29.19',
    '2.5.29.31',
    '2.5.29.20',
    '1.2.840.113533.7.65.0',
    '2.5.29.24',
    '2.5.29.28',
    '2.16.840.1.113730.1.3',
    '2.5.29.21',
    '2.5.29.14',
  ])('never brings %s, which a request of anybody else is answered without', (extnID) => {
    const extension = { extnID, critical: false, extnValue: Uint8Array.of(0x30, 0) }
    expect(codes(ask(open, { override: { extensions: [extension] } }, true))).toEqual(['override-not-allowed'])
    const { extensions } = fields(ask({}, { extensions: [extension] }))
    expect(extensions).not.toContainEqual(extension)
  })

  it('makes nobody a CA', () => {
    expect(codes(ask(open, { override: { keyUsage: ['keyCertSign'] } }, true))).toEqual(['override-not-allowed'])
  })
})

describe('extensions of a request', () => {
  it('come once each, whether they are copied or left out', () => {
    const policies = { extnID: '2.5.29.32', critical: false, extnValue: Uint8Array.of(0x30, 6, 0x30, 4, 6, 2, 0x2a, 3) }
    const pass = { requestExtensions: { pass: ['2.5.29.32'] } }
    expect(fields(ask(pass, { extensions: [policies] })).extensions).toContainEqual(policies)
    expect(codes(ask(pass, { extensions: [policies, policies] }))).toEqual(['extension-duplicate'])
    expect(codes(ask({}, { extensions: [policies, policies] }))).toEqual(['extension-duplicate'])
  })
})

describe('raw extensions', () => {
  it.each([
    ['utf8', 'a', '0c0161'],
    ['ia5', 'a', '160161'],
    ['bit-string', '80', '03020780'],
    ['octet-string', '0102', '04020102'],
    ['oid-list', '1.2.3, 1.2.4', '300806022a0306022a04'],
    ['integer', '-1', '0201ff'],
    ['boolean', 'true', '0101ff'],
    ['der', '30 00', '3000'],
    ['null', undefined, '0500'],
  ] as const)('writes %s', (encoding, value, expected) => {
    const raw = { oid: '1.2.3.4', encoding, critical: true, ...(value === undefined ? {} : { value }) }
    const { extensions } = fields(ask({ extensions: [raw] }))
    const found = extensions.find(({ extnID }) => extnID === '1.2.3.4')
    expect([Buffer.from(found?.extnValue ?? []).toString('hex'), found?.critical]).toEqual([expected, true])
  })

  it('that are not mandatory come where the request asks for them, with the value of the profile', () => {
    const extensions = [{ oid: '1.2.3.4', encoding: 'null', mandatory: false }] as const
    expect(fields(ask({ extensions })).extensions.some(({ extnID }) => extnID === '1.2.3.4')).toBe(false)
    const wish = { extnID: '1.2.3.4', critical: false, extnValue: Uint8Array.of(0x0c, 0) }
    expect(fields(ask({ extensions }, { extensions: [wish] })).extensions).toContainEqual({
      ...wish,
      extnValue: Uint8Array.of(5, 0),
    })
  })
})
