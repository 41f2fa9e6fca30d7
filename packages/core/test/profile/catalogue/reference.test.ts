import { createOrOpenCa } from '@certwright/core/ca'
import { catalogue } from '@certwright/core/profile'
import {
  BasicConstraints,
  Certificate,
  CertificatePolicies,
  decodeExtension,
  ExtendedKeyUsage,
  extensionOid,
  KeyUsage,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest, opensslText } from '../../support/openssl.js'
import { orderOf, testDeps } from '../../support/world.js'
import { authorityRows, type ReferenceRow, setMembers, subscriberRows } from './reference-table.js'

const usageNames: Readonly<Record<string, string>> = {
  dS: 'digitalSignature',
  nR: 'nonRepudiation',
  kE: 'keyEncipherment',
  dE: 'dataEncipherment',
  kA: 'keyAgreement',
}

const urls = {
  crl: ['http://pki.test/crl/test/issuing/crl.crl'],
  ocsp: ['http://pki.test/ocsp/test/issuing'],
  caIssuers: ['http://pki.test/ca/test/issuing.cer'],
}

async function makeCas() {
  const deps = testDeps()
  const all = [...catalogue.values()]
  const intermediates = all.filter(({ kind }) => kind === 'intermediate').map(({ id }) => id)
  const holders = all.filter(({ kind }) => kind !== 'intermediate' && kind !== 'root').map(({ id }) => id)
  const root = await createOrOpenCa(deps, {
    id: 'test~root',
    subject: 'CN=Root',
    profile: 'basic-ca-root',
    profiles: intermediates,
    issueIntermediates: true,
    urls,
  })
  const issuing = await createOrOpenCa(deps, {
    id: 'test~issuing',
    subject: 'CN=Issuing',
    profile: 'basic-ca-subord',
    issuer: root,
    profiles: holders,
    urls,
  })
  return { root, issuing }
}

let cas: Awaited<ReturnType<typeof makeCas>>
const requests: Record<'rsa' | 'ec', Uint8Array> = { rsa: new Uint8Array(), ec: new Uint8Array() }
beforeAll(async () => {
  cas = await makeCas()
  const names = ['-addext', 'subjectAltName=DNS:other.example']
  requests.rsa = opensslRequest('rsa2048', '/CN=host.example', names)
  requests.ec = opensslRequest('p256', '/CN=host.example', names)
})

async function issue(id: string, key: keyof typeof requests, ca = cas.issuing) {
  const { certificate } = await ca.order({ ...orderOf(requests[key], `${id}-${key}`), profile: id })
  return { certificate, tbs: Certificate.decode(certificate).tbsCertificate.value }
}

const standard = (tbs: Certificate['tbsCertificate']['value']) =>
  (tbs.extensions ?? []).map(({ extnID, critical }) => [extnID, critical] as const)

const expectedExtensions = (row: ReferenceRow) => [
  [extensionOid.basicConstraints, true],
  [extensionOid.keyUsage, true],
  [extensionOid.subjectKeyIdentifier, false],
  [extensionOid.authorityKeyIdentifier, false],
  [extensionOid.cRLDistributionPoints, false],
  [extensionOid.authorityInfoAccess, false],
  [extensionOid.subjectAltName, false],
  ...(row.purposes.length > 0 ? [[extensionOid.extendedKeyUsage, false]] : []),
  ...(row.policy === undefined ? [] : [[extensionOid.certificatePolicies, false]]),
]

describe('the reference', () => {
  it('has 79 profiles, all of them in the catalogue', () => {
    const ids = [...subscriberRows, ...authorityRows].map(({ id }) => id)
    expect(ids).toHaveLength(79)
    expect(new Set(ids).size).toBe(79)
    expect(ids.filter((id) => !catalogue.has(id))).toEqual([])
  })
})

