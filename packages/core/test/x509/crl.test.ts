import { equalBytes, fromHex, smallInteger, toHex, toSigned } from '@certwright/core/asn1'
import {
  CertificateList,
  CRLReason,
  DeferredCertificateList,
  extensionOid,
  findRevoked,
  parseName,
  TBSCertList,
} from '@certwright/core/x509'
import * as asn1js from 'asn1js'
import { describe, expect, it } from 'vitest'
import { errorOf } from '../asn1/support.js'

const algorithm = { algorithm: '1.2.840.10045.4.3.2' }
const reason = { extnID: extensionOid.reasonCode, critical: false, extnValue: CRLReason.encode('superseded') }

function makeList(count: number): Uint8Array {
  const revokedCertificates = Array.from({ length: count }, (_, index) => ({
    userCertificate: smallInteger.encode(index + 1).slice(2),
    revocationDate: new Date('2025-01-01T00:00:00Z'),
    crlEntryExtensions: index % 2 === 0 ? [reason] : undefined,
  }))
  const value = {
    version: 1,
    signature: algorithm,
    issuer: parseName('CN=ca'),
    thisUpdate: new Date('2025-01-01T00:00:00Z'),
    revokedCertificates,
  }
  return CertificateList.encode({
    tbsCertList: toSigned(TBSCertList, value),
    signatureAlgorithm: algorithm,
    signatureValue: { unusedBits: 0, bytes: new Uint8Array(64) },
  })
}

describe('a CRL of 200,000 entries', () => {
  const der = makeList(200_000)
  const limits = { maxSize: der.length }

  it('is read without its entries', () => {
    const list = DeferredCertificateList.decode(der, limits)
    const entries = list.tbsCertList.value.revokedCertificates
    expect(entries?.length).toBe(200_000)
    expect(toHex(entries?.at(199_999)?.userCertificate ?? new Uint8Array())).toBe('030d40')
    expect(equalBytes(DeferredCertificateList.encode(list), der)).toBe(true)
  })

  it('finds an entry by its serial number', () => {
    const entries = DeferredCertificateList.decode(der, limits).tbsCertList.value.revokedCertificates
    expect(findRevoked(entries, fromHex('030d3f'))?.crlEntryExtensions).toEqual([reason])
    expect(findRevoked(entries, fromHex('030d41'))).toBeUndefined()
    expect(findRevoked(entries, fromHex('05'))?.crlEntryExtensions).toEqual([reason])
    expect(findRevoked(undefined, fromHex('05'))).toBeUndefined()
  })

  it('finds an entry of more than 127 octets', () => {
    const value = {
      signature: algorithm,
      issuer: [],
      thisUpdate: new Date('2025-01-01T00:00:00Z'),
      revokedCertificates: [
        {
          userCertificate: fromHex('05'),
          revocationDate: new Date('2025-01-01T00:00:00Z'),
          crlEntryExtensions: [{ extnID: '1.2.3', critical: false, extnValue: new Uint8Array(300) }],
        },
      ],
    }
    const tbsCertList = toSigned(TBSCertList, value)
    const signatureValue = { unusedBits: 0, bytes: new Uint8Array(64) }
    const long = CertificateList.encode({ tbsCertList, signatureAlgorithm: algorithm, signatureValue })
    const entries = DeferredCertificateList.decode(long).tbsCertList.value.revokedCertificates
    expect(findRevoked(entries, fromHex('05'))?.crlEntryExtensions?.[0]?.extnID).toBe('1.2.3')
  })

  it('exceeds the element budget as objects, which a caller can raise', () => {
    expect(errorOf(() => CertificateList.decode(der, limits)).kind).toBe('limit')
    const list = CertificateList.decode(der, { ...limits, maxElements: 2_000_000 })
    expect(list.tbsCertList.value.revokedCertificates).toHaveLength(200_000)
  })
})

/**
 * What the European Commission publishes, and asn1js 3.0.10 refused (asn1-schema issue 134): a CRL of a Microsoft CA with
 * serial numbers of 19 octets, a reason in each entry, and more than 10,000 elements.
 */
describe('a CRL like that of the European Commission', () => {
  const msCaVersion = { extnID: '1.3.6.1.4.1.311.21.1', critical: false, extnValue: smallInteger.encode(0) }
  const value = {
    version: 1,
    signature: algorithm,
    issuer: parseName('CN=CommisSign - 2,O=European Commission'),
    thisUpdate: new Date('2026-06-01T00:00:00Z'),
    nextUpdate: new Date('2026-06-08T00:00:00Z'),
    revokedCertificates: Array.from({ length: 40_000 }, (_, index) => ({
      userCertificate: Uint8Array.from({ length: 19 }, (_, octet) =>
        octet === 0 ? 0x34 : (index >> (octet & 15)) & 0xff,
      ),
      revocationDate: new Date('2025-01-01T00:00:00Z'),
      crlEntryExtensions: [reason],
    })),
    crlExtensions: [
      msCaVersion,
      { extnID: extensionOid.cRLNumber, critical: false, extnValue: smallInteger.encode(7) },
    ],
  }
  const der = CertificateList.encode({
    tbsCertList: toSigned(TBSCertList, value),
    signatureAlgorithm: algorithm,
    signatureValue: { unusedBits: 0, bytes: new Uint8Array(256) },
  })

  it('is read with the limits that are there by default', () => {
    expect(CertificateList.decode(der).tbsCertList.value.revokedCertificates).toHaveLength(40_000)
    expect(DeferredCertificateList.decode(der).tbsCertList.value.revokedCertificates?.length).toBe(40_000)
    expect(asn1js.fromBER(Uint8Array.from(der).buffer).offset).toBe(-1)
  })

  it('has a budget that a call can lower and raise', () => {
    expect(errorOf(() => CertificateList.decode(der, { maxElements: 10_000 }))).toMatchObject({
      kind: 'limit',
      path: expect.arrayContaining(['tbsCertList', 'revokedCertificates']),
    })
    expect(errorOf(() => CertificateList.decode(der, { maxSize: 1_000_000 })).kind).toBe('limit')
    expect(DeferredCertificateList.decode(der, { maxElements: 100 }).tbsCertList.value.crlExtensions).toHaveLength(2)
  })
})
