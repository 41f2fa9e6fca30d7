import {
  type AnyProfileConfig,
  catalogue,
  compileProfile,
  type ProfileConfig,
  ProfileConfigError,
  resolveProfileConfig,
} from '@certwright/core/profile'
import { describe, expect, it } from 'vitest'

const good: ProfileConfig = {
  id: 'good-profile',
  kind: 'end-entity',
  validity: { default: 'P1Y' },
  keys: { allowed: ['ecdsa-p256'] },
  subject: { empty: 'refused' },
  subjectAlternativeName: { use: 'from-request' },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
}
const ca: Partial<ProfileConfig> = { kind: 'intermediate', basicConstraints: { cA: true }, keyUsage: ['keyCertSign'] }

const faultsOf = (config: unknown): readonly string[] => {
  try {
    compileProfile(config as ProfileConfig)
  } catch (error) {
    if (error instanceof ProfileConfigError) return error.faults.map(({ path }) => path)
    throw error
  }
  return []
}

/** What is unsafe, contradictory or unused, and where it is told. */
const table: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['an unknown setting', { keyusage: [] }, 'keyusage'],
  ['a setting of the wrong type', { keyUsage: 'digitalSignature' }, 'keyUsage'],
  ['a setting that is missing', { keys: undefined }, 'keys'],
  ['100 years', { validity: { default: 'P100Y' } }, 'validity.default'],
  ['no length at all', { validity: {} }, 'validity'],
  ['a maximum that nobody may ask for', { validity: { default: 'P1Y', maximum: 'P2Y' } }, 'validity.maximum'],
  [
    'a maximum below the default',
    { validity: { default: 'P1Y', maximum: 'P1M', requester: 'up-to-maximum' } },
    'validity.maximum',
  ],
  [
    'a length beside a fixed end',
    { validity: { default: 'P1Y', notAfter: '2030-01-01T00:00:00Z' } },
    'validity.default',
  ],
  [
    'backdating a fixed beginning',
    { validity: { default: 'P1Y', notBefore: '2026-01-01T00:00:00Z', backdate: 'PT1H' } },
    'validity.backdate',
  ],
  [
    'an end before the beginning',
    { validity: { notBefore: '2027-01-01T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' } },
    'validity.notAfter',
  ],
  ['a date that does not exist', { validity: { notAfter: '2026-02-30T00:00:00Z' } }, 'validity.notAfter'],
  [
    'a size for keys that are not allowed',
    { keys: { allowed: ['ecdsa-p256'], minimumSizes: { mode: 'block', rsa: 2048 } } },
    'keys.minimumSizes.rsa',
  ],
  ['a usage that the keys cannot have', { keyUsage: ['keyEncipherment'] }, 'keyUsage'],
  ['a usage for keys that are not allowed', { keyUsageByFamily: { rsa: ['keyEncipherment'] } }, 'keyUsageByFamily.rsa'],
  ['post-quantum keys with classical usages', { keys: { allowed: ['ml-kem-768'] } }, 'keyUsage'],
  ['OCSPSigning for an end entity', { extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.9'] } }, 'extendedKeyUsage.always'],
  [
    'timeStamping for an end entity',
    { extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.8'] } },
    'extendedKeyUsage.always',
  ],
  ['a timestamp authority without its purpose', { kind: 'tsa' }, 'extendedKeyUsage.always'],
  [
    'any purpose from requests',
    { extendedKeyUsage: { request: 'allowed', allowed: ['2.5.29.37.0'] } },
    'extendedKeyUsage.allowed',
  ],
  [
    'purposes that a request may not add',
    { extendedKeyUsage: { allowed: ['1.3.6.1.5.5.7.3.2'] } },
    'extendedKeyUsage.allowed',
  ],
  ['a required purpose that cannot come', { extendedKeyUsage: { required: true } }, 'extendedKeyUsage.required'],
  [
    'name constraints of an end entity',
    { nameConstraints: { permitted: { dNSName: ['a.example'] } } },
    'nameConstraints',
  ],
  ['empty name constraints', { ...ca, nameConstraints: { permitted: {} } }, 'nameConstraints'],
  [
    'a range that is none',
    { ...ca, nameConstraints: { excluded: { iPAddress: ['10.0.0.1'] } } },
    'nameConstraints.excluded.iPAddress.0',
  ],
  ['empty policy constraints', { ...ca, policyConstraints: {} }, 'policyConstraints'],
  ['a CA without basicConstraints', { ...ca, suppress: ['basicConstraints'] }, 'suppress'],
  ['an empty subject of a CA', { ...ca, subject: { empty: 'allowed' } }, 'subject.empty'],
  ['a key of a CA in a PKCS #12 file', { ...ca, p12: { keyType: 'ecdsa-p256' } }, 'p12'],
  ['a server key that is not certified', { p12: { keyType: 'rsa-2048' } }, 'p12.keyType'],
  ['CAA of a CA', { ...ca, caa: 'required' }, 'caa'],
  ['logs for a CA', { ...ca, transparency: 'required' }, 'transparency'],
  ['logs for what is poisoned', { transparency: 'required', ctPoison: true }, 'transparency'],
  [
    'logs for what has timestamps',
    {
      transparency: 'required',
      extensions: [{ oid: '1.3.6.1.4.1.11129.2.4.2', encoding: 'der', value: '0400' }],
    },
    'transparency',
  ],
  ['no check of what is no responder', { ocspNoCheck: true }, 'ocspNoCheck'],
  ['rules for a fixed subject', { subject: { empty: 'refused', fixed: 'CN=a', others: 'dropped' } }, 'subject.others'],
  ['a subject that is no name', { subject: { empty: 'refused', fixed: 'CN' } }, 'subject.fixed'],
  [
    'an attribute of no type',
    { subject: { empty: 'refused', attributes: { Nonsense: {} } } },
    'subject.attributes.Nonsense',
  ],
  [
    'an attribute twice',
    { subject: { empty: 'refused', attributes: { CN: {}, commonName: {} } } },
    'subject.attributes.commonName',
  ],
  [
    'a fixed attribute without a value',
    { subject: { empty: 'refused', attributes: { O: { source: 'fixed' } } } },
    'subject.attributes.O.value',
  ],
  [
    'a value beside the request',
    { subject: { empty: 'refused', attributes: { O: { value: 'a' } } } },
    'subject.attributes.O.value',
  ],
  [
    'a default that its pattern refuses',
    { subject: { empty: 'refused', attributes: { O: { source: 'default', value: 'a', pattern: 'b' } } } },
    'subject.attributes.O.value',
  ],
  [
    'a pattern that is none by itself, and would let through what only begins like it',
    { subject: { empty: 'refused', attributes: { O: { pattern: 'a)|(?:b' } } } },
    'subject.attributes.O.pattern',
  ],
  [
    'a pattern that takes for ever',
    { subject: { empty: 'refused', attributes: { O: { pattern: '(a+)+' } } } },
    'subject.attributes.O.pattern',
  ],
  [
    'a choice that is repeated',
    { subject: { empty: 'refused', attributes: { O: { pattern: '(a|a)*' } } } },
    'subject.attributes.O.pattern',
  ],
  [
    'a reference back',
    { subject: { empty: 'refused', attributes: { O: { pattern: '(a)\\1' } } } },
    'subject.attributes.O.pattern',
  ],
  [
    'a pattern that is none',
    { subject: { empty: 'refused', attributes: { O: { pattern: '(' } } } },
    'subject.attributes.O.pattern',
  ],
  [
    'a template without variables',
    { subject: { empty: 'refused', builder: { type: 'template', template: 'CN=a' } } },
    'subject.builder.template',
  ],
  [
    'a variable that no template has',
    { subject: { empty: 'refused', builder: { type: 'template', template: 'CN=<a>' }, variables: [{ name: 'b' }] } },
    'subject.variables.0.name',
  ],
  [
    'variables without a builder',
    { subject: { empty: 'refused', variables: [{ name: 'b' }] } },
    'subject.variables.0.name',
  ],
  ['a builder of no type', { subject: { empty: 'refused', builder: { type: 'magic' } } }, 'subject.builder.type'],
  [
    'rules for names that are never there',
    { subjectAlternativeName: { use: 'never', max: 3 } },
    'subjectAlternativeName.max',
  ],
  ['kinds without one', { subjectAlternativeName: { use: 'required', kinds: {} } }, 'subjectAlternativeName.kinds'],
  [
    'a wildcard address',
    { subjectAlternativeName: { use: 'required', kinds: { iPAddress: { wildcard: 'refused' } } } },
    'subjectAlternativeName.kinds.iPAddress.wildcard',
  ],
  [
    'filling a kind that is refused',
    { subjectAlternativeName: { use: 'required', kinds: { iPAddress: {} }, fillFromCommonName: true } },
    'subjectAlternativeName.fillFromCommonName',
  ],
  [
    'a raw extension with a setting of its own',
    { extensions: [{ oid: '2.5.29.19', encoding: 'der', value: '3000' }] },
    'extensions.0.oid',
  ],
  [
    'a raw extension twice',
    {
      extensions: [
        { oid: '1.2.3', encoding: 'null' },
        { oid: '1.2.3', encoding: 'utf8', value: 'a' },
      ],
    },
    'extensions.1.oid',
  ],
  [
    'a raw value that is no DER',
    { extensions: [{ oid: '1.2.3', encoding: 'der', value: '3001' }] },
    'extensions.0.value',
  ],
  ['a raw value without one', { extensions: [{ oid: '1.2.3', encoding: 'utf8' }] }, 'extensions.0.value'],
  [
    'passing what is refused',
    { requestExtensions: { pass: ['1.2.3'], refuse: ['1.2.3'] } },
    'requestExtensions.pass.0',
  ],
  [
    'passing what the profile writes',
    { tlsFeature: [5], requestExtensions: { pass: ['1.3.6.1.5.5.7.1.24'] } },
    'requestExtensions.pass.0',
  ],
  ['passing name constraints', { requestExtensions: { pass: ['2.5.29.30'] } }, 'requestExtensions.pass.0'],
  [
    'URLs that are never written',
    { crlDistributionPoints: { use: 'never', urls: ['http://a.example/'] } },
    'crlDistributionPoints.urls',
  ],
  [
    'a URL of another scheme',
    { crlDistributionPoints: { use: 'required', urls: ['file:///etc/passwd'] } },
    'crlDistributionPoints.urls.0',
  ],
  [
    'a root that points at CRLs',
    { ...ca, kind: 'root', crlDistributionPoints: { use: 'required' } },
    'crlDistributionPoints.use',
  ],
]

describe('compileProfile refuses', () => {
  it('nothing of a good profile', () => expect(faultsOf(good)).toEqual([]))

  it.each(table)('%s', (_what, change, path) => {
    expect(faultsOf({ ...good, ...change })).toContain(path)
  })

  it.each([null, 1, 'x', [], {}].map((value) => [value]))('%j, which is no config', (value) => {
    expect(() => compileProfile(value as unknown as ProfileConfig)).toThrow()
  })

  it('the draft of the guide, with all of its faults at once', () => {
    const faults = faultsOf({
      ...good,
      validity: { default: 'P90D', maximum: 'P180D' },
      keys: { allowed: ['ecdsa-p256', 'rsa-3072'] },
      subject: { empty: 'allowed', attributes: { CN: { required: true } } },
      subjectAlternativeName: {
        use: 'required',
        kinds: { iPAddress: { wildcard: 'refused' } },
        fillFromCommonName: true,
      },
      keyUsage: ['digitalSignature', 'keyEncipherment'],
    })
    expect(faults).toEqual([
      'validity.maximum',
      'subject.attributes.CN.required',
      'subjectAlternativeName.kinds.iPAddress.wildcard',
      'subjectAlternativeName.fillFromCommonName',
      'keyUsage',
    ])
  })
})

describe('extends', () => {
  const find =
    (...configs: AnyProfileConfig[]) =>
    (id: string) =>
      configs.find((config) => config.id === id)

  it('lays settings over those of the profile below, field by field', () => {
    const middle = {
      id: 'middle-one',
      extends: 'good-profile',
      validity: { backdate: 'PT1H' },
      extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.1'] },
    }
    const top = {
      id: 'top-most',
      extends: 'middle-one',
      extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.2'] },
      subject: { attributes: { CN: { required: true } } },
    }
    expect(resolveProfileConfig(top, find(good, middle))).toEqual({
      ...good,
      id: 'top-most',
      validity: { default: 'P1Y', backdate: 'PT1H' },
      extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.2'] },
      subject: { empty: 'refused', attributes: { CN: { required: true } } },
    })
    const without = resolveProfileConfig(
      { id: 'without', extends: 'middle-one', extendedKeyUsage: null },
      find(good, middle),
    )
    expect(without).not.toHaveProperty('extendedKeyUsage')
  })

  it('refuses circles, and profiles that are not there', () => {
    const one = { id: 'one-profile', extends: 'two-profile' }
    const two = { id: 'two-profile', extends: 'one-profile' }
    expect(() => resolveProfileConfig(one, find(one, two))).toThrow('one-profile -> two-profile -> one-profile')
    expect(() => compileProfile(one)).toThrow('there is no such profile')
    expect(
      compileProfile({ id: 'my-server', extends: 'privatessl-tls-server' }, { extends: (id) => catalogue.get(id) }).id,
    ).toBe('my-server')
  })
})
