import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '@certwright/core/asn1'
import { Certificate, decodePem, equalNames, formatName, Name, parseName, TBSCertificate } from '@certwright/core/x509'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { describe, expect, it } from 'vitest'

/** Where Debian and its relatives keep trust anchors; other systems have none there, and nothing to test. */
const folder = '/etc/ssl/certs'
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pem')) : []
const anchors = files.flatMap((name) =>
  decodePem(readFileSync(join(folder, name), 'utf8'), { labels: ['CERTIFICATE'] }).map(({ bytes }) => ({
    name,
    bytes,
  })),
)

/** Trust anchors from before RFC 5280 that have a GeneralizedTime before 2050: encoded anew, it would be a UTCTime. */
const oldTimes = ['Certum_Trusted_Network_CA_2.pem']

describe(`the ${anchors.length} trust anchors of this system`, () => {
  it('round-trip byte for byte, each part encoded anew', () => {
    for (const { name, bytes } of anchors) {
      const certificate = Certificate.decode(bytes)
      expect(toHex(Certificate.encode(certificate)), name).toBe(toHex(bytes))
      const tbs = certificate.tbsCertificate
      if (!oldTimes.includes(name)) expect(toHex(TBSCertificate.encode(tbs.value)), name).toBe(toHex(tbs.bytes))
    }
  })

  it('have names that survive their text form', () => {
    for (const { name, bytes } of anchors) {
      const { subject } = Certificate.decode(bytes).tbsCertificate.value
      for (const style of ['compact', 'strict', 'readable', 'slash'] as const) {
        expect(equalNames(parseName(formatName(subject, { style })), subject), `${name} ${style}`).toBe(true)
      }
    }
  })

  it('mean the same to pkijs', () => {
    for (const { name, bytes } of anchors) {
      const ours = Certificate.decode(bytes).tbsCertificate.value
      const theirs = pkijs.Certificate.fromBER(Uint8Array.from(bytes).buffer)
      expect(toHex(ours.serialNumber), name).toBe(toHex(new Uint8Array(theirs.serialNumber.valueBlock.valueHexView)))
      expect(ours.version, name).toBe(theirs.version)
      expect(ours.validity.notBefore, name).toEqual(theirs.notBefore.value)
      expect(ours.validity.notAfter, name).toEqual(theirs.notAfter.value)
      expect(ours.signature.algorithm, name).toBe(theirs.signature.algorithmId)
      expect(toHex(Name.encode(ours.subject)), name).toBe(toHex(new Uint8Array(theirs.subject.toSchema().toBER())))
      const extensions = (theirs.extensions ?? []).map(({ extnID, critical, extnValue }) => ({
        extnID,
        critical,
        extnValue: toHex(extnValue.valueBlock.valueHexView),
      }))
      expect(
        (ours.extensions ?? []).map((extension) => ({ ...extension, extnValue: toHex(extension.extnValue) })),
        name,
      ).toEqual(extensions)
      expect(asn1js.fromBER(Uint8Array.from(bytes).buffer).offset, name).toBe(bytes.length)
    }
  })
})
