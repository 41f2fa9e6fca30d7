import { readFileSync } from 'node:fs'
import { signatureSchemeOf } from '@certwright/core/algorithms'
import { verifySignedData } from '@certwright/core/cms'
import { nodeCrypto } from '@certwright/core/defaults'
import { Certificate, CertificationRequest, decodePem, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'

/*
 * Made by the same program on Node 20, where `@noble/post-quantum` signs, and on Node 24, where OpenSSL 3.5 does. The tests
 * run on both, so that each verifies what the other made.
 */
const read = (folder: string, name: string): readonly Uint8Array[] =>
  decodePem(readFileSync(new URL(`fixtures/${folder}/${name}.pem`, import.meta.url), 'utf8')).map(({ bytes }) => bytes)

describe.each(['noble', 'openssl'])('made by %s', (folder) => {
  it.each(['ml-dsa-44', 'slh-dsa-sha2-128s'])('with %s: certificate, request and signed message hold', async (name) => {
    const [der, request, message] = read(folder, name)
    if (der === undefined || request === undefined || message === undefined) throw new Error('a block is missing')
    const certificate = Certificate.decode(der)
    const { value } = certificate.tbsCertificate
    const publicKey = SubjectPublicKeyInfo.encode(value.subjectPublicKeyInfo)
    const asked = CertificationRequest.decode(request)
    expect(SubjectPublicKeyInfo.encode(asked.certificationRequestInfo.value.subjectPKInfo)).toEqual(publicKey)
    const signed = [
      [certificate.signatureAlgorithm, certificate.tbsCertificate.bytes, certificate.signatureValue.bytes],
      [asked.signatureAlgorithm, asked.certificationRequestInfo.bytes, asked.signature.bytes],
    ] as const
    for (const [algorithm, data, signature] of signed) {
      const { name: scheme } = signatureSchemeOf(algorithm)
      expect(await nodeCrypto.verify(scheme, publicKey, data, signature)).toBe(true)
      expect(await nodeCrypto.verify(scheme, publicKey, data.subarray(1), signature)).toBe(false)
    }
    const { signers, content } = await verifySignedData(nodeCrypto, message, { certificates: [der] })
    expect(signers).toMatchObject([{ valid: true }])
    expect(new TextDecoder().decode(content)).toBe('from another Node')
  })
})
