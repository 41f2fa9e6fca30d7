import { Asn1Error, type Asn1ErrorKind, toHex } from '@certwright/core/asn1'
import {
  type KnownQcStatement,
  psd2RoleOid,
  QCStatement,
  QCStatements,
  qcStatementOid,
  qcTypeOid,
  readQcStatement,
  semanticsOid,
  toQcStatement,
} from '@certwright/core/x509'
import { afterAll, describe, expect, it } from 'vitest'
import { errorOf, hex } from '../asn1/support.js'
import { openWorkspace } from './openssl.js'

const work = openWorkspace()
afterAll(work.remove)

const statements: readonly KnownQcStatement[] = [
  { type: 'pkixSyntaxV1' },
  { type: 'pkixSyntaxV2', info: { semanticsIdentifier: semanticsOid.legalPerson } },
  {
    type: 'pkixSyntaxV2',
    info: { nameRegistrationAuthorities: [{ type: 'uniformResourceIdentifier', value: 'urn:x' }] },
  },
  { type: 'qcCompliance' },
  { type: 'qcLimitValue', info: { currency: { type: 'alphabetic', value: 'EUR' }, amount: 100n, exponent: 3n } },
  { type: 'qcLimitValue', info: { currency: { type: 'numeric', value: 978 }, amount: 1n, exponent: -2n } },
  { type: 'qcRetentionPeriod', info: 20n },
  { type: 'qcSSCD' },
  { type: 'qcPDS', info: [{ url: 'https://example.org/pds', language: 'en' }] },
  { type: 'qcType', info: [qcTypeOid.esign, qcTypeOid.web] },
  { type: 'qcCClegislation', info: ['DE', 'FR'] },
  {
    type: 'psd2',
    info: {
      rolesOfPSP: [
        { roleOfPspOid: psd2RoleOid.paymentInitiation, roleOfPspName: 'PSP_PI' },
        { roleOfPspOid: psd2RoleOid.accountInformation, roleOfPspName: 'PSP_AI' },
      ],
      nCAName: 'Bundesanstalt für Finanzdienstleistungsaufsicht',
      nCAId: 'DE-BAFIN',
    },
  },
]

/** The same statements in the language of `openssl asn1parse -genconf`. */
const asOpensslMakesThem = `
asn1 = SEQUENCE:all
[all]
1 = SEQUENCE:s1
2 = SEQUENCE:s2
3 = SEQUENCE:s3
4 = SEQUENCE:s4
5 = SEQUENCE:s5
6 = SEQUENCE:s6
7 = SEQUENCE:s7
8 = SEQUENCE:s8
9 = SEQUENCE:s9
10 = SEQUENCE:s10
11 = SEQUENCE:s11
12 = SEQUENCE:s12
[s1]
id = OID:1.3.6.1.5.5.7.11.1
[s2]
id = OID:1.3.6.1.5.5.7.11.2
info = SEQUENCE:s2i
[s2i]
semantics = OID:0.4.0.194121.1.2
[s3]
id = OID:1.3.6.1.5.5.7.11.2
info = SEQUENCE:s3i
[s3i]
authorities = SEQUENCE:s3a
[s3a]
uri = IMPLICIT:6,IA5STRING:urn\\:x
[s4]
id = OID:0.4.0.1862.1.1
[s5]
id = OID:0.4.0.1862.1.2
info = SEQUENCE:s5i
[s5i]
currency = PRINTABLESTRING:EUR
amount = INTEGER:100
exponent = INTEGER:3
[s6]
id = OID:0.4.0.1862.1.2
info = SEQUENCE:s6i
[s6i]
currency = INTEGER:978
amount = INTEGER:1
exponent = INTEGER:-2
[s7]
id = OID:0.4.0.1862.1.3
info = INTEGER:20
[s8]
id = OID:0.4.0.1862.1.4
[s9]
id = OID:0.4.0.1862.1.5
info = SEQUENCE:s9i
[s9i]
1 = SEQUENCE:s9l
[s9l]
url = IA5STRING:https\\://example.org/pds
language = PRINTABLESTRING:en
[s10]
id = OID:0.4.0.1862.1.6
info = SEQUENCE:s10i
[s10i]
1 = OID:0.4.0.1862.1.6.1
2 = OID:0.4.0.1862.1.6.3
[s11]
id = OID:0.4.0.1862.1.7
info = SEQUENCE:s11i
[s11i]
1 = PRINTABLESTRING:DE
2 = PRINTABLESTRING:FR
[s12]
id = OID:0.4.0.19495.2
info = SEQUENCE:s12i
[s12i]
roles = SEQUENCE:s12r
name = FORMAT:UTF8,UTF8String:Bundesanstalt für Finanzdienstleistungsaufsicht
id = UTF8String:DE-BAFIN
[s12r]
1 = SEQUENCE:s12a
2 = SEQUENCE:s12b
[s12a]
oid = OID:0.4.0.19495.1.2
name = UTF8String:PSP_PI
[s12b]
oid = OID:0.4.0.19495.1.3
name = UTF8String:PSP_AI
`

