import { type Asn1ErrorKind, type Schema, toHex } from '@certwright/core/asn1'
import {
  CABFOrganizationIdentifier,
  MsApplicationPolicies,
  MsTemplate,
  MsTemplateName,
  NtdsSecurity,
  OCSPNoCheck,
  oidName,
  PIVInterim,
  QCStatements,
  SignedCertificateTimestampList,
  SMIMECapabilities,
  TLSFeature,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { errorOf, failure, hex } from '../asn1/support.js'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

const table: readonly (readonly [string, Schema<unknown>, unknown, string])[] = [
  ['Microsoft template name', MsTemplateName, 'Web', '1e06005700650062'],
  [
    'Microsoft template',
    MsTemplate,
    { templateID: '1.2.3', templateMajorVersion: 100, templateMinorVersion: 4294967295 },
    '300e06022a03020164020500ffffffff',
  ],
  ['Microsoft template without versions', MsTemplate, { templateID: '1.2.3' }, '300406022a03'],
  [
    'Microsoft template without minor version',
    MsTemplate,
    { templateID: '1.2.3', templateMajorVersion: 1 },
    '300706022a03020101',
  ],
  ['Microsoft application policies', MsApplicationPolicies, [{ policyIdentifier: '1.2.3' }], '3006300406022a03'],
  [
    'NTDS security identifier',
    NtdsSecurity,
    [{ typeId: '1.3.6.1.4.1.311.25.2.1', value: ascii('S-1-5-21-1') }],
    '301ca01a060a2b060104018237190201a00c040a532d312d352d32312d31',
  ],
  [
    'S/MIME capabilities',
    SMIMECapabilities,
    [{ capabilityID: '2.16.840.1.101.3.4.1.42' }],
    '300d300b060960864801650304012a',
  ],
  ['PIV interim indicator', PIVInterim, true, '0101ff'],
  ['OCSP no-check', OCSPNoCheck, null, '0500'],
  ['TLS feature: must staple', TLSFeature, [5], '3003020105'],
  [
    'SCT list',
    SignedCertificateTimestampList,
    [{ type: 'unknown', bytes: hex('01') }],
    '0405000300 0101'.replace(' ', ''),
  ],
  ['QC statements', QCStatements, [{ statementId: '0.4.0.1862.1.1' }], '300a3008060604008e460101'],
  [
    'CABF organization identifier',
    CABFOrganizationIdentifier,
    {
      registrationSchemeIdentifier: 'NTR',
      registrationCountry: 'DE',
      registrationStateOrProvince: 'BY',
      registrationReference: '1',
    },
    '30101303 4e5452 1302 4445 8002 4259 0c01 31'.replaceAll(' ', ''),
  ],
]

describe('extensions beyond RFC 5280', () => {
  it.each(table)('%s goes both ways', (_what, schema, value, der) => {
    expect(toHex(schema.encode(value))).toBe(der)
    expect(schema.decode(hex(der))).toEqual(value)
  })

  it.each<[string, Schema<unknown>, string, Asn1ErrorKind]>([
    ['a template without identifier', MsTemplate, '30 00', 'value'],
    ['a template with three versions', MsTemplate, '30 0d 06 02 2a 03 02 01 01 02 01 01 02 01 01', 'value'],
    ['a template version of 2^32', MsTemplate, '30 0b 06 02 2a 03 02 05 01 00 00 00 00', 'value'],
    ['a negative template version', MsTemplate, '30 07 06 02 2a 03 02 01 ff', 'value'],
    ['no security identifier', NtdsSecurity, '30 00', 'value'],
    ['a security identifier that is a UTF8String', NtdsSecurity, '30 0b a0 09 06 02 2a 03 a0 03 0c 01 53', 'tag'],
    ['a TLS feature of 65536', TLSFeature, '30 05 02 03 01 00 00', 'value'],
    ['a country of three letters', CABFOrganizationIdentifier, '30 0d 13 03 4e 54 52 13 03 44 45 55 0c 01 31', 'value'],
    ['a no-check with content', OCSPNoCheck, '05 01 00', 'value'],
  ])('refuses %s', (_what, schema, der, kind) => {
    expect(failure(schema, hex(der)).kind).toBe(kind)
  })

  it('does not write a minor version without a major one', () => {
    expect(errorOf(() => MsTemplate.encode({ templateID: '1.2.3', templateMinorVersion: 1 })).kind).toBe('missing')
  })
})

describe('names of object identifiers', () => {
  it.each([
    ['2.5.29.15', 'keyUsage'],
    ['2.5.4.3', 'commonName'],
    ['1.3.6.1.5.5.7.3.2', 'clientAuth'],
    ['1.2.840.10045.2.1', 'id-ecPublicKey'],
    ['1.3.6.1.4.1.53087.1.13', 'MarkType'],
    ['1.3.6.1.4.1.311.20.2.3', 'userPrincipalName'],
    ['0.4.0.1862.1.1', 'qcCompliance'],
    ['1.2.3', undefined],
  ])('%s is %s', (oid, name) => {
    expect(oidName(oid)).toBe(name)
  })
})
