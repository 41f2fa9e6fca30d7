import { generateKeyPairSync } from 'node:crypto'
import { concatBytes, toHex } from '@certwright/core/asn1'
import { ContentInfo, contentTypeOid, decodeCertsOnly, encodeCertsOnly, SignedData } from '@certwright/core/cms'
import { encodePem } from '@certwright/core/x509'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorOf, hex, tlv } from '../asn1/support.js'
import { openWorkspace, type Workspace } from '../x509/openssl.js'

let work: Workspace
let first: Uint8Array
let second: Uint8Array
beforeAll(() => {
  work = openWorkspace()
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  work.write('k.pem', key)
  for (const name of ['first', 'second']) {
    work.openssl('req', '-x509', '-key', 'k.pem', '-subj', `/CN=${name}`, '-out', `${name}.pem`)
    work.openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
  }
  first = work.read('first.der')
  second = work.read('second.der')
})
afterAll(() => work.remove())

const sorted = (list: readonly Uint8Array[]): string[] => list.map(toHex).sort()

describe('a certs-only message', () => {
  it('is read by openssl', () => {
    work.write('made.p7', encodeCertsOnly([first, second]))
    const printed = work.openssl('pkcs7', '-inform', 'DER', '-in', 'made.p7', '-print_certs')
    expect(printed).toMatch(/CN ?= ?first/)
    expect(printed).toMatch(/CN ?= ?second/)
    work.write('made.pem', encodePem('PKCS7', encodeCertsOnly([first])))
    expect(work.openssl('pkcs7', '-in', 'made.pem', '-print_certs', '-noout')).toMatch(/CN ?= ?first/)
  })

  it('is what openssl writes', () => {
    work.openssl(
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'first.pem',
      '-certfile',
      'second.pem',
      '-outform',
      'DER',
      '-out',
      'theirs.p7',
    )
    const theirs = work.read('theirs.p7')
    expect(sorted(decodeCertsOnly(theirs, { encoding: 'ber' }).certificates)).toEqual(sorted([first, second]))
    expect(toHex(encodeCertsOnly([second, first]))).toBe(toHex(encodeCertsOnly([first, second])))
  })

  it('is what pkijs writes and reads', () => {
    const der = encodeCertsOnly([first, second])
    const info = pkijs.ContentInfo.fromBER(Uint8Array.from(der).buffer)
    const data = new pkijs.SignedData({ schema: info.content })
    expect(data.certificates?.map((one) => toHex(new Uint8Array(one.toSchema().toBER()))).sort()).toEqual(
      sorted([first, second]),
    )
    expect(data.signerInfos).toHaveLength(0)
    expect(data.version).toBe(1)
  })

  it('goes both ways, CRLs too', () => {
    const crl = hex('30 03 02 01 01')
    const message = decodeCertsOnly(encodeCertsOnly([first], [crl]))
    expect(message).toEqual({ certificates: [first], crls: [crl] })
    expect(decodeCertsOnly(encodeCertsOnly([]))).toEqual({ certificates: [], crls: [] })
  })

  it('leaves out other forms of certificates', () => {
    const attributeCertificate = tlv(0xa2, hex('02 01 01'))
    expect(decodeCertsOnly(encodeCertsOnly([first, attributeCertificate])).certificates).toEqual([first])
  })

  it('refuses another content type', () => {
    const der = ContentInfo.encode({ contentType: contentTypeOid.data, content: hex('04 00') })
    expect(errorOf(() => decodeCertsOnly(der)).path).toEqual(['contentType'])
  })

  it.each([
    ['nothing', ''],
    ['a certificate', '30 03 02 01 01'],
    ['a content info without content', '30 0b 06 09 2a864886f70d010702'],
    ['a content that is not tagged', '30 0d 06 09 2a864886f70d010702 30 00'],
    ['an empty SignedData', '30 0f 06 09 2a864886f70d010702 a0 02 30 00'],
  ])('refuses %s', (_what, der) => {
    errorOf(() => decodeCertsOnly(hex(der)))
  })

  it('refuses to hold what is not one element', () => {
    errorOf(() => encodeCertsOnly([concatBytes(first, first)]))
    errorOf(() => encodeCertsOnly([first.subarray(0, 20)]))
  })

  it('is read in BER only by option', () => {
    const inner = SignedData.encode({
      version: 1,
      digestAlgorithms: [],
      encapContentInfo: { eContentType: contentTypeOid.data },
      certificates: [first],
      signerInfos: [],
    })
    const open = concatBytes(hex('30 80 06 09 2a864886f70d010702 a0 80'), inner, hex('0000 0000'))
    errorOf(() => decodeCertsOnly(open))
    expect(decodeCertsOnly(open, { encoding: 'ber' }).certificates).toEqual([first])
  })
})
