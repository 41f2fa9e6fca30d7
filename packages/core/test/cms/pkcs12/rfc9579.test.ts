import { readFileSync } from 'node:fs'
import { decodeBase64, toHex } from '@certwright/core/asn1'
import { decodePkcs12 } from '@certwright/core/cms'
import { openPrivateKey, systemDefaults } from '@certwright/core/defaults'
import { Certificate, formatName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'

/** The files of RFC 9579 appendix A; the password of all is "1234". */
const vector = (name: string): Uint8Array =>
  decodeBase64(readFileSync(new URL(`./rfc9579/${name}.txt`, import.meta.url), 'utf8'), { lenient: true })

const decode = (name: string, password = '1234') => decodePkcs12(systemDefaults, vector(name), password)

describe('PBMAC1: the test vectors of RFC 9579', () => {
  it.each([
    ['A.1: HMAC and PRF with SHA-256', 'a1'],
    ['A.2: HMAC with SHA-512, PRF with SHA-256', 'a2'],
    ['A.3: HMAC and PRF with SHA-512', 'a3'],
  ])('%s', async (_what, name) => {
    const { keys, certificates } = await decode(name)
    const [key] = keys
    const { tbsCertificate } = Certificate.decode(key?.certificates[0] ?? new Uint8Array())
    expect(formatName(tbsCertificate.value.subject)).toContain('CN=')
    const { publicKey } = await openPrivateKey(key?.privateKey ?? new Uint8Array())
    expect(toHex(tbsCertificate.bytes)).toContain(toHex(publicKey))
    expect([keys.length, certificates.length]).toEqual([1, 0])
    await expect(decode(name, '12345')).rejects.toMatchObject({ code: 'decryption' })
  })

  it.each([
    ['A.4: wrong iteration count', 'a4', 'decryption'],
    ['A.5: wrong salt', 'a5', 'decryption'],
    ['A.6: missing key length', 'a6', 'algorithm'],
  ])('%s is refused', async (_what, name, code) => {
    await expect(decode(name)).rejects.toMatchObject({ code })
  })
})
