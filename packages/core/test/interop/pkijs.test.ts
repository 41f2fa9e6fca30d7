import { generateKeyPairSync, webcrypto } from 'node:crypto'
import { fromHex, nullValue, octetString, toHex } from '@certwright/core/asn1'
import { ContentInfo, contentTypeOid, encodeCertsOnly, PrivateKeyInfo, SignedData } from '@certwright/core/cms'
import { fromNodePrivateKey } from '@certwright/core/interop/node'
import {
  fromPkijsCertificate,
  fromPkijsContentInfo,
  fromPkijsCrl,
  fromPkijsPrivateKey,
  fromPkijsPublicKey,
  fromPkijsRequest,
  fromPkijsSignedData,
  toPkijsCertificate,
  toPkijsContentInfo,
  toPkijsCrl,
  toPkijsPrivateKey,
  toPkijsPublicKey,
  toPkijsRequest,
  toPkijsSignedData,
} from '@certwright/core/interop/pkijs'
import { Certificate, CertificateList, formatName } from '@certwright/core/x509'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkspace } from '../x509/openssl.js'
import { makeCrl, makeSamples, type Sample, trustAnchors } from './samples.js'

let samples: readonly Sample[]
beforeAll(() => {
  samples = makeSamples()
})

const first = (): Sample => {
  const [sample] = samples
  if (sample === undefined) throw new Error('no sample')
  return sample
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const commonName = (value: string) =>
  new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value }) })

/** A self-signed certificate by pkijs, and its key. */
async function makeTheirs() {
  const keys = await makeKeys()
  const certificate = new pkijs.Certificate()
  certificate.version = 2
  certificate.serialNumber = new asn1js.Integer({ value: 7 })
  const name = commonName('made elsewhere')
  certificate.issuer.typesAndValues.push(name)
  certificate.subject.typesAndValues.push(name)
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z')
  certificate.notAfter.value = new Date('2027-01-01T00:00:00Z')
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey)
  return { certificate, ...keys }
}

describe('ours to pkijs and back', () => {
  it('certificates, signed octets unchanged', async () => {
    for (const certificate of [...samples.map((sample) => sample.certificate), ...trustAnchors()]) {
      const theirs = toPkijsCertificate(certificate)
      const ours = fromPkijsCertificate(theirs)
      expect(toHex(Certificate.encode(ours))).toBe(toHex(Certificate.encode(certificate)))
    }
    expect(await toPkijsCertificate(first().certificate).verify()).toBe(true)
  })

  it('requests', async () => {
    for (const { request } of samples) {
      expect(fromPkijsRequest(toPkijsRequest(request))).toEqual(request)
    }
    expect(await toPkijsRequest(first().request).verify()).toBe(true)
  })

  it('public keys', () => {
    for (const { certificate } of samples) {
      const { subjectPublicKeyInfo } = certificate.tbsCertificate.value
      expect(fromPkijsPublicKey(toPkijsPublicKey(subjectPublicKeyInfo))).toEqual(subjectPublicKeyInfo)
    }
  })

  it('CRLs', () => {
    for (const count of [0, 1, 500]) {
      const crl = makeCrl(count)
      const theirs = toPkijsCrl(crl)
      expect(theirs.revokedCertificates ?? []).toHaveLength(count)
      expect(fromPkijsCrl(theirs)).toEqual(crl)
    }
    expect(() => toPkijsCrl(makeCrl(5000))).toThrow('too large for asn1js')
  })

  it('private keys, without the public key that only RFC 5958 has', () => {
    for (const { privateKey } of [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ]) {
      const ours = fromNodePrivateKey(privateKey)
      const publicKey = { unusedBits: 0, bytes: Uint8Array.of(1) }
      const there = toPkijsPrivateKey({ ...ours, version: 1, publicKey })
      expect(toHex(PrivateKeyInfo.encode(fromPkijsPrivateKey(there)))).toBe(toHex(PrivateKeyInfo.encode(ours)))
    }
  })

  it('messages', () => {
    const certificates = [...samples.map(({ certificate }) => certificate), ...trustAnchors()].map(Certificate.encode)
    const crls = [CertificateList.encode(makeCrl(3))]
    // A few at a time: asn1js reads 10,000 elements.
    for (let start = 0; start < certificates.length; start += 20) {
      const der = encodeCertsOnly(certificates.slice(start, start + 20), crls)
      const message = ContentInfo.decode(der)
      const theirs = toPkijsContentInfo(message)
      expect(theirs.contentType).toBe(contentTypeOid.signedData)
      expect(toHex(ContentInfo.encode(fromPkijsContentInfo(theirs)))).toBe(toHex(der))

      const signedData = SignedData.decode(message.content)
      const their = toPkijsSignedData(signedData)
      expect(their.certificates).toHaveLength(signedData.certificates?.length ?? -1)
      expect(toHex(SignedData.encode(fromPkijsSignedData(their)))).toBe(toHex(message.content))
    }
  })
})

