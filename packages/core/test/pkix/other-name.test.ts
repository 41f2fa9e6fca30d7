import { type Schema, toHex } from '@certwright/core/asn1'
import {
  HardwareModuleName,
  KerberosPrincipalName,
  NAIRealm,
  NtdsObjectGuid,
  otherNameOid,
  PermanentIdentifier,
  readOtherName,
  SmtpUTF8Mailbox,
  SRVName,
  toOtherName,
  UserPrincipalName,
  XmppAddr,
} from '@certwright/core/pkix'
import { describe, expect, it } from 'vitest'
import { failure, hex } from '../asn1/support.js'

const table: readonly (readonly [string, Schema<unknown>, unknown, string])[] = [
  ['a user principal name', UserPrincipalName, 'a@b', '0c03614062'],
  ['a permanent identifier', PermanentIdentifier, { identifierValue: 'x', assigner: '1.2.3' }, '30070c017806022a03'],
  ['a permanent identifier without value', PermanentIdentifier, { assigner: '1.2.3' }, '300406022a03'],
  ['a hardware module', HardwareModuleName, { hwType: '1.2.3', hwSerialNum: hex('0102') }, '300806022a0304020102'],
  ['a service', SRVName, '_imaps.a', '16085f696d6170732e61'],
  ['a Jabber identifier', XmppAddr, 'a@b', '0c03614062'],
  ['a realm of RADIUS', NAIRealm, '*.a', '0c032a2e61'],
  ['a mailbox beyond ASCII', SmtpUTF8Mailbox, 'ü@b', '0c04c3bc4062'],
  ['the GUID of a domain controller', NtdsObjectGuid, new Uint8Array(16), `0410${'00'.repeat(16)}`],
  [
    'a Kerberos principal',
    KerberosPrincipalName,
    { realm: 'R', principalName: { nameType: 1, nameString: ['a', 'b'] } },
    '3018a0031b0152a1113 00fa003020101a10830061b01611b0162'.replaceAll(' ', ''),
  ],
]

describe('other names', () => {
  it.each(table)('%s goes both ways', (_what, schema, value, der) => {
    expect(toHex(schema.encode(value))).toBe(der)
    expect(schema.decode(hex(der))).toEqual(value)
  })

  it.each([
    ['a user principal name in IA5', UserPrincipalName, '16 01 61', 'tag', ''],
    ['an assigner before the value', PermanentIdentifier, '30 07 06 02 2a 03 0c 01 78', 'trailing', ''],
    ['a hardware module without number', HardwareModuleName, '30 04 06 02 2a 03', 'missing', 'hwSerialNum'],
    ['a service beyond ASCII', SRVName, '16 02 c3 bc', 'value', ''],
    ['a mailbox in IA5', SmtpUTF8Mailbox, '16 03 61 40 62', 'tag', ''],
    ['a realm that is no UTF-8', NAIRealm, '0c 01 ff', 'value', ''],
    ['a GUID of 15 octets', NtdsObjectGuid, `04 0f ${'00'.repeat(15)}`, 'value', ''],
    [
      'a Kerberos principal of a huge type',
      KerberosPrincipalName,
      '30 19 a0 03 1b 01 52 a1 12 30 10 a0 0b 02 09 01 00 00 00 00 00 00 00 00 a1 01 30',
      'limit',
      'principalName.nameType',
    ],
    ['a Kerberos realm with implicit tag', KerberosPrincipalName, '30 03 80 01 52', 'tag', 'realm'],
  ] as const)('refuses %s', (_what, schema, der, kind, path) => {
    const found = failure(schema, hex(der))
    expect({ kind: found.kind, path: found.path.join('.') }).toEqual({ kind, path })
  })

  it('are written under the identifier of their type and read by it', () => {
    expect(Object.keys(otherNameOid)).toHaveLength(9)
    const written = toOtherName({ type: 'naiRealm', value: '*.a' })
    expect(written.typeId).toBe('1.3.6.1.5.5.7.8.8')
    expect(readOtherName(written)).toEqual({ type: 'naiRealm', value: '*.a' })
    expect(() => toOtherName({ type: 'ntdsObjectGuid', value: new Uint8Array(15) })).toThrow('16 octets')
  })
})
