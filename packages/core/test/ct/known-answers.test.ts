import { encodeBase64, toHex } from '@certwright/core/asn1'
import {
  decodeSct,
  embeddedEntry,
  embedScts,
  encodeSct,
  isPoisoned,
  leafHash,
  loggedTbs,
  precertificateEntry,
  type SignedCertificateTimestamp,
  SignedCertificateTimestampList,
  verifyEmbeddedScts,
  verifySct,
  verifyScts,
} from '@certwright/core/ct'
import { nodeCrypto as crypto } from '@certwright/core/defaults'
import { Certificate, decodeExtension, extensionOid } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { delegated, sample, web } from './vectors.js'

const deps = { crypto }
const tbsOf = (certificate: Uint8Array) => Certificate.decode(certificate).tbsCertificate

function sctOf(bytes: Uint8Array): SignedCertificateTimestamp {
  const sct = decodeSct(bytes)
  if (sct.type !== 'v1') throw new Error('a timestamp of version 1')
  return sct
}

describe('a certificate of the public web', () => {
  const logs = [
    { name: 'Nimbus 2023', publicKey: web.nimbus2023 },
    { name: 'Argon 2023', publicKey: web.argon2023 },
  ]

  it('has timestamps of the two logs that verify', async () => {
    const verdicts = await verifyEmbeddedScts(deps, web.leaf, web.issuer, logs)
    expect(verdicts).toMatchObject([
      { outcome: 'valid', log: logs[0], sct: { timestamp: new Date('2023-01-02T09:19:20.101Z') } },
      { outcome: 'valid', log: logs[1], sct: { timestamp: new Date('2023-01-02T09:19:20.052Z') } },
    ])
  })

  it('has timestamps of nobody known, and none with another issuer, another content, or from the future', async () => {
    const outcomes = async (
      ...given: Parameters<typeof verifyEmbeddedScts> extends [unknown, ...infer R] ? R : never
    ) => (await verifyEmbeddedScts(deps, ...given)).map(({ outcome }) => outcome)
    expect(await outcomes(web.leaf, web.issuer, logs.slice(1))).toEqual(['unknown-log', 'valid'])
    expect(await outcomes(web.leaf, web.leaf, logs)).toEqual(['invalid', 'invalid'])
    const changed = Uint8Array.from(web.leaf)
    const serialAt = changed.findIndex((_, i) => toHex(changed.subarray(i, i + 4)) === 'a0030201') + 7
    changed[serialAt] = (changed[serialAt] ?? 0) ^ 1
    expect(await outcomes(changed, web.issuer, logs)).toEqual(['invalid', 'invalid'])
    const now = new Date('2023-01-02T09:19:20.060Z')
    expect(await verifyEmbeddedScts(deps, web.leaf, web.issuer, logs, { now })).toMatchObject([
      { outcome: 'invalid', reason: 'the timestamp is in the future' },
      { outcome: 'valid' },
    ])
    expect(await outcomes(web.issuer, web.leaf, logs)).toEqual([])
  })
})

describe('the samples of certificate-transparency-go', () => {
  const log = { name: 'sample', publicKey: sample.logKey }

  it('a certificate: timestamp and leaf', async () => {
    const entry = { type: 'x509', certificate: sample.leaf } as const
    const sct = sctOf(sample.leafSct)
    expect(await verifySct(deps, sct, entry, log)).toBeUndefined()
    expect(encodeBase64(await leafHash(crypto, sct, entry))).toBe(sample.leafHash)
    expect(encodeSct(sct)).toEqual(sample.leafSct)
  })

  it('a precertificate: timestamp and leaf, and not those of another', async () => {
    const entry = await precertificateEntry(crypto, [sample.precertificate, sample.ca])
    const sct = sctOf(sample.precertificateSct)
    expect(await verifySct(deps, sct, entry, log)).toBeUndefined()
    expect(encodeBase64(await leafHash(crypto, sct, entry))).toBe(sample.precertificateHash)
    expect(await verifySct(deps, sctOf(sample.leafSct), entry, log)).toMatch(/does not verify/)
    const verdicts = await verifyScts(deps, [sct, { type: 'unknown', bytes: Uint8Array.of(1) }], entry, [log])
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['valid', 'unknown-version'])
  })

  it.each<[string, Partial<SignedCertificateTimestamp>, RegExp]>([
    ['another time', { timestamp: new Date(0) }, /does not verify/],
    ['extensions', { extensions: Uint8Array.of(1) }, /does not verify/],
    ['another log', { logID: new Uint8Array(32) }, /another log/],
    ['another hash', { hashAlgorithm: 5 }, /another algorithm/],
    ['another signature algorithm', { signatureAlgorithm: 1 }, /another algorithm/],
    ['no signature', { signature: new Uint8Array() }, /does not verify/],
  ])('a timestamp with %s is refused', async (_what, change, reason) => {
    const entry = await precertificateEntry(crypto, [sample.precertificate, sample.ca])
    expect(await verifySct(deps, { ...sctOf(sample.precertificateSct), ...change }, entry, log)).toMatch(reason)
  })

  it.each([
    ['no precertificate', [sample.leaf, sample.ca]],
    ['no issuer', [sample.precertificate]],
    ['nothing', []],
    ['no issuer of the signing certificate', [delegated.precertificate, delegated.signing]],
  ])('a chain with %s is refused', async (_what, chain) => {
    await expect(precertificateEntry(crypto, chain)).rejects.toMatchObject({ code: 'configuration' })
  })
})

describe('a precertificate and its certificate', () => {
  it('are one entry, whoever has signed the precertificate', async () => {
    const { certificate, precertificate, signing, ca } = delegated
    const entry = await precertificateEntry(crypto, [precertificate, signing, ca])
    expect(entry).toEqual(await embeddedEntry(crypto, certificate, ca))
    expect(isPoisoned(tbsOf(precertificate).value.extensions)).toBe(true)
    expect(isPoisoned(tbsOf(certificate).value.extensions)).toBe(false)
  })

  it('differ by the extension alone', () => {
    const [of2023] = [tbsOf(web.leaf)]
    const { extensions } = of2023.value
    const scts =
      decodeExtension(SignedCertificateTimestampList, extensions, extensionOid.signedCertificateTimestamps) ?? []
    const precertificate = tbsOf(sample.precertificate).bytes
    const certificate = embedScts(precertificate, scts)
    expect(loggedTbs(certificate)).toEqual(loggedTbs(precertificate))
    expect(loggedTbs(certificate).length).toBe(precertificate.length - 21)
  })
})
