import { Asn1Error, type Asn1ErrorKind, concatBytes, fromHex } from '@certwright/core/asn1'
import {
  embedScts,
  isPoisoned,
  loggedTbs,
  poisonExtension,
  type SerializedSct,
  sctExtension,
  withFinalIssuer,
} from '@certwright/core/ct'
import { Certificate, type Extension, extensionOid, TBSCertificate } from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorOf } from '../asn1/support.js'
import { delegated, sample } from './vectors.js'

const { value: leaf } = Certificate.decode(sample.leaf).tbsCertificate
const tbs = (extensions: readonly Extension[] | undefined): Uint8Array =>
  TBSCertificate.encode({ ...leaf, extensions: extensions && [...extensions] })

const sct: SerializedSct = {
  type: 'v1',
  logID: new Uint8Array(32),
  timestamp: new Date(5),
  extensions: new Uint8Array(),
  hashAlgorithm: 4,
  signatureAlgorithm: 3,
  signature: Uint8Array.of(1, 2),
}
const scts = sctExtension([sct])
const other = (value: number): Extension => ({
  extnID: '1.2.3.4',
  critical: value % 2 === 0,
  extnValue: fromHex('0500'),
})

describe('the poison', () => {
  it('has the octets of RFC 6962', () => {
    expect(poisonExtension).toEqual({
      extnID: '1.3.6.1.4.1.11129.2.4.3',
      critical: true,
      extnValue: Uint8Array.of(5, 0),
    })
  })

  it.each<[string, readonly Extension[], Asn1ErrorKind]>([
    ['one that is not critical', [{ ...poisonExtension, critical: false }], 'value'],
    ['one that is not NULL', [{ ...poisonExtension, extnValue: fromHex('0400') }], 'tag'],
    ['one with more octets', [{ ...poisonExtension, extnValue: fromHex('05000500') }], 'trailing'],
    ['two', [poisonExtension, poisonExtension], 'duplicate'],
  ])('%s is refused', (_what, extensions, kind) => {
    expect(errorOf(() => isPoisoned(extensions)).kind).toBe(kind)
  })

  it('is there or not', () => {
    expect([isPoisoned([other(0), poisonExtension]), isPoisoned([scts]), isPoisoned(undefined)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('the TBSCertificate that is logged', () => {
  it('is the same before and after, wherever the poison stands, and nothing else is touched', () => {
    const extension = fc.record({
      extnID: fc.constantFrom('1.2.3.4', '2.5.29.15', extensionOid.subjectKeyIdentifier, '2.999.1'),
      critical: fc.boolean(),
      extnValue: fc.uint8Array({ maxLength: 300 }),
    })
    fc.assert(
      fc.property(fc.array(extension, { maxLength: 5 }), fc.nat(5), (others, at) => {
        const withOne = (one: Extension) => tbs([...others.slice(0, at), one, ...others.slice(at)])
        const precertificate = withOne(poisonExtension)
        const plain = tbs(others.length === 0 ? undefined : others)
        expect(loggedTbs(precertificate)).toEqual(plain)
        expect(embedScts(precertificate, [sct])).toEqual(withOne(scts))
        expect(loggedTbs(withOne(scts))).toEqual(plain)
        expect(loggedTbs(plain)).toEqual(plain)
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, () => unknown, Asn1ErrorKind]>([
    ['poison twice', () => loggedTbs(tbs([poisonExtension, other(1), poisonExtension])), 'duplicate'],
    ['poison and timestamps', () => loggedTbs(tbs([poisonExtension, scts])), 'duplicate'],
    ['timestamps twice', () => loggedTbs(tbs([scts, scts])), 'duplicate'],
    ['timestamps beside the poison', () => embedScts(tbs([poisonExtension, scts]), [sct]), 'duplicate'],
    ['no poison to replace', () => embedScts(tbs([other(1)]), [sct]), 'missing'],
    ['no timestamps to embed', () => embedScts(tbs([poisonExtension]), []), 'value'],
    ['no TBSCertificate', () => loggedTbs(fromHex('0500')), 'tag'],
    ['octets after it', () => loggedTbs(concatBytes(tbs([scts]), fromHex('00'))), 'trailing'],
    ['half of it', () => loggedTbs(tbs([scts]).subarray(0, 40)), 'truncated'],
    ['extensions that are none', () => loggedTbs(fromHex('3007a305 3003020101'.replace(' ', ''))), 'tag'],
  ])('%s is refused', (_what, run, kind) => {
    expect(errorOf(run).kind).toBe(kind)
  })

  it('any octets are refused or give a TBSCertificate without either', () => {
    const original = Certificate.decode(sample.precertificate).tbsCertificate.bytes
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), fc.nat(original.length - 1), (noise, at) => {
        const broken = Uint8Array.from(original)
        broken.set(noise.subarray(0, broken.length - at), at)
        try {
          const logged = loggedTbs(broken)
          expect(loggedTbs(logged)).toEqual(logged)
        } catch (error) {
          expect(error).toBeInstanceOf(Asn1Error)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the final issuer', () => {
  const signing = Certificate.decode(delegated.signing).tbsCertificate
  const precertificate = Certificate.decode(delegated.precertificate).tbsCertificate

  it('takes the place of the signing certificate, also in version 1 and without a key identifier', () => {
    const of = (bytes: Uint8Array) => TBSCertificate.decode(withFinalIssuer(bytes, signing.bytes))
    expect(of(precertificate.bytes).issuer).toEqual(signing.value.issuer)
    const bare = TBSCertificate.encode({ ...leaf, version: 0, extensions: undefined })
    expect(of(bare)).toEqual({ ...leaf, version: 0, extensions: undefined, issuer: signing.value.issuer })
  })

  it('is refused where the signing certificate has no key identifier to put in place', () => {
    const bare = TBSCertificate.encode({ ...signing.value, extensions: undefined })
    expect(errorOf(() => withFinalIssuer(precertificate.bytes, bare)).kind).toBe('missing')
  })
})