describe('QC statements', () => {
  it.each(statements)('$type goes both ways', (statement) => {
    expect(readQcStatement(QCStatement.decode(QCStatement.encode(toQcStatement(statement))))).toEqual(statement)
  })

  it('are what openssl makes of the same values', () => {
    work.write('qc.cnf', asOpensslMakesThem)
    work.openssl('asn1parse', '-genconf', 'qc.cnf', '-noout', '-out', 'qc.der')
    const der = work.read('qc.der')
    expect(QCStatements.decode(der).map(readQcStatement)).toEqual(statements)
    expect(toHex(QCStatements.encode(statements.map(toQcStatement)))).toBe(toHex(der))
  })

  it('of unknown type survive', () => {
    const der = hex('300d 300b 06032a0304 0c04 61626364')
    expect(QCStatements.decode(der).map(readQcStatement)).toEqual([undefined])
    expect(QCStatements.encode(QCStatements.decode(der))).toEqual(der)
  })

  const info = (id: keyof typeof qcStatementOid, der: string) => ({
    statementId: qcStatementOid[id],
    statementInfo: hex(der),
  })
  it.each<[string, QCStatement, Asn1ErrorKind]>([
    ['compliance with information', info('qcCompliance', '0500'), 'trailing'],
    ['a device with information', info('qcSSCD', '0500'), 'trailing'],
    ['a limit without information', { statementId: qcStatementOid.qcLimitValue }, 'missing'],
    [
      'a limit in a currency of four letters',
      info('qcLimitValue', '300c 1304 45555245 020101 020101'.replaceAll(' ', '')),
      'value',
    ],
    ['a limit in the currency 1000', info('qcLimitValue', '300a 020203e8 020101 020101'), 'value'],
    ['a limit without exponent', info('qcLimitValue', '3008 1303455552 020101'), 'missing'],
    ['empty semantics', info('pkixSyntaxV2', '3000'), 'value'],
    ['no authorities', info('pkixSyntaxV2', '3002 3000'), 'value'],
    ['no disclosure statements', info('qcPDS', '3000'), 'value'],
    ['a language of three letters', info('qcPDS', '300a 3008 160161 1303656e67'), 'value'],
    ['a type that is no identifier', info('qcType', '3003 020101'), 'tag'],
    ['a country of three letters', info('qcCClegislation', '3005 1303444555'), 'value'],
    ['a retention period that is text', info('qcRetentionPeriod', '0c0132'), 'tag'],
    ['an authority without name', info('psd2', '3007 3000 0c00 0c0178'), 'value'],
    ['a payment service without roles', info('psd2', '3006 0c0178 0c0178'), 'tag'],
  ])('refuses %s', (_what, statement, kind) => {
    expect(errorOf(() => readQcStatement(statement)).kind).toBe(kind)
  })

  it('are not written with values that do not fit', () => {
    expect(() => toQcStatement({ type: 'qcCClegislation', info: ['DEU'] })).toThrow(Asn1Error)
    expect(() => toQcStatement({ type: 'pkixSyntaxV2', info: {} })).toThrow(Asn1Error)
  })
})
