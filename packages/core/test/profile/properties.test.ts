import { keyTypes } from '@certwright/core/algorithms'
import type { GeneralName } from '@certwright/core/pkix'
import { catalogue, compileProfile, evaluate, type ProfileRequest } from '@certwright/core/profile'
import {
  attributeOid,
  BasicConstraints,
  decodeExtension,
  ExtendedKeyUsage,
  encodeAttributeText,
  extensionOid,
  KeyUsage,
  type Name,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const now = new Date('2026-11-20T12:00:00Z')
const issuer = {
  keyIdentifier: new Uint8Array(20).fill(7),
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2031-01-01T00:00:00Z'),
  urls: { crl: ['http://pki.test/c.crl'], ocsp: ['http://pki.test/ocsp'] },
}

const strict = compileProfile({
  id: 'strict-mixture',
  kind: 'end-entity',
  validity: { default: 'P90D', maximum: 'P180D', requester: 'up-to-maximum' },
  keys: { allowed: ['ecdsa-p256', 'rsa-3072', 'ml-dsa-65'], minimumSizes: { mode: 'block', rsa: 3072 } },
  subject: {
    empty: 'allowed',
    attributes: { CN: { pattern: '[a-z0-9.]{1,20}' }, O: { source: 'fixed', value: 'Acme' } },
    others: 'dropped',
  },
  subjectAlternativeName: {
    use: 'required',
    kinds: {
      dNSName: { max: 3, wildcard: 'refused', pattern: '[a-z0-9.-]*\\.example' },
      iPAddress: { ranges: ['10.0.0.0/8'] },
    },
    max: 5,
  },
  basicConstraints: { cA: false },
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: { request: 'allowed', allowed: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] },
})
const profiles = [strict, ...[...catalogue.values()].map((config) => compileProfile(config))]

const text = fc.oneof(
  fc.constantFrom('a.example', 'b', 'DE', '*.c.example', 'x\u202ey', '', '10.0.0.1'),
  fc.string({ maxLength: 70 }),
)
const attribute = fc.record({
  type: fc.constantFrom(...Object.values(attributeOid), '1.3.6.1.4.1.37244.2.1', '1.2.3.4'),
  value: fc.oneof(
    text.map((value) => encodeAttributeText('utf8', value)),
    fc.constant(Uint8Array.of(5, 0)),
  ),
})
const ascii = fc.oneof(
  fc.constantFrom('a.example', '*.b.example', 'xn--80ak6aa92e.com', 'a@b.example', 'http://a.example/', '..', ''),
  fc.string({ maxLength: 40 }).map((value) => value.replaceAll(/[^ -~]/g, 'z')),
)
const name: fc.Arbitrary<GeneralName> = fc.oneof(
  ascii.map((value) => ({ type: 'dNSName' as const, value })),
  ascii.map((value) => ({ type: 'rfc822Name' as const, value })),
  ascii.map((value) => ({ type: 'uniformResourceIdentifier' as const, value })),
  fc
    .oneof(fc.constant(Uint8Array.of(10, 1, 2, 3)), fc.uint8Array({ maxLength: 17 }))
    .map((value) => ({ type: 'iPAddress' as const, value })),
  fc
    .array(fc.array(attribute, { minLength: 1, maxLength: 2 }), { maxLength: 2 })
    .map((value) => ({ type: 'directoryName' as const, value })),
)
const names = fc.array(name, { maxLength: 8 })
const purposes = fc.uniqueArray(
  fc.constantFrom('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.9', '2.5.29.37.0'),
  { minLength: 1 },
)
const extnValue = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.constantFrom(BasicConstraints.encode({ cA: true }), KeyUsage.encode(new Set(['keyCertSign'] as const))),
  purposes.map((oids) => ExtendedKeyUsage.encode(oids)),
  fc.array(name, { minLength: 1, maxLength: 8 }).map((list) => SubjectAlternativeName.encode(list)),
)
const extension = fc.record({
  extnID: fc.constantFrom(...Object.values(extensionOid), '1.2.3.4', '1.2.840.113533.7.65.0', '2.16.840.1.113730.1.3'),
  critical: fc.boolean(),
  extnValue,
})
const well = fc.oneof(
  purposes.map((oids) => ({
    extnID: extensionOid.extendedKeyUsage,
    critical: false,
    extnValue: ExtendedKeyUsage.encode(oids),
  })),
  fc.array(name, { minLength: 1, maxLength: 8 }).map((list) => ({
    extnID: extensionOid.subjectAltName,
    critical: false,
    extnValue: SubjectAlternativeName.encode(list),
  })),
)
const moments = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2200-01-01T00:00:00Z'),
  noInvalidDate: false,
})
/** Mostly what a profile lets pass, so that many requests go through; now and then anything. */
const mostly = <T>(good: fc.Arbitrary<T>, wild: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: wild })
const commonName = { type: attributeOid.commonName, value: encodeAttributeText('utf8', 'a.example') }
const goodNames: readonly GeneralName[] = [
  { type: 'dNSName', value: 'a.example' },
  { type: 'iPAddress', value: Uint8Array.of(10, 1, 2, 3) },
]
const override = fc.record(
  {
    keyUsage: fc.constantFrom(['keyCertSign' as const], ['keyAgreement' as const]),
    extendedKeyUsage: fc.constant({ purposes: ['1.3.6.1.5.5.7.3.9'] }),
    validity: fc.record({ notAfter: moments }),
    extensions: fc.array(extension, { maxLength: 3 }),
  },
  { requiredKeys: [] },
)
const keys = keyTypes.map(({ type, family, bits }) => ({
  family,
  bits,
  ...(/^(ml|slh)-/.test(type) ? { parameterSet: type as 'ml-dsa-65' } : {}),
}))
const request: fc.Arbitrary<ProfileRequest> = fc
  .record({
    subject: mostly<Name>(
      fc.constant([[commonName]]),
      fc.array(fc.array(attribute, { minLength: 1, maxLength: 2 }), { maxLength: 4 }),
    ),
    extensions: mostly(fc.array(well, { maxLength: 1 }), fc.array(extension, { maxLength: 8 })),
    key: mostly<ProfileRequest['key']>(fc.constant({ family: 'ecdsa' as const, bits: 256 }), fc.constantFrom(...keys)),
    keyIdentifier: fc.constant(new Uint8Array(20)),
    names: mostly<readonly GeneralName[] | undefined>(fc.constantFrom(goodNames, undefined), names),
    notAfter: mostly<Date | undefined>(fc.constantFrom(undefined, new Date('2026-12-20T00:00:00Z')), moments),
    override: mostly(fc.constant({}), override),
  })
  .map(({ names: given, notAfter, ...rest }) => ({
    ...rest,
    ...(given === undefined ? {} : { names: given }),
    ...(notAfter === undefined ? {} : { notAfter }),
  }))

