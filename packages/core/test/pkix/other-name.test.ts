import { type Schema, toHex } from '@certwright/core/asn1'
import {
  HardwareModuleName,
  KerberosPrincipalName,
  PermanentIdentifier,
  UserPrincipalName,
} from '@certwright/core/pkix'
import { describe, expect, it } from 'vitest'
import { failure, hex } from '../asn1/support.js'

const table: readonly (readonly [string, Schema<unknown>, unknown, string])[] = [
  ['a user principal name', UserPrincipalName, 'a@b', '0c03614062'],
  ['a permanent identifier', PermanentIdentifier, { identifierValue: 'x', assigner: '1.2.3' }, '30070c017806022a03'],
  ['a permanent identifier without value', PermanentIdentifier, { assigner: '1.2.3' }, '300406022a03'],
  ['a hardware module', HardwareModuleName, { hwType: '1.2.3', hwSerialNum: hex('0102') }, '300806022a0304020102'],
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
    ['a Kerberos realm with implicit tag', KerberosPrincipalName, '30 03 80 01 52', 'tag', 'realm'],
  ] as const)('refuses %s', (_what, schema, der, kind, path) => {
    const found = failure(schema, hex(der))
    expect({ kind: found.kind, path: found.path.join('.') }).toEqual({ kind, path })
  })
})
