import { createHmac, pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hashAlgorithm, hmacIdentifier, Pbkdf2Parameters, Pbmac1Parameters } from '@certwright/core/algorithms'
import { decodeBase64, octetString, toHex } from '@certwright/core/asn1'
import { decodePkcs12, encodePkcs12, Pfx } from '@certwright/core/cms'
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

describe('PBMAC1 as we write it', () => {
  it.each(['sha1', 'sha256', 'sha512'] as const)('is the HMAC with a key by PBKDF2: %s', async (hash) => {
    const file = await encodePkcs12(systemDefaults, {}, '1234', { mac: { kind: 'pbmac1', hash, iterations: 10 } })
    const { authSafe, macData } = Pfx.decode(file)
    const { algorithm, parameters = new Uint8Array() } = macData?.mac.digestAlgorithm ?? { algorithm: '' }
    expect(algorithm).toBe('1.2.840.113549.1.5.14')
    const { keyDerivationFunc, messageAuthScheme } = Pbmac1Parameters.decode(parameters)
    const { salt, iterationCount, keyLength, prf } = Pbkdf2Parameters.decode(
      keyDerivationFunc.parameters ?? new Uint8Array(),
    )
    expect([prf, messageAuthScheme]).toEqual([hmacIdentifier(hash), hmacIdentifier(hash)])
    expect([iterationCount, keyLength]).toEqual([10n, BigInt(hashAlgorithm(hash).length)])
    const key = pbkdf2Sync('1234', salt.type === 'specified' ? salt.value : '', 10, Number(keyLength), hash)
    const code = createHmac(hash, key).update(octetString.decode(authSafe.content)).digest('hex')
    expect(toHex(macData?.mac.digest ?? new Uint8Array())).toBe(code)
  })
})
