import { describePublicKey } from '@certwright/core/algorithms'
import { utf8String } from '@certwright/core/asn1'
import { otherNameOid } from '@certwright/core/pkix'
import { catalogue, compileProfile, type Evaluation, evaluate, type ProfileRequest } from '@certwright/core/profile'
import {
  BasicConstraints,
  CertificationRequest,
  ExtendedKeyUsage,
  type Extension,
  extendedKeyUsageOid,
  extensionOid,
  KeyUsage,
  MsApplicationPolicies,
  parseName,
  requestedExtensions,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
} from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type keyArguments, opensslRequest } from '../support/openssl.js'

const now = new Date('2026-11-20T12:00:00Z')
const anybody = { privileged: false }
const issuer = {
  keyIdentifier: new Uint8Array(20).fill(7),
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2036-01-01T00:00:00Z'),
  urls: { crl: ['http://pki.test/crl.crl'], caIssuers: ['http://pki.test/ca.cer'] },
}

const profileOf = (id: string) => {
  const config = catalogue.get(id)
  if (config === undefined) throw new Error(`no profile ${id}`)
  return compileProfile(config)
}
const est = profileOf('est-digital-signature')

function read(der: Uint8Array): ProfileRequest {
  const info = CertificationRequest.decode(der).certificationRequestInfo.value
  return {
    subject: info.subject,
    extensions: requestedExtensions(info),
    key: describePublicKey(SubjectPublicKeyInfo.encode(info.subjectPKInfo)),
    keyIdentifier: new Uint8Array(20).fill(1),
  }
}

const p256 = read(opensslRequest('p256', '/CN=device-1'))
const asks = (...extensions: Extension[]): ProfileRequest => ({ ...p256, extensions })
const extension = (extnID: string, extnValue: Uint8Array, critical = false): Extension => ({
  extnID,
  critical,
  extnValue,
})
const dns = (...values: string[]) =>
  extension(
    extensionOid.subjectAltName,
    SubjectAlternativeName.encode(values.map((value) => ({ type: 'dNSName', value }))),
  )

const fieldsOf = (evaluation: Evaluation) => {
  if (!evaluation.ok) throw new Error(evaluation.violations.map(({ message }) => message).join())
  return evaluation.fields
}
const codesOf = (evaluation: Evaluation): string[] =>
  evaluation.ok ? [] : evaluation.violations.map(({ code }) => code)
const find = (evaluation: Evaluation, oid: string) =>
  fieldsOf(evaluation).extensions.find(({ extnID }) => extnID === oid)

