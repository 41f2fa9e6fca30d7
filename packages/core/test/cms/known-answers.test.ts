import { parameterSetNamed } from '@certwright/core/algorithms'
import { toHex } from '@certwright/core/asn1'
import { PrivateKeyInfo, SeededPrivateKey, verifySignedData } from '@certwright/core/cms'
import { nodeCrypto, openPrivateKey } from '@certwright/core/defaults'
import { decodePem, SubjectPublicKeyInfo } from '@certwright/core/x509'
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

describe('the example keys of RFC 9935', () => {
  it('ML-KEM-512 from the seed 00 01 02 to 3f', async () => {
    const seed = Uint8Array.from({ length: 64 }, (_, index) => index)
    const { publicKey } = await openPrivateKey(
      PrivateKeyInfo.encode({
        version: 0,
        privateKeyAlgorithm: { algorithm: parameterSetNamed('ml-kem-512')?.oid ?? '' },
        privateKey: SeededPrivateKey.encode({ type: 'seed', value: seed }),
      }),
    )
    const octets = toHex(SubjectPublicKeyInfo.decode(publicKey).subjectPublicKey.bytes)
    expect(octets.slice(0, 64)).toBe('3995815e597d104355cf29aa5333c93251869d5bcdbe487124f602b8b6a66c16')
    expect(octets.endsWith('c3bc59a065a1b6d63b26c')).toBe(true)
  })
})