describe.each(subscriberRows)('$id', (row) => {
  it.each(['rsa', 'ec'] as const)('issues what the table says, for an %s key', async (key) => {
    const { certificate, tbs } = await issue(row.id, key)
    const usage = decodeExtension(KeyUsage, tbs.extensions, extensionOid.keyUsage)
    expect([...(usage ?? [])].sort()).toEqual(
      row.keyUsage
        .split('+')
        .map((letter) => usageNames[letter])
        .sort(),
    )
    expect(decodeExtension(ExtendedKeyUsage, tbs.extensions, extensionOid.extendedKeyUsage) ?? []).toEqual(row.purposes)
    expect(decodeExtension(BasicConstraints, tbs.extensions, extensionOid.basicConstraints)).toEqual({ cA: false })
    expect(standard(tbs)).toEqual(expectedExtensions(row))
    const policies = decodeExtension(CertificatePolicies, tbs.extensions, extensionOid.certificatePolicies) ?? []
    expect(policies.map(({ policyIdentifier }) => policyIdentifier)).toEqual(
      row.policy === undefined ? [] : [row.policy],
    )
    expect(tbs.validity.notAfter.toISOString()).toBe(`${2026 + row.years}-11-20T11:59:59.000Z`)
    const names = decodeExtension(SubjectAlternativeName, tbs.extensions, extensionOid.subjectAltName) ?? []
    expect(names.map(({ value }) => value)).toEqual(
      row.fillsSan ? ['other.example', 'host.example'] : ['other.example'],
    )
    expect(opensslText(certificate)).toContain('X509v3 Basic Constraints: critical')
  })

  it('lets a request bring what the table lists and nothing else', () => {
    const config = catalogue.get(row.id)
    expect([...(config?.requestExtensions?.pass ?? [])].sort()).toEqual([...setMembers[row.set]].sort())
    expect(config?.extendedKeyUsage?.request === 'allowed').toBe(row.purposesFromRequest)
    expect(config?.p12).toEqual(row.p12 ? { keyType: 'rsa-2048' } : undefined)
  })
})

describe.each(authorityRows)('$id', (row) => {
  it('issues what the table says', async () => {
    const { certificate } =
      row.id === 'basic-ca-root'
        ? cas.root
        : row.id === 'basic-ca-subord'
          ? cas.issuing
          : await issue(row.id, 'rsa', row.id === 'basic-ocsp' ? cas.issuing : cas.root)
    const tbs = Certificate.decode(certificate).tbsCertificate.value
    const { pathLen: pathLenConstraint, cA } = row
    expect(decodeExtension(BasicConstraints, tbs.extensions, extensionOid.basicConstraints)).toEqual(
      pathLenConstraint === undefined ? { cA } : { cA, pathLenConstraint },
    )
    const usage = decodeExtension(KeyUsage, tbs.extensions, extensionOid.keyUsage)
    expect([...(usage ?? [])].sort()).toEqual(
      row.signsCertificates ? ['cRLSign', 'digitalSignature', 'keyCertSign'] : ['digitalSignature'],
    )
    expect(decodeExtension(ExtendedKeyUsage, tbs.extensions, extensionOid.extendedKeyUsage) ?? []).toEqual(row.purposes)
    const oids = new Set((tbs.extensions ?? []).map(({ extnID }) => extnID))
    const isRoot = row.id === 'basic-ca-root'
    for (const oid of [
      extensionOid.authorityKeyIdentifier,
      extensionOid.cRLDistributionPoints,
      extensionOid.authorityInfoAccess,
    ]) {
      expect(oids.has(oid)).toBe(!isRoot)
    }
    expect(oids.has(extensionOid.ocspNoCheck)).toBe(row.id === 'basic-ocsp')
    const days = (tbs.validity.notAfter.getTime() - new Date('2026-11-20T12:00:00Z').getTime() + 1000) / 86_400_000
    expect(days).toBe(row.days)
    expect(opensslText(certificate)).toContain(row.cA ? 'CA:TRUE' : 'CA:FALSE')
  })
})
