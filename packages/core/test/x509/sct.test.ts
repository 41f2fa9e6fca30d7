import { Asn1Error, type Asn1ErrorKind, concatBytes, toHex } from '@certwright/core/asn1'
import {
  decodeSct,
  decodeSctList,
  encodeSct,
  encodeSctList,
  extensionOid,
  type SerializedSct,
  SignedCertificateTimestampList,
} from '@certwright/core/x509'
import fc from 'fast-check'
import * as pkijs from 'pkijs'
import { afterAll, describe, expect, it } from 'vitest'
import { errorOf, failure, hex, tlv } from '../asn1/support.js'
import { openWorkspace } from './openssl.js'

const work = openWorkspace()
afterAll(work.remove)

const logID = Uint8Array.from({ length: 32 }, (_, index) => index)
const sct: SerializedSct = {
  type: 'v1',
  logID,
  timestamp: new Date('2026-11-20T12:34:56.789Z'),
  extensions: new Uint8Array(),
  hashAlgorithm: 4,
  signatureAlgorithm: 3,
  signature: hex('3006020101020102'),
}
const another: SerializedSct = { ...sct, timestamp: new Date(0), extensions: hex('abcd'), signatureAlgorithm: 1 }
const unknown: SerializedSct = { type: 'unknown', bytes: hex('01ff') }

/** The octets of one timestamp, built by hand. */
const body = (fields: { time?: string; rest?: string } = {}): string =>
  `00${toHex(logID)}${fields.time ?? '0000019aa15f0315'}${fields.rest ?? '0000 0403 0008 3006020101020102'}`

const vector = (content: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(content.length >> 8, content.length & 255), content)
const list = (...items: readonly string[]): Uint8Array =>
  tlv(0x04, vector(concatBytes(...items.map((item) => vector(hex(item))))))

