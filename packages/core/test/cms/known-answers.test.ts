import { readFileSync } from 'node:fs'
import { type ParameterSetName, parameterSetNamed, signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { toHex, toSigned } from '@certwright/core/asn1'
import { PrivateKeyInfo, SeededPrivateKey, verifySignedData } from '@certwright/core/cms'
import { nodeCrypto, openPrivateKey } from '@certwright/core/defaults'
import { Certificate, decodePem, SubjectPublicKeyInfo, TBSCertificate } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { utf8 } from './people.js'

/**
 * A message by Carlos of RFC 9216 with his Ed25519 key, from the examples of CMS that David Ireland published: SHA-512, and a
 * signing-certificate attribute with SHA-512, made by another implementation.
 */
const signedByCarlos = `-----BEGIN CMS-----
MIIEhAYJKoZIhvcNAQcCoIIEdTCCBHECAQExDTALBglghkgBZQMEAgMwKwYJKoZIhvcNAQcB
oB4EHFRoaXMgaXMgc29tZSBzYW1wbGUgY29udGVudC6gggILMIICBzCCAbmgAwIBAgITP14f
VCTRtAFDeA9zwYoXhR52ljAFBgMrZXAwWTENMAsGA1UEChMESUVURjERMA8GA1UECxMITEFN
UFMgV0cxNTAzBgNVBAMTLFNhbXBsZSBMQU1QUyBFZDI1NTE5IENlcnRpZmljYXRpb24gQXV0
aG9yaXR5MCAXDTIwMTIxNTIxMzU0NFoYDzIwNTIxMjE1MjEzNTQ0WjA6MQ0wCwYDVQQKEwRJ
RVRGMREwDwYDVQQLEwhMQU1QUyBXRzEWMBQGA1UEAxMNQ2FybG9zIFR1cmluZzAqMAUGAytl
cAMhAMLOgDIs3mHITYRNYO+RnOedrq5/HuQHXSPyAKaS98ito4GwMIGtMAwGA1UdEwEB/wQC
MAAwFwYDVR0gBBAwDjAMBgpghkgBZQMCATABMB8GA1UdEQQYMBaBFGNhcmxvc0BzbWltZS5l
eGFtcGxlMBMGA1UdJQQMMAoGCCsGAQUFBwMEMA4GA1UdDwEB/wQEAwIGwDAdBgNVHQ4EFgQU
ZIXjO5wdWs3mC7oafwi+xJzMhD8wHwYDVR0jBBgwFoAUa6KVfboUm+QtBNEHpNGC5C5rjLUw
BQYDK2VwA0EAwVGQWbdy6FQIpTFsaWvG2/US2fnS6B+BzgCrkGQKWX1WgkTj4MEOqL+0cFXL
r7ZQ2DQUo2iXyTAu58BR6btcCTGCAh8wggIbAgEBMHAwWTENMAsGA1UEChMESUVURjERMA8G
A1UECxMITEFNUFMgV0cxNTAzBgNVBAMTLFNhbXBsZSBMQU1QUyBFZDI1NTE5IENlcnRpZmlj
YXRpb24gQXV0aG9yaXR5AhM/Xh9UJNG0AUN4D3PBiheFHnaWMAsGCWCGSAFlAwQCA6CCAUww
GAYJKoZIhvcNAQkDMQsGCSqGSIb3DQEHATBPBgkqhkiG9w0BCQQxQgRADuK5Tf5qDZC6Lck2
LQIRsHaksjUR7OA/5aVip/+3UD7NgaLlqpxZVEJAnlZpXVO6zoYHWxTsSGLF8jxv+VYQwzCB
3gYLKoZIhvcNAQkQAi8xgc4wgcswgcgwgcUwCwYJYIZIAWUDBAIDBEDOPY5yzu47rrTfcSt8
zoVQLeaRbCrkPY/SdRmB2/TXGFDH8GskfLTJ6TMbj7zIzMADzmMT815RQo4ksfGC6SEGMHQw
XaRbMFkxDTALBgNVBAoTBElFVEYxETAPBgNVBAsTCExBTVBTIFdHMTUwMwYDVQQDEyxTYW1w
bGUgTEFNUFMgRWQyNTUxOSBDZXJ0aWZpY2F0aW9uIEF1dGhvcml0eQITP14fVCTRtAFDeA9z
wYoXhR52ljAFBgMrZXAEQCtaZQ+x8gh/xDN4DFJRjYFPIr1eKpKE7emf4mzS79qqitLj6nZ0
MWkcsvASIW/SRJMhO5bDVIKqAemcrKh8qgk=
-----END CMS-----
`

describe('messages of others', () => {
  it('signed with Ed25519 (RFC 8419) are valid', async () => {
    const [message] = decodePem(signedByCarlos, { labels: ['CMS'], lenient: true })
    const { signers, content } = await verifySignedData(nodeCrypto, message?.bytes ?? new Uint8Array(0))
    expect(content).toEqual(utf8('This is some sample content.'))
    expect(signers).toMatchObject([{ valid: true }])
    const changed = Uint8Array.from(message?.bytes ?? [])
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    expect((await verifySignedData(nodeCrypto, changed)).signers).toMatchObject([{ failure: 'signature' }])
  })
})

/** A key from its seed, as the examples of the RFCs are given. */
const seeded = (name: ParameterSetName, length: number) =>
  openPrivateKey(
    PrivateKeyInfo.encode({
      version: 0,
      privateKeyAlgorithm: { algorithm: parameterSetNamed(name)?.oid ?? '' },
      privateKey: SeededPrivateKey.encode({ type: 'seed', value: Uint8Array.from({ length }, (_, index) => index) }),
    }),
  )

describe('the examples of the post-quantum RFCs', () => {
  const octetsOf = (publicKey: Uint8Array) => toHex(SubjectPublicKeyInfo.decode(publicKey).subjectPublicKey.bytes)

  it('RFC 9935: ML-KEM-512 from the seed 00 01 02 to 3f', async () => {
    const octets = octetsOf((await seeded('ml-kem-512', 64)).publicKey)
    expect(octets.slice(0, 64)).toBe('3995815e597d104355cf29aa5333c93251869d5bcdbe487124f602b8b6a66c16')
    expect(octets.endsWith('c3bc59a065a1b6d63b26c')).toBe(true)
  })

  it('RFC 9881: ML-DSA-44 from the seed 00 01 02 to 1f', async () => {
    const octets = octetsOf((await seeded('ml-dsa-44', 32)).publicKey)
    expect(octets.slice(0, 64)).toBe('d7b2b47254aae0db45e7930d4a98d2c97d8f1397d1789dafa17024b316e9bec9')
    expect(octets.endsWith('784cf05c830b3242c8312')).toBe(true)
  })

  it('RFC 9882: a message with signed attributes by that key', async () => {
    const { publicKey } = await seeded('ml-dsa-44', 32)
    const text = readFileSync(new URL('fixtures/rfc9882-ml-dsa-44.pem', import.meta.url), 'utf8')
    const message = decodePem(text)[0]?.bytes ?? new Uint8Array(0)
    const { signers: unknown } = await verifySignedData(nodeCrypto, message)
    const identifier = unknown[0]?.identifier
    if (identifier?.type !== 'issuerAndSerialNumber') throw new Error('the signer is named by issuer and serial')
    // The certificate is not in the message: one for the key, under the name that the message gives.
    const { issuer, serialNumber } = identifier.value
    const signature = signatureAlgorithmIdentifier('ml-dsa-44')
    const tbsCertificate = toSigned(TBSCertificate, {
      version: 2,
      serialNumber,
      signature,
      issuer,
      validity: { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2045-01-01T00:00:00Z') },
      subject: issuer,
      subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(publicKey),
    })
    const signatureValue = { unusedBits: 0, bytes: new Uint8Array(2420) }
    const certificate = Certificate.encode({ tbsCertificate, signatureAlgorithm: signature, signatureValue })
    const { signers, content } = await verifySignedData(nodeCrypto, message, { certificates: [certificate] })
    expect(signers).toMatchObject([{ valid: true }])
    expect(content).toEqual(utf8('ML-DSA-44 signed-data example with signed attributes'))
  })
})
