import { describePublicKey } from '@certwright/core/algorithms'
import {
  catalogue,
  compileProfile,
  defineProfile,
  evaluate,
  explain,
  type ProfileInput,
  profileJsonSchema,
  profileRequest,
  profileVariables,
  type TemplateVariables,
} from '@certwright/core/profile'
import { CertificationRequest, formatName, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'

const common = {
  kind: 'end-entity',
  validity: { default: 'P1Y' },
  keys: { allowed: ['ecdsa-p256'] },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
} as const

const server = defineProfile({
  ...common,
  id: 'my-server',
  subject: { empty: 'allowed' },
  subjectAlternativeName: { use: 'required', kinds: { dNSName: { required: true }, iPAddress: {} } },
})

const person = defineProfile({
  ...common,
  id: 'my-person',
  validity: { default: 'P1Y', requester: 'nothing' },
  subject: {
    empty: 'refused',
    builder: { type: 'template', template: 'CN=<First Name> <Last Name>,O=Acme' },
    variables: [{ name: 'First Name', description: 'as in the passport', required: true }],
  },
  subjectAlternativeName: { use: 'never' },
})

const device = defineProfile({
  ...common,
  id: 'my-device',
  subject: {
    empty: 'refused',
    attributes: {
      serialNumber: { required: true, pattern: '[0-9]{4}' },
      O: { source: 'fixed', value: 'Acme' },
      CN: {},
    },
    others: 'refused',
  },
  subjectAlternativeName: { use: 'never' },
  extendedKeyUsage: { request: 'allowed', required: true },
})

const key = (() => {
  const info = CertificationRequest.decode(opensslRequest('p256', '/CN=x')).certificationRequestInfo.value
  return { key: describePublicKey(SubjectPublicKeyInfo.encode(info.subjectPKInfo)), keyIdentifier: new Uint8Array(20) }
})()
const now = new Date('2026-11-20T12:00:00Z')
const issuer = {
  keyIdentifier: new Uint8Array(20),
  notBefore: new Date(0),
  notAfter: new Date('2040-01-01T00:00:00Z'),
  urls: {},
}
const anybody = { privileged: false }

describe('defineProfile', () => {
  it('makes a missing alternative name a compile error', () => {
    expectTypeOf<ProfileInput<typeof server>['names']>().toExtend<{ readonly dNSName: unknown }>()
    // @ts-expect-error names are required
    profileRequest(server, {})
    // @ts-expect-error a dNSName is required
    profileRequest(server, { names: { iPAddress: '192.0.2.1' } })
    // @ts-expect-error the kind is not allowed
    expect(() => profileRequest(server, { names: { dNSName: 'a.example', rfc822Name: 'no mailbox' } })).toThrow()
    const request = { ...key, ...profileRequest(server, { names: { dNSName: 'bücher.example' } }) }
    expect(evaluate(compileProfile(server), request, issuer, anybody, now).ok).toBe(true)
  })

  it('knows the variables of a template', () => {
    expectTypeOf<TemplateVariables<'CN=<First Name> <Last Name>,UID=<id>'>>().toEqualTypeOf<
      'First Name' | 'Last Name' | 'id'
    >()
    // @ts-expect-error a variable is missing
    profileRequest(person, { variables: { 'First Name': 'Ada' } })
    // @ts-expect-error there are no alternative names
    profileRequest(person, { variables: { 'First Name': 'A', 'Last Name': 'B' }, names: { dNSName: 'a.example' } })
    // @ts-expect-error the requester does not decide the end
    profileRequest(person, { variables: { 'First Name': 'A', 'Last Name': 'B' }, notAfter: new Date(0) })
    const parts = profileRequest(person, { variables: { 'First Name': 'Ada', 'Last Name': 'Lovelace, O=Evil' } })
    const evaluation = evaluate(compileProfile(person), { ...key, ...parts }, issuer, anybody, now)
    expect(evaluation.ok && formatName(evaluation.fields.subject)).toBe('CN=Ada Lovelace\\, O=Evil,O=Acme')
  })

  it('knows required, fixed and refused attributes, and purposes', () => {
    // @ts-expect-error serialNumber is required
    profileRequest(device, { subject: { CN: 'x' }, purposes: ['1.3.6.1.5.5.7.3.2'] })
    // @ts-expect-error a purpose is required
    profileRequest(device, { subject: { serialNumber: '0815' } })
    // @ts-expect-error O is fixed
    profileRequest(device, { subject: { serialNumber: '0815', O: 'Evil' }, purposes: ['1.3.6.1.5.5.7.3.2'] })
    const parts = profileRequest(device, { subject: { serialNumber: '0815' }, purposes: ['1.3.6.1.5.5.7.3.2'] })
    const evaluation = evaluate(compileProfile(device), { ...key, ...parts }, issuer, anybody, now)
    expect(evaluation.ok && formatName(evaluation.fields.subject)).toBe('O=Acme,SERIALNUMBER=0815')
  })
})

describe('profileVariables', () => {
  it('lists what a client fills in', () => {
    expect(profileVariables(compileProfile(person))).toEqual([
      { in: 'variables', name: 'First Name', required: true, description: 'as in the passport' },
      { in: 'variables', name: 'Last Name', required: true },
    ])
    expect(profileVariables(compileProfile(device))).toEqual([
      { in: 'subject', name: 'serialNumber', required: true, pattern: '[0-9]{4}' },
      { in: 'subject', name: 'CN', required: false },
    ])
    expect(profileVariables(compileProfile(server))).toEqual([
      { in: 'subjectAltName', name: 'dNSName', required: true },
      { in: 'subjectAltName', name: 'iPAddress', required: false },
    ])
  })
})

describe('explain', () => {
  it('says in words what a profile issues', () => {
    expect(explain(compileProfile(device))).toBe(
      [
        'my-device: certificates of end entities.',
        'It issues certificates of end entities.',
        'A certificate is valid for P1Y, never beyond the certificate of its issuer.',
        'The requester may ask for an earlier end.',
        'Keys are ecdsa-p256.',
        'Keys known to be weak: block; keys of CAs: block.',
        'The subject comes from the request and must not be empty.',
        'Attribute serialNumber: as requested, required, at most 1, of the form [0-9]{4}.',
        'Attribute O: always "Acme", at most 1.',
        'Attribute CN: as requested, at most 1.',
        'Other attributes are refused.',
        'There are no alternative names.',
        'Key usage: digitalSignature.',
        'Extended key usage: none; the request may add others.',
        'CRL distribution points: if-published; authority information access: if-published.',
        'From the request it copies no further extensions; others are left out, or refused when critical.',
      ].join('\n'),
    )
  })

  it.each([...catalogue.values()])('has words for $id', (config) => {
    expect(explain(compileProfile(config))).not.toMatch(/undefined|\[object/)
  })
})

describe('profileJsonSchema', () => {
  it('is JSON and names every setting with its bounds', () => {
    const schema = JSON.parse(JSON.stringify(profileJsonSchema)) as {
      properties: Record<string, unknown>
      required: string[]
    }
    expect(schema.required.toSorted()).toEqual([
      'basicConstraints',
      'id',
      'keyUsage',
      'keys',
      'kind',
      'subject',
      'subjectAlternativeName',
      'validity',
    ])
    const used = new Set([...catalogue.values()].flatMap(Object.keys))
    expect([...used].filter((field) => !(field in schema.properties))).toEqual([])
  })
})
