import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromHex } from '@certwright/core/asn1'
import {
  CertificateIssuer,
  CertificateList,
  CRLNumber,
  CRLReason,
  type CrlEntry,
  type CrlHead,
  createCrlWriter,
  DeferredCertificateList,
  type Extension,
  extensionOid,
  findRevoked,
  InvalidityDate,
  parseName,
  signedStructure,
  TBSCertList,
} from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inFolder, openssl } from '../support/openssl.js'

const number = { extnID: extensionOid.cRLNumber, critical: false, extnValue: CRLNumber.encode(5n) }
const head: CrlHead = {
  signature: { algorithm: '1.2.840.10045.4.3.2' },
  issuer: parseName('CN=Writer,O=Certwright'),
  thisUpdate: new Date('2026-11-21T00:00:00Z'),
  nextUpdate: new Date('2050-01-01T00:00:00Z'),
  crlExtensions: [number],
}

/** The entry as the schema writes it. */
function asDeclared({ serialNumber, revocationDate, reason, invalidityDate, certificateIssuer }: CrlEntry) {
  const crlEntryExtensions: Extension[] = []
  const add = (extnID: string, extnValue: Uint8Array, critical = false) =>
    crlEntryExtensions.push({ extnID, critical, extnValue })
  if (reason !== undefined) add(extensionOid.reasonCode, CRLReason.encode(reason))
  if (invalidityDate !== undefined) add(extensionOid.invalidityDate, InvalidityDate.encode(invalidityDate))
  if (certificateIssuer !== undefined) {
    add(extensionOid.certificateIssuer, CertificateIssuer.encode(certificateIssuer), true)
  }
  const entry = { userCertificate: serialNumber, revocationDate }
  return crlEntryExtensions.length === 0 ? entry : { ...entry, crlEntryExtensions }
}

const serials = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((octets) => Uint8Array.of(0x01 + ((octets[0] ?? 0) % 0x7f), ...octets.subarray(1)))
const dates = fc
  .integer({ min: Date.UTC(1950, 0), max: Date.UTC(2090, 0) })
  .map((ms) => new Date(Math.floor(ms / 1000) * 1000))
const reasons = fc.constantFrom(
  'keyCompromise',
  'superseded',
  'certificateHold',
  'removeFromCRL',
  'aACompromise' as const,
)
const issuers = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 300 })
  .map((value) => [{ type: 'rfc822Name' as const, value: value.replaceAll(/[^a-z]/g, 'x') }])
const entries: fc.Arbitrary<CrlEntry> = fc.record(
  {
    serialNumber: serials,
    revocationDate: dates,
    reason: reasons,
    invalidityDate: dates,
    certificateIssuer: issuers,
  },
  { requiredKeys: ['serialNumber', 'revocationDate'] },
)

const writtenBy = (list: readonly CrlEntry[], crlHead = head): Uint8Array => {
  const writer = createCrlWriter(crlHead)
  for (const entry of list) writer.addRevoked(entry)
  expect(writer.length).toBe(list.length)
  return writer.finish()
}

describe('createCrlWriter', () => {
  it('writes the octets of the schema', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 40 }), fc.boolean(), (list, extended) => {
        const { crlExtensions, ...fields } = head
        const crlHead = { ...fields, crlExtensions: extended ? crlExtensions : [] }
        const expected = TBSCertList.encode({
          ...fields,
          version: 1,
          ...(list.length === 0 ? {} : { revokedCertificates: list.map(asDeclared) }),
          ...(extended ? { crlExtensions } : {}),
        })
        expect(Buffer.compare(writtenBy(list, crlHead), expected)).toBe(0)
      }),
    )
  })

  it('writes more than a chunk, which openssl and our decoder read whole', () => {
    const list = Array.from({ length: 40_000 }, (_, i) => ({
      serialNumber: fromHex(`01${i.toString(16).padStart(30, '0')}`),
      revocationDate: head.thisUpdate,
      ...(i % 3 === 0 ? { reason: 'keyCompromise' as const } : {}),
    }))
    const tbs = writtenBy(list)
    expect(tbs.length).toBeGreaterThan(1 << 20)
    const crl = signedStructure(tbs, head.signature, fromHex('3006020101020101'))
    const read = DeferredCertificateList.decode(crl, { maxSize: crl.length })
    expect(Buffer.compare(read.tbsCertList.bytes, tbs)).toBe(0)
    expect(read.tbsCertList.value.revokedCertificates?.length).toBe(list.length)
    const last = list.at(-1)
    expect(last && findRevoked(read.tbsCertList.value.revokedCertificates, last.serialNumber)).toBeDefined()
    const text = inFolder((dir) => {
      writeFileSync(join(dir, 'l.crl'), crl)
      return openssl(['crl', '-inform', 'DER', '-in', 'l.crl', '-noout', '-text'], dir)
    })
    expect(text.match(/Serial Number:/g)).toHaveLength(list.length)
    expect(text.match(/Key Compromise/g)).toHaveLength(Math.ceil(list.length / 3))
  })

  it('is put together as the schema does it', () => {
    const tbs = writtenBy([{ serialNumber: Uint8Array.of(1), revocationDate: head.thisUpdate }])
    const signature = fromHex('3006020101020101')
    const expected = CertificateList.encode({
      tbsCertList: { bytes: tbs, value: TBSCertList.decode(tbs) },
      signatureAlgorithm: head.signature,
      signatureValue: { unusedBits: 0, bytes: signature },
    })
    expect(signedStructure(tbs, head.signature, signature)).toEqual(expected)
  })

  it.each([
    ['no serial number', { serialNumber: new Uint8Array(), revocationDate: head.thisUpdate }],
    ['a serial number with a spare octet', { serialNumber: fromHex('0001'), revocationDate: head.thisUpdate }],
    ['an invalid date', { serialNumber: Uint8Array.of(1), revocationDate: new Date(Number.NaN) }],
    [
      'an invalid date of compromise',
      { serialNumber: Uint8Array.of(1), revocationDate: head.thisUpdate, invalidityDate: new Date(Number.NaN) },
    ],
  ])('refuses %s, and nothing of it is in the list', (_, entry) => {
    const writer = createCrlWriter(head)
    expect(() => writer.addRevoked(entry)).toThrow()
    expect(Buffer.compare(writer.finish(), writtenBy([]))).toBe(0)
  })

  it('refuses to grow beyond its limit', () => {
    const writer = createCrlWriter(head, { maxSize: 100 })
    const entry = { serialNumber: fromHex('01'.repeat(20)), revocationDate: head.thisUpdate }
    for (let i = 0; i < 2; i++) writer.addRevoked(entry)
    expect(() => writer.addRevoked(entry)).toThrow(expect.objectContaining({ code: 'limit' }))
  })
})