const never = ['2.5.29.20', '2.5.29.21', '2.5.29.24', '2.5.29.28', '1.2.840.113533.7.65.0', '2.16.840.1.113730.1.3']
const reserved = ['1.3.6.1.5.5.7.3.9', '2.5.29.37.0']

describe('evaluate, whatever is asked', () => {
  it('never returns what the profile forbids, and tells all else as violations', () => {
    let issued = 0
    fc.assert(
      fc.property(fc.constantFrom(strict, ...profiles), request, fc.boolean(), (profile, wish, privileged) => {
        const evaluation = evaluate(profile, wish, issuer, { privileged }, now)
        if (!evaluation.ok) {
          expect(evaluation.violations.length).toBeGreaterThan(0)
          for (const { message, fix } of evaluation.violations) expect([message, fix]).not.toContain('')
          return
        }
        issued += 1
        const { config } = profile
        const { extensions, notBefore, notAfter } = evaluation.fields
        const oids = extensions.map(({ extnID }) => extnID)
        expect(new Set(oids).size).toBe(oids.length)
        expect(oids.filter((oid) => never.includes(oid))).toEqual([])
        expect(notBefore >= issuer.notBefore && notAfter <= issuer.notAfter && notAfter > notBefore).toBe(true)
        expect(decodeExtension(BasicConstraints, extensions, extensionOid.basicConstraints)).toEqual(
          config.basicConstraints,
        )
        const usage = [...(decodeExtension(KeyUsage, extensions, extensionOid.keyUsage) ?? [])]
        expect(usage.includes('keyCertSign')).toBe(config.basicConstraints.cA)
        const found = decodeExtension(ExtendedKeyUsage, extensions, extensionOid.extendedKeyUsage) ?? []
        const mayHave = privileged && wish.override?.extendedKeyUsage !== undefined
        if (!mayHave)
          expect(
            found.filter((oid) => reserved.includes(oid) && !config.extendedKeyUsage?.always?.includes(oid)),
          ).toEqual([])
        if (!privileged) expect(wish.override === undefined || Object.keys(wish.override).length === 0).toBe(true)
      }),
      { numRuns: 1500 },
    )
    expect(issued).toBeGreaterThan(20)
  })

  it('keeps each rule of a strict profile', () => {
    fc.assert(
      fc.property(request, (wish) => {
        const evaluation = evaluate(strict, wish, issuer, { privileged: true }, now)
        if (!evaluation.ok) return
        const { subject, extensions, notAfter } = evaluation.fields
        const list = decodeExtension(SubjectAlternativeName, extensions, extensionOid.subjectAltName) ?? []
        expect(list.length >= 1 && list.length <= 5).toBe(true)
        for (const entry of list) {
          if (entry.type === 'dNSName') expect(entry.value).toMatch(/^[a-z0-9.-]*\.example$/)
          else expect(entry).toMatchObject({ type: 'iPAddress', value: { 0: 10, length: 4 } })
        }
        expect(
          subject
            .flat()
            .every(({ type }) => type === attributeOid.commonName || type === attributeOid.organizationName),
        ).toBe(true)
        expect(notAfter <= new Date('2027-05-19T13:00:00Z')).toBe(true)
        const found = decodeExtension(ExtendedKeyUsage, extensions, extensionOid.extendedKeyUsage) ?? []
        expect(found.every((oid) => /^1\.3\.6\.1\.5\.5\.7\.3\.[12]$/.test(oid))).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })
})
