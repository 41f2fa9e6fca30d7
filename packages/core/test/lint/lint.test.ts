import { fromHex } from '@certwright/core/asn1'
import { lint, lintRules } from '@certwright/core/lint'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  KeyUsage,
  parseName,
  type TBSCertificate,
} from '@certwright/core/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const tbsOf = (der: Uint8Array): TBSCertificate => Certificate.decode(der).tbsCertificate.value

let leaf: TBSCertificate
let issuing: TBSCertificate
let root: TBSCertificate
let weakKey: TBSCertificate['subjectPublicKeyInfo']

beforeAll(async () => {
  const cas = await testAuthorities(testDeps())
  const san = ['-addext', 'subjectAltName=DNS:device-1.example', '-addext', 'extendedKeyUsage=clientAuth']
  const { certificate } = await cas.issuing.order(orderOf(opensslRequest('p256', '/CN=device-1', san), 'r1'))
  leaf = tbsOf(certificate)
  issuing = tbsOf(cas.issuing.certificate)
  root = tbsOf(cas.root.certificate)
  const weak = opensslRequest('rsa1024', '/CN=weak')
  const { CertificationRequest } = await import('@certwright/core/x509')
  weakKey = CertificationRequest.decode(weak).certificationRequestInfo.value.subjectPKInfo
})

const findings = (tbs: TBSCertificate, issuer?: TBSCertificate): string[] =>
  lint({ tbs, bytes: new Uint8Array(), ...(issuer === undefined ? {} : { issuer }) }).map(({ rule }) => rule)

const replace = (tbs: TBSCertificate, oid: string, change: Partial<Extension> | undefined): TBSCertificate => ({
  ...tbs,
  extensions: (tbs.extensions ?? []).flatMap((extension) => {
    if (extension.extnID !== oid) return [extension]
    return change === undefined ? [] : [{ ...extension, ...change }]
  }),
})

describe('lint', () => {
  it('finds nothing in what the CAs issue', () => {
    expect([findings(root), findings(issuing, root), findings(leaf, issuing)]).toEqual([[], [], []])
  })

  it('has a failing certificate for every rule', () => {
    expect(new Set(table.map(([rule]) => rule))).toEqual(new Set(lintRules.map(({ id }) => id)))
  })

  const table: readonly (readonly [string, string, () => readonly [TBSCertificate, TBSCertificate | undefined]])[] = [
    ['version-3', 'version 1', () => [{ ...leaf, version: 0 }, issuing]],
    ['serial-number', 'zero', () => [{ ...leaf, serialNumber: fromHex('00') }, issuing]],
    ['serial-number', 'negative', () => [{ ...leaf, serialNumber: fromHex('80'.repeat(16)) }, issuing]],
    ['serial-number', '21 octets', () => [{ ...leaf, serialNumber: fromHex('40'.repeat(21)) }, issuing]],
    ['serial-number', 'too short', () => [{ ...leaf, serialNumber: fromHex('40'.repeat(8)) }, issuing]],
    ['signature-algorithm', 'SHA-1', () => [{ ...leaf, signature: { algorithm: '1.2.840.113549.1.1.5' } }, issuing]],
    ['issuer-name', 'another CA', () => [{ ...leaf, issuer: parseName('CN=Other') }, issuing]],
    ['issuer-name', 'empty', () => [{ ...leaf, issuer: [] }, issuing]],
    [
      'validity-order',
      'backwards',
      () => [{ ...leaf, validity: { notBefore: leaf.validity.notAfter, notAfter: leaf.validity.notBefore } }, issuing],
    ],
    [
      'validity-order',
      'beyond the issuer',
      () => [{ ...leaf, validity: { ...leaf.validity, notAfter: new Date('2048-01-01T00:00:00Z') } }, issuing],
    ],
    [
      'subject-names',
      'nothing named',
      () => [replace({ ...leaf, subject: [] }, extensionOid.subjectAltName, undefined), issuing],
    ],
    ['subject-names', 'empty subject, names not critical', () => [{ ...leaf, subject: [] }, issuing]],
    ['subject-names', 'a CA without subject', () => [{ ...root, subject: [] }, undefined]],
    ['public-key-strength', 'RSA 1024', () => [{ ...leaf, subjectPublicKeyInfo: weakKey }, issuing]],
    [
      'unique-extensions',
      'twice',
      () => [{ ...leaf, extensions: [...(leaf.extensions ?? []), ...(leaf.extensions ?? []).slice(0, 1)] }, issuing],
    ],
    [
      'basic-constraints-critical',
      'not critical',
      () => [replace(issuing, extensionOid.basicConstraints, { critical: false }), root],
    ],
    ['path-length', 'no room', () => [issuing, issuing]],
    ['path-length', 'issuer is no CA', () => [issuing, leaf]],
    [
      'path-length',
      'not below the issuer',
      () => [
        replace(issuing, extensionOid.basicConstraints, {
          extnValue: BasicConstraints.encode({ cA: true, pathLenConstraint: 3 }),
        }),
        replace(root, extensionOid.basicConstraints, {
          extnValue: BasicConstraints.encode({ cA: true, pathLenConstraint: 3 }),
        }),
      ],
    ],
    ['key-usage', 'missing', () => [replace(leaf, extensionOid.keyUsage, undefined), issuing]],
    ['key-usage', 'not critical', () => [replace(leaf, extensionOid.keyUsage, { critical: false }), issuing]],
    [
      'key-usage',
      'signs certificates',
      () => [replace(leaf, extensionOid.keyUsage, { extnValue: KeyUsage.encode(new Set(['keyCertSign'])) }), issuing],
    ],
    [
      'extended-key-usage',
      'twice',
      () => [
        replace(leaf, extensionOid.extendedKeyUsage, { extnValue: ExtendedKeyUsage.encode(['1.2.3', '1.2.3']) }),
        issuing,
      ],
    ],
    [
      'extended-key-usage',
      'malformed',
      () => [replace(leaf, extensionOid.extendedKeyUsage, { extnValue: fromHex('3000') }), issuing],
    ],
    [
      'extended-key-usage',
      'any and critical',
      () => [
        replace(leaf, extensionOid.extendedKeyUsage, {
          critical: true,
          extnValue: ExtendedKeyUsage.encode(['2.5.29.37.0']),
        }),
        issuing,
      ],
    ],
    [
      'key-identifiers',
      'no subject key identifier',
      () => [replace(leaf, extensionOid.subjectKeyIdentifier, undefined), issuing],
    ],
    [
      'key-identifiers',
      'no authority key identifier',
      () => [replace(leaf, extensionOid.authorityKeyIdentifier, undefined), issuing],
    ],
    [
      'key-identifiers',
      'another authority',
      () => [
        replace(leaf, extensionOid.authorityKeyIdentifier, {
          extnValue: AuthorityKeyIdentifier.encode({ keyIdentifier: new Uint8Array(20) }),
        }),
        issuing,
      ],
    ],
    [
      'crl-distribution-points',
      'critical',
      () => [replace(leaf, extensionOid.cRLDistributionPoints, { critical: true }), issuing],
    ],
    [
      'crl-distribution-points',
      'empty',
      () => [replace(leaf, extensionOid.cRLDistributionPoints, { extnValue: fromHex('3000') }), issuing],
    ],
  ]
  it.each(table)('%s: %s', (rule, _what, make) => {
    expect(findings(...make())).toContain(rule)
  })
})
