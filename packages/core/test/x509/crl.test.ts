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
