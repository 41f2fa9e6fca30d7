import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { fromHex, toHex } from '@certwright/core/asn1'
import {
  fromPeculiarCertificate,
  fromPeculiarCrl,
  fromPeculiarPublicKey,
  fromPeculiarRequest,
  toPeculiarCertificate,
  toPeculiarCrl,
  toPeculiarPublicKey,
  toPeculiarRequest,
} from '@certwright/core/interop/peculiar'
import { Certificate, CertificateList, CertificationRequest, formatName } from '@certwright/core/x509'
import * as peculiar from '@peculiar/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCrl, makeSamples, type Sample, trustAnchors } from './samples.js'

let samples: readonly Sample[]
beforeAll(() => {
  samples = makeSamples()
})

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

describe('ours to @peculiar/x509 and back', () => {
  it('certificates', async () => {
    for (const certificate of [...samples.map((sample) => sample.certificate), ...trustAnchors()]) {
      const theirs = toPeculiarCertificate(certificate)
      expect(theirs).toBeInstanceOf(peculiar.X509Certificate)
      expect(toHex(new Uint8Array(theirs.rawData))).toBe(toHex(Certificate.encode(certificate)))
      expect(fromPeculiarCertificate(theirs)).toEqual(certificate)
    }
    for (const { certificate, type } of samples) {
      expect(await toPeculiarCertificate(certificate).verify(), type).toBe(true)
    }
  })

  it('requests', async () => {
    for (const { request, type } of samples) {
      const theirs = toPeculiarRequest(request)
      expect(await theirs.verify(), type).toBe(true)
      expect(fromPeculiarRequest(theirs)).toEqual(request)
    }
  })

  it('public keys', async () => {
    for (const { certificate } of samples) {
      const { subjectPublicKeyInfo } = certificate.tbsCertificate.value
      const theirs = toPeculiarPublicKey(subjectPublicKeyInfo)
      expect(await theirs.getThumbprint()).toEqual(await toPeculiarCertificate(certificate).publicKey.getThumbprint())
      expect(fromPeculiarPublicKey(theirs)).toEqual(subjectPublicKeyInfo)
    }
  })

  it('CRLs, also with more elements than asn1js reads when nobody tells it to', () => {
    for (const count of [0, 1, 5000]) {
      const crl = makeCrl(count)
      const theirs = toPeculiarCrl(crl)
      expect(theirs.entries).toHaveLength(count)
      expect(fromPeculiarCrl(theirs)).toEqual(crl)
    }
    expect(() => new peculiar.X509Crl(CertificateList.encode(makeCrl(5000)))).toThrow()
  })

  it('values that do not share memory with theirs', () => {
    const [{ certificate } = { certificate: undefined }] = samples
    if (certificate === undefined) throw new Error('no sample')
    const theirs = toPeculiarCertificate(certificate)
    const ours = fromPeculiarCertificate(theirs)
    new Uint8Array(theirs.rawData).fill(0)
    expect(ours).toEqual(certificate)
  })
})

describe('@peculiar/x509 to ours', () => {
  it('a certificate and a request that it made', async () => {
    const keys = await makeKeys()
    const made = await peculiar.X509CertificateGenerator.createSelfSigned({
      name: 'CN=made elsewhere, O=Acme',
      keys,
      signingAlgorithm: algorithm,
      extensions: [new peculiar.BasicConstraintsExtension(true, 2, true)],
    })
    const certificate = fromPeculiarCertificate(made)
    expect(formatName(certificate.tbsCertificate.value.subject)).toMatch(/CN=made elsewhere/)
    expect(toHex(Certificate.encode(certificate))).toBe(toHex(new Uint8Array(made.rawData)))

    const asked = await peculiar.Pkcs10CertificateRequestGenerator.create({
      name: 'CN=device-1',
      keys,
      signingAlgorithm: algorithm,
    })
    const request = fromPeculiarRequest(asked)
    expect(formatName(request.certificationRequestInfo.value.subject)).toBe('CN=device-1')
    expect(toHex(CertificationRequest.encode(request))).toBe(toHex(new Uint8Array(asked.rawData)))
  })

  it('a CRL that it made', async () => {
    const reason = peculiar.X509CrlReason.superseded // without one it writes empty extensions, which RFC 5280 forbids
    const made = await peculiar.X509CrlGenerator.create({
      issuer: 'CN=elsewhere',
      signingAlgorithm: algorithm,
      signingKey: (await makeKeys()).privateKey,
      entries: [{ serialNumber: '05', revocationDate: new Date('2026-01-01T00:00:00Z'), reason }],
    })
    const { revokedCertificates } = fromPeculiarCrl(made).tbsCertList.value
    expect(revokedCertificates?.map(({ userCertificate }) => toHex(userCertificate))).toEqual(['05'])
  })

  it('refuses what is not DER, unless told otherwise', () => {
    const [{ certificate } = { certificate: undefined }] = samples
    if (certificate === undefined) throw new Error('no sample')
    const der = Certificate.encode(certificate)
    const indefinite = Uint8Array.from([0x30, 0x80, ...der.subarray(4), 0, 0])
    const theirs = new peculiar.X509Certificate(indefinite)
    expect(() => fromPeculiarCertificate(theirs)).toThrow(
      expect.objectContaining({ name: 'Asn1Error', kind: 'length' }),
    )
    expect(Certificate.encode(fromPeculiarCertificate(theirs, { encoding: 'ber' }))).toEqual(der)
  })
})

it('answers with a typed error when @peculiar/x509 does not read a structure', () => {
  const [{ certificate, request } = { certificate: undefined, request: undefined }] = samples
  if (certificate === undefined || request === undefined) throw new Error('no sample')
  const part = { bytes: fromHex('3000') }
  const crl = makeCrl(0)
  const refused = expect.objectContaining({ name: 'CertwrightError', code: 'asn1' })
  expect(() =>
    toPeculiarCertificate({ ...certificate, tbsCertificate: { ...certificate.tbsCertificate, ...part } }),
  ).toThrow(refused)
  expect(() =>
    toPeculiarRequest({ ...request, certificationRequestInfo: { ...request.certificationRequestInfo, ...part } }),
  ).toThrow(refused)
  expect(() => toPeculiarCrl({ ...crl, tbsCertList: { ...crl.tbsCertList, ...part } })).toThrow(refused)
})
