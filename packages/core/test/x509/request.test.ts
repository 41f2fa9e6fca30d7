import { Asn1Error } from '@certwright/core/asn1'
import {
  type Attribute,
  BasicConstraints,
  type CertificationRequestInfo,
  decodeExtension,
  type Extension,
  ExtensionRequest,
  extensionOid,
  findExtension,
  requestAttributeOid,
  requestedExtensions,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { errorOf, hex } from '../asn1/support.js'

const extension = (extnID: string): Extension => ({ extnID, critical: false, extnValue: hex('30 00') })
const attribute = (type: string, ...lists: readonly (readonly Extension[])[]): Attribute => ({
  type,
  values: lists.map((list) => ExtensionRequest.encode(list)),
})

const request = (...attributes: readonly Attribute[]): CertificationRequestInfo => ({
  version: 0,
  subject: [],
  subjectPKInfo: { algorithm: { algorithm: '1.2.3' }, subjectPublicKey: { unusedBits: 0, bytes: new Uint8Array() } },
  attributes,
})

const { extensionRequest, msCertificateExtensions, challengePassword } = requestAttributeOid

describe('requestedExtensions', () => {
  it('finds them in both attributes', () => {
    const info = request(
      { type: challengePassword, values: [hex('0c 00')] },
      attribute(extensionRequest, [extension('1.2.3')]),
      attribute(msCertificateExtensions, [extension('1.2.4'), extension('1.2.5')]),
    )
    expect(requestedExtensions(info).map(({ extnID }) => extnID)).toEqual(['1.2.3', '1.2.4', '1.2.5'])
  })

  it('finds none where there are none', () => {
    expect(requestedExtensions(request())).toEqual([])
    expect(requestedExtensions(request(attribute(extensionRequest, [])))).toEqual([])
  })

  it.each<[string, CertificationRequestInfo]>([
    ['an extension twice', request(attribute(extensionRequest, [extension('1.2.3'), extension('1.2.3')]))],
    [
      'an extension in both attributes',
      request(
        attribute(extensionRequest, [extension('1.2.3')]),
        attribute(msCertificateExtensions, [extension('1.2.3')]),
      ),
    ],
    ['an attribute twice', request(attribute(extensionRequest, []), attribute(extensionRequest, []))],
    ['an attribute with two values', request(attribute(extensionRequest, [], [extension('1.2.3')]))],
    ['an attribute without values', request(attribute(extensionRequest))],
  ])('refuses %s', (_what, info) => {
    expect(errorOf(() => requestedExtensions(info)).kind).toBe('duplicate')
  })

  it('refuses a malformed list', () => {
    expect(() => requestedExtensions(request({ type: extensionRequest, values: [hex('05 00')] }))).toThrow(Asn1Error)
  })
})

describe('findExtension', () => {
  const list = [
    extension(extensionOid.basicConstraints),
    extension(extensionOid.keyUsage),
    extension(extensionOid.keyUsage),
  ]

  it('finds the one or none', () => {
    expect(findExtension(list, extensionOid.basicConstraints)).toBe(list[0])
    expect(findExtension(list, extensionOid.subjectAltName)).toBeUndefined()
    expect(findExtension(undefined, extensionOid.keyUsage)).toBeUndefined()
    expect(decodeExtension(BasicConstraints, list, extensionOid.basicConstraints)).toEqual({ cA: false })
    expect(decodeExtension(BasicConstraints, list, extensionOid.subjectAltName)).toBeUndefined()
  })

  it('refuses two', () => {
    expect(errorOf(() => findExtension(list, extensionOid.keyUsage)).kind).toBe('duplicate')
  })
})
