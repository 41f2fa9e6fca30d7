import { fromHex } from '@certwright/core/asn1'
import { crlLintRules, crlView, lintCrl } from '@certwright/core/lint'
import {
  AuthorityKeyIdentifier,
  BaseCRLNumber,
  CertificateIssuer,
  CRLNumber,
  CRLReason,
  ExpiredCertsOnCRL,
  type Extension,
  extensionOid,
  IssuingDistributionPoint,
  parseName,
  TBSCertList,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { crlRuleIds } from './ids.js'
import { critical, crlAt, issuing, plain, raw, type Value } from './samples.js'

const issuer = issuing().tbs
const thisUpdate = new Date('2026-04-01T00:00:00Z')
const number = plain(CRLNumber, 7n)
const authorityKey = plain(AuthorityKeyIdentifier, { keyIdentifier: fromHex('02'.repeat(20)) })

interface Change extends Partial<TBSCertList> {
  readonly with?: { readonly [K in keyof typeof extensionOid]?: Value | null }
  readonly more?: readonly Extension[]
}

const reason = (value: Parameters<typeof CRLReason.encode>[0], isCritical = false): Extension => ({
  extnID: extensionOid.reasonCode,
  critical: isCritical,
  extnValue: CRLReason.encode(value),
})
const entry = (serial: string, revocationDate = '2026-03-01', crlEntryExtensions?: readonly Extension[]) => ({
  userCertificate: fromHex(serial),
  revocationDate: new Date(`${revocationDate}T00:00:00Z`),
  ...(crlEntryExtensions === undefined ? {} : { crlEntryExtensions }),
})
const listing = (...extensions: Extension[]) => crl({ revokedCertificates: [entry('01', '2026-03-01', extensions)] })

/** A full CRL of the issuing CA. */
function crl({ with: values = {}, more = [], ...fields }: Change = {}): TBSCertList {
  const all = { authorityKeyIdentifier: authorityKey, cRLNumber: number, ...values }
  const extensions = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [{ extnID: extensionOid[name as keyof typeof extensionOid], ...value }],
  )
  return {
    version: 1,
    signature: { algorithm: '1.2.840.10045.4.3.2' },
    issuer: issuer.subject,
    thisUpdate,
    nextUpdate: new Date('2026-04-08T00:00:00Z'),
    revokedCertificates: [entry('01', '2026-03-01', [reason('keyCompromise')]), entry('02')],
    crlExtensions: [...extensions, ...more],
    ...fields,
  }
}

const { nextUpdate: _without, ...endless } = crl()
const delta = (base: bigint, isCritical = true, more: Change['with'] = {}) =>
  crl({ with: { deltaCRLIndicator: (isCritical ? critical : plain)(BaseCRLNumber, base), ...more } })
const nowhere = {
  onlyContainsUserCerts: false,
  onlyContainsCACerts: false,
  indirectCRL: false,
  onlyContainsAttributeCerts: false,
}
const point = (value: Partial<Parameters<typeof IssuingDistributionPoint.encode>[0]>, isCritical = true) =>
  crl({
    with: {
      issuingDistributionPoint: (isCritical ? critical : plain)(IssuingDistributionPoint, {
        ...nowhere,
        ...value,
      }),
    },
  })

const certificateIssuer = (isCritical: boolean): Extension => ({
  extnID: extensionOid.certificateIssuer,
  critical: isCritical,
  extnValue: CertificateIssuer.encode([{ type: 'directoryName', value: parseName('CN=Other CA') }]),
})
const indirect = (...extensions: Extension[]) =>
  crl({
    revokedCertificates: [entry('01', '2026-03-01', extensions)],
    with: { issuingDistributionPoint: critical(IssuingDistributionPoint, { ...nowhere, indirectCRL: true }) },
  })