describe('est-digital-signature', () => {
  it('writes what the reference lists and nothing else', () => {
    const { extensions, notBefore, notAfter } = fieldsOf(evaluate(est, p256, issuer, anybody, now))
    expect(extensions.map(({ extnID, critical }) => [extnID, critical])).toEqual([
      [extensionOid.basicConstraints, true],
      [extensionOid.keyUsage, true],
      [extensionOid.subjectKeyIdentifier, false],
      [extensionOid.authorityKeyIdentifier, false],
      [extensionOid.cRLDistributionPoints, false],
      [extensionOid.authorityInfoAccess, false],
    ])
    expect([notBefore.toISOString(), notAfter.toISOString()]).toEqual([
      '2026-11-20T11:55:00.000Z',
      '2027-11-20T11:59:59.000Z',
    ])
  })

  it('has keyUsage digitalSignature whatever the request asks for', () => {
    const wish = extension(extensionOid.keyUsage, KeyUsage.encode(new Set(['keyCertSign'])), true)
    const usage = find(evaluate(est, asks(wish), issuer, anybody, now), extensionOid.keyUsage)
    expect(usage && [...KeyUsage.decode(usage.extnValue)]).toEqual(['digitalSignature'])
  })

  it('takes extended key usage from the request, not critical', () => {
    const wish = extension(extensionOid.extendedKeyUsage, ExtendedKeyUsage.encode(['1.3.6.1.5.5.7.3.2']), true)
    expect(find(evaluate(est, asks(wish), issuer, anybody, now), extensionOid.extendedKeyUsage)).toEqual({
      ...wish,
      critical: false,
    })
  })

  it('copies the six listed extensions and drops others', () => {
    const listed = extension('1.3.6.1.4.1.311.20.2', Uint8Array.of(0x1e, 0x02, 0x00, 0x41))
    const other = extension('1.2.3.4', Uint8Array.of(0x05, 0x00))
    const { extensions } = fieldsOf(evaluate(est, asks(listed, other), issuer, anybody, now))
    expect(extensions).toContainEqual(listed)
    expect(extensions.some(({ extnID }) => extnID === other.extnID)).toBe(false)
  })

  it('makes the alternative name critical exactly when the subject is empty', () => {
    const names = dns('device-1.example')
    const named = find(evaluate(est, asks(names), issuer, anybody, now), extensionOid.subjectAltName)
    const nameless = find(
      evaluate(est, { ...asks(names), subject: [] }, issuer, anybody, now),
      extensionOid.subjectAltName,
    )
    expect([named?.critical, nameless?.critical]).toEqual([false, true])
  })

  it('never outlives or predates the issuer', () => {
    const young = { ...issuer, notBefore: new Date('2026-11-20T11:59:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') }
    const { notBefore, notAfter } = fieldsOf(evaluate(est, p256, young, anybody, now))
    expect([notBefore, notAfter]).toEqual([young.notBefore, young.notAfter])
    const ended = { ...issuer, notAfter: new Date('2026-11-20T11:00:00Z') }
    expect(codesOf(evaluate(est, p256, ended, anybody, now))).toEqual(['issuer-expired'])
  })

  it.each(['p256', 'p384', 'p521', 'rsa2048', 'rsa3072'] as const)('certifies %s', (key) => {
    expect(codesOf(evaluate(est, read(opensslRequest(key, '/CN=d')), issuer, anybody, now))).toEqual([])
  })

  it.each(['rsa1024', 'ed25519', 'ed448'] as const)('refuses %s', (key: keyof typeof keyArguments) => {
    expect(codesOf(evaluate(est, read(opensslRequest(key, '/CN=d')), issuer, anybody, now))).toEqual(['key-type'])
  })

  const table: readonly (readonly [string, ProfileRequest, string])[] = [
    [
      'the wish to be a CA',
      asks(extension(extensionOid.basicConstraints, BasicConstraints.encode({ cA: true }))),
      'ca-not-allowed',
    ],
    ['an unknown critical extension', asks(extension('1.2.3.4', Uint8Array.of(5, 0), true)), 'extension-critical'],
    ['an RSA exponent of 3', { ...p256, key: { family: 'rsa', bits: 2048, exponent: 3n } }, 'key-exponent'],
    ['an RSA key of 2047 bits', { ...p256, key: { family: 'rsa', bits: 2047, exponent: 65537n } }, 'key-type'],
    ['nothing to name', { ...p256, subject: [] }, 'subject-empty'],
    ['a control character', { ...p256, subject: parseName('CN=a\\00b') }, 'subject-value'],
    ['a bidirectional override', { ...p256, subject: parseName('CN=a\u202Eb') }, 'subject-value'],
    ['a common name of 65 characters', { ...p256, subject: parseName(`CN=${'a'.repeat(65)}`) }, 'subject-value'],
    ['a country of three letters', { ...p256, subject: parseName('C=DEU') }, 'subject-value'],
    ['a host name with a space', asks(dns('a b')), 'name-value'],
    ['a wildcard inside', asks(dns('a.*.example')), 'name-value'],
    ['a wildcard over a top-level domain', asks(dns('*.example')), 'name-value'],
    ['101 names', asks(dns(...Array.from({ length: 101 }, (_, i) => `h${i}.example`))), 'name-count'],
    [
      'no names in the extension',
      asks(extension(extensionOid.subjectAltName, Uint8Array.of(0x30, 0))),
      'extension-malformed',
    ],
    [
      'garbage as alternative name',
      asks(extension(extensionOid.subjectAltName, Uint8Array.of(1, 2, 3))),
      'extension-malformed',
    ],
    ['garbage as purposes', asks(extension(extensionOid.extendedKeyUsage, Uint8Array.of(4, 0))), 'extension-malformed'],
    ['garbage as policies', asks(extension('2.5.29.32', Uint8Array.of(4, 0))), 'extension-malformed'],
  ]
  it.each(table)('refuses %s', (_what, request, code) => {
    expect(codesOf(evaluate(est, request, issuer, anybody, now))).toContain(code)
  })

  it.each([
    ['OCSPSigning', extendedKeyUsageOid.ocspSigning],
    ['any purpose', extendedKeyUsageOid.anyExtendedKeyUsage],
    ['any application policy', extendedKeyUsageOid.msAnyApplicationPolicy],
    ['timeStamping', extendedKeyUsageOid.timeStamping],
    ['cmcRA, by which clients know an EST server (RFC 7030 section 3.6.1)', extendedKeyUsageOid.cmcRA],
    ['cmcCA', extendedKeyUsageOid.cmcCA],
    ['cmKGA', extendedKeyUsageOid.cmKGA],
    ['the purpose of those who enroll for others', extendedKeyUsageOid.msEnrollmentAgent],
  ])('refuses a request for %s, as a purpose and as an application policy', (_, oid) => {
    const policies = MsApplicationPolicies.encode([{ policyIdentifier: oid }])
    for (const wish of [
      extension(extensionOid.extendedKeyUsage, ExtendedKeyUsage.encode([oid])),
      extension(extensionOid.msApplicationPolicies, policies),
    ]) {
      expect(codesOf(evaluate(est, asks(wish), issuer, anybody, now))).toEqual(['purpose-not-allowed'])
    }
  })

  it.each([
    ['a number as user principal name', otherNameOid.userPrincipalName, Uint8Array.of(2, 1, 5)],
    ['a control character in one', otherNameOid.userPrincipalName, utf8String.encode('admin@corp\0.example')],
    ['a text that runs backwards', otherNameOid.xmppAddr, utf8String.encode('\u202Enimda@corp.example')],
    ['a GUID of another length', otherNameOid.ntdsObjectGuid, Uint8Array.of(4, 1, 0)],
  ])('refuses %s', (_, typeId, value) => {
    const names = SubjectAlternativeName.encode([{ type: 'otherName', value: { typeId, value } }])
    const evaluation = evaluate(est, asks(extension(extensionOid.subjectAltName, names)), issuer, anybody, now)
    expect(codesOf(evaluation)).toEqual(['name-value'])
  })

  it('certifies otherNames that are what they say, and those of unknown types', () => {
    const names = SubjectAlternativeName.encode([
      { type: 'otherName', value: { typeId: otherNameOid.userPrincipalName, value: utf8String.encode('a@corp') } },
      { type: 'otherName', value: { typeId: '1.2.3.4', value: Uint8Array.of(2, 1, 5) } },
    ])
    expect(codesOf(evaluate(est, asks(extension(extensionOid.subjectAltName, names)), issuer, anybody, now))).toEqual(
      [],
    )
  })

  it('names every violation in one answer', () => {
    const wishes = asks(
      extension(extensionOid.basicConstraints, BasicConstraints.encode({ cA: true })),
      extension('1.2.3.4', Uint8Array.of(5, 0), true),
      dns('a b'),
    )
    const evaluation = evaluate(est, { ...wishes, key: { family: 'ed25519', bits: 255 } }, issuer, anybody, now)
    expect(codesOf(evaluation).sort()).toEqual(['ca-not-allowed', 'extension-critical', 'key-type', 'name-value'])
  })

  it('returns nothing its profile forbids, whatever is asked (property)', () => {
    const wishes = fc.array(
      fc.record({
        extnID: fc.constantFrom(...Object.values(extensionOid), '1.2.3.4'),
        critical: fc.boolean(),
        extnValue: fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          fc.constantFrom(
            BasicConstraints.encode({ cA: true }),
            KeyUsage.encode(new Set(['keyCertSign', 'cRLSign'])),
            ExtendedKeyUsage.encode(['1.3.6.1.5.5.7.3.1']),
            dns('host.example').extnValue,
          ),
        ),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(wishes, (extensions) => {
        const evaluation = evaluate(est, { ...p256, extensions }, issuer, anybody, now)
        if (!evaluation.ok) return
        const value = (oid: string) => find(evaluation, oid)?.extnValue ?? new Uint8Array()
        expect(BasicConstraints.decode(value(extensionOid.basicConstraints)).cA).toBe(false)
        expect([...KeyUsage.decode(value(extensionOid.keyUsage))]).toEqual(['digitalSignature'])
        const oids = evaluation.fields.extensions.map(({ extnID }) => extnID)
        expect(new Set(oids).size).toBe(oids.length)
      }),
    )
  })
})
