import { generateKeyPairSync } from 'node:crypto'
import { toHex } from '@certwright/core/asn1'
import { readLogKey, verifySct } from '@certwright/core/ct'
import { nodeCrypto as crypto } from '@certwright/core/defaults'
import { describe, expect, it } from 'vitest'
import { sample } from './vectors.js'

const spki = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) =>
  new Uint8Array(key.export({ format: 'der', type: 'spki' }))
const ec = (namedCurve: string) => spki(generateKeyPairSync('ec', { namedCurve }).publicKey)
const rsa = (modulusLength: number, type: 'rsa' | 'rsa-pss' = 'rsa') =>
  spki(generateKeyPairSync(type as 'rsa', { modulusLength }).publicKey)

describe('keys of logs', () => {
  it('are ECDSA on P-256 or RSA', async () => {
    expect(await readLogKey(crypto, sample.logKey)).toMatchObject({ algorithm: 'ecdsa-sha256', signatureAlgorithm: 3 })
    expect(toHex((await readLogKey(crypto, sample.logKey)).logId)).toMatch(/^df1c2ec11500/)
    expect(await readLogKey(crypto, rsa(2048))).toMatchObject({ algorithm: 'rsa-pkcs1-sha256', signatureAlgorithm: 1 })
  })

  it.each([
    ['P-384', ec('P-384'), 'algorithm'],
    ['RSA of 1024 bits', rsa(1024), 'algorithm'],
    ['RSA for PSS', rsa(2048, 'rsa-pss'), 'algorithm'],
    ['Ed25519', spki(generateKeyPairSync('ed25519').publicKey), 'algorithm'],
    ['nothing', new Uint8Array(), 'asn1'],
  ])('are not %s', async (_what, key, code) => {
    await expect(readLogKey(crypto, key)).rejects.toMatchObject({ code })
    const entry = { type: 'x509', certificate: sample.leaf } as const
    const sct = { type: 'v1', logID: new Uint8Array(32), timestamp: new Date(0), extensions: new Uint8Array() } as const
    const signed = { ...sct, hashAlgorithm: 4, signatureAlgorithm: 3, signature: new Uint8Array() }
    await expect(verifySct({ crypto }, signed, entry, { publicKey: key })).rejects.toMatchObject({ code })
  })
})