const rows: readonly (readonly [string, TBSCertList, ...TBSCertList[]])[] = [
  ['crl-version', crl(), crl({ version: 0 })],
  ['crl-signature-known', crl(), crl({ signature: { algorithm: '1.2.840.113549.1.1.5' } })],
  ['crl-signature-fits-key', crl(), crl({ signature: { algorithm: '1.3.101.112' } })],
  ['crl-issuer', crl(), crl({ issuer: [] }), crl({ issuer: parseName('CN=Other') })],
  ['crl-next-update', crl(), endless],
  ['crl-update-order', crl(), crl({ nextUpdate: thisUpdate })],
  ['crl-entries-not-empty', crl(), crl({ revokedCertificates: [] })],
  ['crl-entries-unique', crl(), crl({ revokedCertificates: [entry('01'), entry('02'), entry('01')] })],
  ['crl-entry-date', crl(), crl({ revokedCertificates: [entry('01', '2026-05-01')] })],
  [
    'crl-entry-reason',
    crl(),
    listing(reason('unspecified')),
    listing(reason('keyCompromise', true)),
    listing(reason('removeFromCRL')),
  ],
  ['crl-entry-extensions-unique', crl(), listing(reason('superseded'), reason('superseded'))],
  ['crl-extensions-unique', crl(), crl({ more: [{ extnID: extensionOid.cRLNumber, ...number }] })],
  ['crl-extension-syntax', crl(), crl({ with: { cRLNumber: raw('0500') } })],
  [
    'crl-authority-key-identifier',
    crl(),
    crl({ with: { authorityKeyIdentifier: null } }),
    crl({ with: { authorityKeyIdentifier: { ...authorityKey, critical: true } } }),
  ],
  [
    'crl-number',
    crl(),
    crl({ with: { cRLNumber: null } }),
    crl({ with: { cRLNumber: { ...number, critical: true } } }),
  ],
  ['crl-number-length', crl(), crl({ with: { cRLNumber: plain(CRLNumber, 1n << 160n) } })],
  ['crl-delta-indicator', delta(6n), delta(6n, false), delta(7n)],
  [
    'crl-issuing-distribution-point',
    point({ onlyContainsUserCerts: true }),
    point({ onlyContainsUserCerts: true }, false),
    point({ onlyContainsUserCerts: true, onlyContainsCACerts: true }),
    point({}),
  ],
  [
    'crl-freshest-crl',
    crl({ with: { freshestCRL: crlAt('http://pki.example.com/delta.crl') } }),
    crl({ with: { freshestCRL: { ...crlAt('http://pki.example.com/delta.crl'), critical: true } } }),
    delta(6n, true, { freshestCRL: crlAt('http://pki.example.com/delta.crl') }),
  ],
  [
    'crl-entry-issuer',
    indirect(certificateIssuer(true)),
    indirect(certificateIssuer(false)),
    listing(certificateIssuer(true)),
  ],
  [
    'crl-expired-certs',
    crl({ with: { expiredCertsOnCRL: plain(ExpiredCertsOnCRL, new Date('2020-01-01T00:00:00Z')) } }),
    crl({ with: { expiredCertsOnCRL: critical(ExpiredCertsOnCRL, new Date('2020-01-01T00:00:00Z')) } }),
    crl({ with: { expiredCertsOnCRL: plain(ExpiredCertsOnCRL, new Date('2027-01-01T00:00:00Z')) } }),
  ],
]

describe('the rules of CRLs', () => {
  const broken = (tbs: TBSCertList) => lintCrl({ tbs, issuer }).map(({ rule }) => rule)

  it('have a row each', () => {
    expect(new Set(rows.map(([rule]) => rule))).toEqual(new Set(crlRuleIds))
    expect(crlLintRules.map(({ id }) => id).sort()).toEqual([...crlRuleIds].sort())
  })

  it.each(rows.map(([id, good]) => [id, good] as const))('%s passes what is right', (id, good) => {
    expect(crlLintRules.find((rule) => rule.id === id)?.applies(crlView({ tbs: good, issuer }))).toBe(true)
    expect(broken(good)).toEqual([])
  })

  it.each(rows.flatMap(([id, , ...bad]) => bad.map((tbs) => [id, tbs] as const)))(
    '%s fails what is wrong',
    (id, tbs) => {
      expect(broken(tbs)).toContain(id)
    },
  )

  it.each(rows.flatMap(([id, good, ...bad]) => [good, ...bad].map((tbs) => [id, tbs] as const)))(
    'say the same of the octets as of the value: %s',
    (_id, tbs) => {
      if (tbs.revokedCertificates?.length === 0) return
      expect(lintCrl({ bytes: TBSCertList.encode(tbs), issuer })).toEqual(lintCrl({ tbs, issuer }))
    },
  )

  it('find what is listed twice wherever it stands', () => {
    for (const serials of ['01 01', '01 02 02', '02 01 02', '01 03 02 03', '03 02 01 03']) {
      const revokedCertificates = serials.split(' ').map((serial) => entry(serial))
      expect(broken(crl({ revokedCertificates }))).toEqual(['crl-entries-unique'])
    }
    for (const serials of ['01 02', '02 01', '03 01 02', '7f 0100 01']) {
      const revokedCertificates = serials.split(' ').map((serial) => entry(serial))
      expect(broken(crl({ revokedCertificates }))).toEqual([])
    }
  })

  it('count from the day they came into force', () => {
    expect(lintCrl({ tbs: crl({ version: 0, thisUpdate: new Date('2005-01-01T00:00:00Z') }), issuer })).toEqual([])
  })
})
