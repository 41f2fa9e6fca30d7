import { integer, toHex, utf8String } from '@certwright/core/asn1'
import { DirectoryString, GeneralName, GeneralNames } from '@certwright/core/pkix'
import { parseName } from '@certwright/core/x509'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { describe, expect, it } from 'vitest'
import { failure, hex } from '../asn1/support.js'

const names: readonly (readonly [GeneralName, string])[] = [
  [{ type: 'otherName', value: { typeId: '1.2.3', value: utf8String.encode('x') } }, 'a00906022a03a0030c0178'],
  [{ type: 'rfc822Name', value: 'a@b' }, '8103614062'],
  [{ type: 'dNSName', value: 'a.b' }, '8203612e62'],
  [{ type: 'x400Address', value: [integer.encode(1n)] }, 'a303020101'],
  [{ type: 'directoryName', value: parseName('C=DE') }, 'a40f300d310b3009060355040613024445'],
  [{ type: 'ediPartyName', value: { partyName: { type: 'utf8String', value: 'p' } } }, 'a505a1030c0170'],
  [
    {
      type: 'ediPartyName',
      value: { nameAssigner: { type: 'printableString', value: 'n' }, partyName: { type: 'bmpString', value: 'p' } },
    },
    'a50ba00313016ea1041e020070',
  ],
  [{ type: 'uniformResourceIdentifier', value: 'urn:x' }, '860575726e3a78'],
  [{ type: 'iPAddress', value: hex('0a000001') }, '87040a000001'],
  [{ type: 'registeredID', value: '1.2.3' }, '88022a03'],
]

describe('GeneralName', () => {
  it.each(names)('%j goes both ways', (value, der) => {
    expect(toHex(GeneralName.encode(value))).toBe(der)
    expect(GeneralName.decode(hex(der))).toEqual(value)
  })

  it('is what pkijs reads', () => {
    for (const [value, der] of names) {
      if (['otherName', 'x400Address', 'ediPartyName'].includes(value.type)) continue // pkijs writes other tags than it read
      const theirs = new pkijs.GeneralName({ schema: asn1js.fromBER(Uint8Array.from(hex(der)).buffer).result })
      const schema: unknown = theirs.toSchema()
      expect(schema).toBeInstanceOf(asn1js.BaseBlock)
      if (schema instanceof asn1js.BaseBlock) expect(toHex(new Uint8Array(schema.toBER()))).toBe(der)
    }
  })

  it('is not empty in a list', () => {
    expect(failure(GeneralNames, hex('30 00')).kind).toBe('value')
    expect(GeneralNames.decode(GeneralNames.encode(names.map(([value]) => value)))).toEqual(
      names.map(([value]) => value),
    )
  })

  it('knows five directory strings', () => {
    for (const type of ['teletexString', 'printableString', 'universalString', 'utf8String', 'bmpString'] as const) {
      expect(DirectoryString.decode(DirectoryString.encode({ type, value: 'Acme' }))).toEqual({ type, value: 'Acme' })
    }
    expect(failure(DirectoryString, hex('16 01 41')).kind).toBe('tag')
  })
})