describe('pkijs to ours', () => {
  it('a certificate that it signed, but none that it has not', async () => {
    const { certificate, privateKey } = await makeTheirs()
    expect(() => fromPkijsCertificate(certificate)).toThrow('has not been signed')
    await certificate.sign(privateKey, 'SHA-256')
    const ours = fromPkijsCertificate(certificate)
    expect(formatName(ours.tbsCertificate.value.subject)).toBe('CN=made elsewhere')
    expect(await toPkijsCertificate(ours).verify()).toBe(true)
  })

  it('a request that it signed', async () => {
    const { privateKey, publicKey } = await makeKeys()
    const request = new pkijs.CertificationRequest()
    await request.subjectPublicKeyInfo.importKey(publicKey)
    request.subject.typesAndValues.push(commonName('device-1'))
    request.attributes = []
    expect(() => fromPkijsRequest(request)).toThrow('has not been signed')
    await request.sign(privateKey, 'SHA-256')
    const ours = fromPkijsRequest(request)
    expect(formatName(ours.certificationRequestInfo.value.subject)).toBe('CN=device-1')
    expect(await toPkijsRequest(ours).verify()).toBe(true)
  })

  it('a message that it signed, which openssl verifies when we have written it', async () => {
    const { certificate, privateKey } = await makeTheirs()
    await certificate.sign(privateKey, 'SHA-256')
    const message = Uint8Array.from(new TextEncoder().encode('hello'))
    const theirs = new pkijs.SignedData({
      version: 1,
      encapContentInfo: new pkijs.EncapsulatedContentInfo({
        eContentType: contentTypeOid.data,
        eContent: new asn1js.OctetString({ valueHex: message.buffer }),
      }),
      signerInfos: [
        new pkijs.SignerInfo({
          sid: new pkijs.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        }),
      ],
      certificates: [certificate],
    })
    await theirs.sign(privateKey, 0, 'SHA-256', message.buffer)
    const signedData = fromPkijsSignedData(theirs)
    expect(signedData.signerInfos).toHaveLength(1)
    expect(await toPkijsSignedData(signedData).verify({ signer: 0 })).toBe(true)

    const work = openWorkspace()
    try {
      const content = SignedData.encode(signedData)
      work.write('m.der', ContentInfo.encode({ contentType: contentTypeOid.signedData, content }))
      work.openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'm.der', '-out', 'm.txt')
      expect(new TextDecoder().decode(work.read('m.txt'))).toBe('hello')
    } finally {
      work.remove()
    }
  })

  it('BER that openssl streams', () => {
    const inner = octetString.encode(Uint8Array.of(1))
    const octets = fromHex(`3080 0609 2a864886f70d010701 a080 2480 ${toHex(inner)} 0000 0000 0000`.replaceAll(' ', ''))
    const theirs = pkijs.ContentInfo.fromBER(Uint8Array.from(octets))
    const ours = fromPkijsContentInfo(theirs)
    expect(ours.contentType).toBe(contentTypeOid.data)
    expect(octetString.decode(ours.content, { encoding: 'ber' })).toEqual(Uint8Array.of(1))
    expect(() => fromPkijsContentInfo(theirs, {})).toThrow(expect.objectContaining({ name: 'Asn1Error' }))
  })
})

describe('structures that pkijs does not read', () => {
  const refused = expect.objectContaining({ name: 'CertwrightError', code: 'asn1' })
  const part = { bytes: fromHex('3000') }

  it('are answered with a typed error', () => {
    const { certificate, request } = first()
    const crl = makeCrl(0)
    const strangeTbs = { ...certificate.tbsCertificate, ...part }
    const strangeInfo = { ...request.certificationRequestInfo, ...part }
    expect(() => toPkijsCertificate({ ...certificate, tbsCertificate: strangeTbs })).toThrow(refused)
    expect(() => toPkijsRequest({ ...request, certificationRequestInfo: strangeInfo })).toThrow(refused)
    expect(() => toPkijsCrl({ ...crl, tbsCertList: { ...crl.tbsCertList, ...part } })).toThrow(refused)
    const signedData: SignedData = {
      version: 1,
      digestAlgorithms: [],
      encapContentInfo: { eContentType: contentTypeOid.data },
      signerInfos: [nullValue.encode(null)],
    }
    expect(() => toPkijsSignedData(signedData)).toThrow(refused)
  })

  it('and so are objects that it cannot write', () => {
    const message = new pkijs.ContentInfo({ contentType: 'no object identifier', content: new asn1js.Null() })
    expect(() => fromPkijsContentInfo(message)).toThrow(expect.objectContaining({ code: 'asn1' }))
  })
})