describe('SCT lists', () => {
  it('are read and written as RFC 6962 says', () => {
    const der = list(body({ time: toHex(timeOctets(sct.timestamp)) }))
    expect(SignedCertificateTimestampList.decode(der)).toEqual([sct])
    expect(SignedCertificateTimestampList.encode([sct])).toEqual(der)
  })

  it('are the same octets in TLS, without an OCTET STRING around them, and alone', () => {
    const timestamps = [sct, unknown, another]
    const inTls = encodeSctList(timestamps)
    expect(tlv(0x04, inTls)).toEqual(SignedCertificateTimestampList.encode(timestamps))
    expect(decodeSctList(inTls)).toEqual(timestamps)
    expect(inTls).toEqual(vector(concatBytes(...timestamps.map((one) => vector(encodeSct(one))))))
    expect(timestamps.map((one) => decodeSct(encodeSct(one)))).toEqual(timestamps)
  })

  it.each<[string, string, Asn1ErrorKind, number]>([
    ['nothing', '', 'value', 0],
    ['a version alone', '00', 'truncated', 1],
    ['octets after the signature', `${body()}00`, 'trailing', 55],
  ])('refuses %s as one timestamp', (_what, text, kind, offset) => {
    expect(errorOf(() => decodeSct(hex(text)))).toMatchObject({ kind, offset })
  })

  it('keep timestamps of other versions', () => {
    const der = SignedCertificateTimestampList.encode([unknown, sct, another])
    expect(SignedCertificateTimestampList.decode(der)).toEqual([unknown, sct, another])
  })

  it.each<[string, Uint8Array, Asn1ErrorKind, number | undefined]>([
    ['nothing', tlv(0x04, hex('')), 'truncated', 0],
    ['half a length', tlv(0x04, hex('00')), 'truncated', 0],
    ['an empty list', tlv(0x04, hex('0000')), 'value', 2],
    ['a list that is longer than it says', tlv(0x04, hex('0003 0001 01 00')), 'trailing', 5],
    ['a list that is shorter than it says', tlv(0x04, hex('0004 0001 01')), 'truncated', 2],
    ['an empty timestamp', tlv(0x04, hex('0002 0000')), 'value', 4],
    ['a timestamp that is longer than the list', tlv(0x04, hex('0003 0002 01')), 'truncated', 4],
    ['a version alone', list('00'), 'truncated', 5],
    ['half a log', list('0001020304'), 'truncated', 5],
    ['a time beyond all dates', list(body({ time: '001eb208c2dc0001' })), 'value', 37],
    ['the latest time', list(body({ time: 'ffffffffffffffff' })), 'value', 37],
    ['extensions that are longer than the timestamp', list(body({ rest: 'ffff 0403 0000' })), 'truncated', 47],
    ['no signature', list(body({ rest: '0000 0403' })), 'truncated', 49],
    ['a signature that is longer than the timestamp', list(body({ rest: '0000 0403 0002 00' })), 'truncated', 51],
    ['octets after the signature', list(body({ rest: '0000 0403 0001 00 00' })), 'trailing', 52],
    ['a list in a BIT STRING', tlv(0x03, hex('00 0003 0001 01')), 'tag', 0],
  ])('refuses %s', (_what, der, kind, offset) => {
    const error = failure(SignedCertificateTimestampList, der)
    expect({ kind: error.kind, offset: error.offset }).toEqual({ kind, offset })
  })

  it.each<[string, readonly SerializedSct[]]>([
    ['no timestamps', []],
    ['a log of 31 octets', [{ ...sct, logID: logID.subarray(1) }]],
    ['a time before 1970', [{ ...sct, timestamp: new Date(-1) }]],
    ['no time', [{ ...sct, timestamp: new Date(Number.NaN) }]],
    ['an algorithm of two octets', [{ ...sct, hashAlgorithm: 256 }]],
    ['a signature that is too long', [{ ...sct, signature: new Uint8Array(65_536) }]],
    ['a list that is too long', [sct, { ...sct, signature: new Uint8Array(65_480) }]],
    ['an empty unknown timestamp', [{ type: 'unknown', bytes: new Uint8Array() }]],
    ['an unknown timestamp of version 1', [{ type: 'unknown', bytes: hex('00') }]],
  ])('does not write %s', (_what, value) => {
    expect(errorOf(() => SignedCertificateTimestampList.encode(value)).kind).toBe('value')
  })

  it('survive any values, and any octets are refused or survive', () => {
    const octets = fc.uint8Array({ maxLength: 40 })
    const timestamps = fc.oneof(
      fc.record({
        type: fc.constant('v1' as const),
        logID: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        timestamp: fc.date({ min: new Date(0), noInvalidDate: true }),
        extensions: octets,
        hashAlgorithm: fc.integer({ min: 0, max: 255 }),
        signatureAlgorithm: fc.integer({ min: 0, max: 255 }),
        signature: octets,
      }),
      octets.map((bytes) => ({ type: 'unknown' as const, bytes: concatBytes(Uint8Array.of(2), bytes) })),
    )
    fc.assert(
      fc.property(fc.array(timestamps, { minLength: 1, maxLength: 5 }), octets, fc.nat(), (value, noise, at) => {
        const der = SignedCertificateTimestampList.encode(value)
        expect(SignedCertificateTimestampList.decode(der)).toEqual(value)
        const broken = Uint8Array.from(der)
        broken.set(noise.subarray(0, broken.length - (at % broken.length)), at % broken.length)
        try {
          expect(SignedCertificateTimestampList.encode(SignedCertificateTimestampList.decode(broken))).toEqual(broken)
        } catch (error) {
          expect(error).toBeInstanceOf(Asn1Error)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are what pkijs reads', () => {
    const der = SignedCertificateTimestampList.encode([sct, another])
    const theirs = pkijs.SignedCertificateTimestampList.fromBER(der)
    expect(theirs.timestamps.map(({ timestamp }) => timestamp)).toEqual([sct.timestamp, another.timestamp])
    expect(theirs.timestamps.map((each) => toHex(new Uint8Array(each.logID)))).toEqual([toHex(logID), toHex(logID)])
    expect(theirs.timestamps.map((each) => toHex(new Uint8Array(each.extensions)))).toEqual(['', 'abcd'])
    // What it writes, it fills up with zeros that belong to no timestamp.
  })

  it('are what openssl prints', () => {
    const value = toHex(SignedCertificateTimestampList.encode([sct, another, unknown]))
    work.write(
      'sct.cnf',
      `[req]\ndistinguished_name = d\nprompt = no\nx509_extensions = x\n[d]\nCN = a\n[x]\n${extensionOid.signedCertificateTimestamps} = DER:${value}\n`,
    )
    const args = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'sct.key',
      '-out',
      'sct.pem',
    ]
    work.openssl('req', '-x509', '-config', 'sct.cnf', ...args)
    const text = work.openssl('x509', '-in', 'sct.pem', '-noout', '-text')
    expect(text).toMatch(/Signed Certificate Timestamp:\n +Version +: v1 \(0x0\)\n +Log ID +: 00:01:02:03/)
    expect(text).toContain('Timestamp : Nov 20 12:34:56.789 2026 GMT')
    expect(text).toContain('Timestamp : Jan  1 00:00:00.000 1970 GMT')
    expect(text).toContain('Signature : ecdsa-with-SHA256')
    expect(text).toMatch(/Extensions: AB:?CD/i)
    expect(text).toMatch(/Version +: unknown\s+01:FF/)
  })
})

function timeOctets(time: Date): Uint8Array {
  const octets = new Uint8Array(8)
  new DataView(octets.buffer).setBigUint64(0, BigInt(time.getTime()))
  return octets
}
