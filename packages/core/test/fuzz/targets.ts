import { decodeBase64, encodeBase64, equalBytes, fromHex, type Schema } from '@certwright/core/asn1'
import { EncryptedPrivateKeyInfo, PrivateKeyInfo, ScryptParameters } from '@certwright/core/cms'
import {
  formatIpAddress,
  GeneralNames,
  OtherName,
  parseIpAddress,
  readOtherName,
  toOtherName,
} from '@certwright/core/pkix'
import * as x509 from '@certwright/core/x509'
import { asn1Targets } from './asn1-targets.js'
import { cmsTargets } from './cms-targets.js'
import { ctTargets } from './ct-targets.js'
import { everySchema } from './every-schema.js'
import { nameTargets } from './name-targets.js'
import { pkcsTargets } from './pkcs-targets.js'
import { extensionSeeds, seeds } from './seeds.js'
import { type FuzzTarget, refusedOr, schemaTarget } from './target.js'
import { textTargets } from './text-targets.js'

const certificate: FuzzTarget = schemaTarget(x509.Certificate, [seeds.certificate])
const tbs = x509.Certificate.decode(seeds.certificate).tbsCertificate.bytes

const extensionTargets: readonly (readonly [string, Schema<unknown>, string])[] = [
  ['basic-constraints', x509.BasicConstraints, x509.extensionOid.basicConstraints],
  ['key-usage', x509.KeyUsage, x509.extensionOid.keyUsage],
  ['extended-key-usage', x509.ExtendedKeyUsage, x509.extensionOid.extendedKeyUsage],
  ['authority-key-identifier', x509.AuthorityKeyIdentifier, x509.extensionOid.authorityKeyIdentifier],
  ['crl-distribution-points', x509.CRLDistributionPoints, x509.extensionOid.cRLDistributionPoints],
  ['authority-info-access', x509.AuthorityInfoAccess, x509.extensionOid.authorityInfoAccess],
  ['certificate-policies', x509.CertificatePolicies, x509.extensionOid.certificatePolicies],
  ['name-constraints', x509.NameConstraints, x509.extensionOid.nameConstraints],
  ['policy-constraints', x509.PolicyConstraints, x509.extensionOid.policyConstraints],
  ['private-key-usage-period', x509.PrivateKeyUsagePeriod, x509.extensionOid.privateKeyUsagePeriod],
  ['issuing-distribution-point', x509.IssuingDistributionPoint, x509.extensionOid.issuingDistributionPoint],
  ['ms-template', x509.MsTemplate, x509.extensionOid.msTemplate],
  ['ntds-security', x509.NtdsSecurity, x509.extensionOid.ntdsSecurity],
  ['qc-statements', x509.QCStatements, x509.extensionOid.qcStatements],
  ['sct-list', x509.SignedCertificateTimestampList, x509.extensionOid.signedCertificateTimestamps],
  ['cabf-organization-identifier', x509.CABFOrganizationIdentifier, x509.extensionOid.cabfOrganizationIdentifier],
]

const utf8 = new TextDecoder()
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

const crl: FuzzTarget = {
  seeds: [seeds.crl],
  run: (input) => {
    const whole = refusedOr(() => x509.CertificateList.decode(input))
    const deferred = refusedOr(() => {
      const list = x509.DeferredCertificateList.decode(input)
      const entries = list.tbsCertList.value.revokedCertificates
      x509.findRevoked(entries, fromHex('06'))
      return [...(entries ?? [])].length
    })
    if ((whole === undefined) !== (deferred === undefined)) throw new Error('the two ways to read a CRL disagree')
    if (whole !== undefined && !equalBytes(x509.CertificateList.encode(whole.result), input))
      throw new Error('other octets')
  },
}

const request: FuzzTarget = {
  seeds: [seeds.request],
  run: (input) => {
    schemaTarget(x509.CertificationRequest, []).run(input)
    refusedOr(() => {
      const { value } = x509.CertificationRequest.decode(input).certificationRequestInfo
      x509.formatName(value.subject)
      return x509.requestedExtensions(value)
    })
  },
}

const name: FuzzTarget = {
  seeds: [x509.Name.encode(seeds.name)],
  run: (input) => {
    schemaTarget(x509.Name, []).run(input)
    const decoded = refusedOr(() => x509.Name.decode(input))
    if (decoded === undefined) return
    if (!x509.equalNames(decoded.result, decoded.result)) throw new Error('a name does not equal itself')
    const text = x509.formatName(decoded.result)
    const parsed = refusedOr(() => x509.parseName(text))
    if (parsed !== undefined && x509.formatName(parsed.result) !== text) throw new Error('the text form is not stable')
  },
}

const nameText: FuzzTarget = {
  seeds: [octets('CN=a\\, b+UID="c" ,O=d\\20;1.2.3=#0c0141,C=DE')],
  run: (input) => {
    const parsed = refusedOr(() => x509.parseName(utf8.decode(input)))
    if (parsed === undefined) return
    const again = x509.parseName(x509.formatName(parsed.result))
    if (!x509.equalNames(parsed.result, again)) throw new Error('a name does not survive its text form')
  },
}

const pemText = x509.encodePem('CERTIFICATE', seeds.certificate)

/** Blocks that are read are written as text that reads as the same blocks; who is lenient reads whatever is strict. */
const pem: FuzzTarget = {
  seeds: [
    octets(pemText),
    octets(`x\n${x509.encodePem('X509 CRL', seeds.scrypt)}\r\n${x509.encodePem('A-B C', seeds.scrypt)}`),
    octets(x509.encodePem('NEW CERTIFICATE REQUEST', seeds.scrypt).replace('\n', '\nComment: x\n\n')),
    octets(` ${x509.encodePem('CRL', seeds.scrypt).replaceAll('\n', ' \r\n\t')}`),
  ],
  run: (input) => {
    const text = utf8.decode(input)
    const strict = refusedOr(() => x509.decodePem(text))?.result
    const lenient = refusedOr(() => x509.decodePem(text, { lenient: true }))?.result
    for (const blocks of [strict, lenient]) {
      if (blocks === undefined) continue
      const again = x509.decodePem(blocks.map(({ label, bytes }) => x509.encodePem(label, bytes)).join('text\n'))
      if (again.length !== blocks.length) throw new Error('blocks get lost')
      for (const [index, { label, bytes }] of blocks.entries()) {
        if (again[index]?.label !== label || !equalBytes(again[index].bytes, bytes)) throw new Error('a block changes')
      }
    }
  },
}

const base64: FuzzTarget = {
  seeds: [octets(encodeBase64(seeds.scrypt))],
  run: (input) => {
    const decoded = refusedOr(() => decodeBase64(utf8.decode(input)))
    if (decoded !== undefined && encodeBase64(decoded.result) !== utf8.decode(input)) throw new Error('not canonical')
    refusedOr(() => decodeBase64(utf8.decode(input), { lenient: true }))
  },
}

const qcStatementInfo: FuzzTarget = {
  seeds: [extensionSeeds.get(x509.extensionOid.qcStatements) ?? new Uint8Array()],
  run: (input) => {
    const statements = refusedOr(() => x509.QCStatements.decode(input))?.result ?? []
    for (const statement of statements) {
      const known = refusedOr(() => x509.readQcStatement(statement))?.result
      if (known === undefined) continue
      const [one, other] = [statement, x509.toQcStatement(known)].map((each) => x509.QCStatement.encode(each))
      if (!equalBytes(one ?? input, other ?? input)) throw new Error('a statement encodes to other octets')
    }
  },
}

/** An address or range goes to text and back, and a text that is none is refused. */
const ipAddress: FuzzTarget = {
  seeds: ['192.0.2.1', '2001:db8::1/64', '::ffff:1.2.3.4', '10.0.0.0/255.0.255.0', 'fe80::/ffff::'].map(octets),
  run: (input) => {
    const parsed = refusedOr(() => parseIpAddress(utf8.decode(input)))
    for (const address of [parsed?.result, input]) {
      const text = address === undefined ? undefined : refusedOr(() => formatIpAddress(address))?.result
      if (address === undefined || text === undefined) continue
      if (!equalBytes(parseIpAddress(text), address)) throw new Error('an address does not survive its text form')
    }
  },
}

const otherName: FuzzTarget = {
  seeds: [
    toOtherName({ type: 'userPrincipalName', value: 'a@corp' }),
    toOtherName({ type: 'permanentIdentifier', value: { identifierValue: 'x', assigner: '1.2.3' } }),
    toOtherName({ type: 'hardwareModuleName', value: { hwType: '1.2.3', hwSerialNum: fromHex('01') } }),
    { typeId: '1.2.3', value: fromHex('0500') },
  ].map((value) => OtherName.encode(value)),
  run: (input) => {
    schemaTarget(OtherName, []).run(input)
    const name = refusedOr(() => OtherName.decode(input))?.result
    const known = name === undefined ? undefined : refusedOr(() => readOtherName(name))?.result
    if (known !== undefined && !equalBytes(OtherName.encode(toOtherName(known)), input)) {
      throw new Error('the value of a name encodes to other octets')
    }
  },
}

/** Every decoder of this package by name. */
export const targets: Readonly<Record<string, FuzzTarget>> = {
  certificate,
  // Times before 2050 may come as GeneralizedTime and are written as UTCTime.
  'tbs-certificate': schemaTarget(x509.TBSCertificate, [tbs], false),
  request,
  crl,
  name,
  'name-text': nameText,
  pem,
  base64,
  ...ctTargets,
  ...cmsTargets(seeds),
  'general-names': schemaTarget(GeneralNames, [
    extensionSeeds.get(x509.extensionOid.subjectAltName) ?? new Uint8Array(),
  ]),
  'private-key': schemaTarget(PrivateKeyInfo, [seeds.privateKey]),
  'encrypted-private-key': schemaTarget(EncryptedPrivateKeyInfo, [seeds.encryptedKey]),
  scrypt: schemaTarget(ScryptParameters, [seeds.scrypt]),
  pss: schemaTarget(x509.RsassaPssParams, [seeds.pss]),
  ...(await pkcsTargets({ privateKey: seeds.privateKey, certificate: seeds.certificate, crl: seeds.crl })),
  ...nameTargets,
  'ip-address': ipAddress,
  'other-name': otherName,
  'qc-statement-info': qcStatementInfo,
  ...textTargets,
  'every-schema': everySchema([
    seeds.certificate,
    seeds.request,
    seeds.crl,
    seeds.certsOnly,
    seeds.privateKey,
    seeds.encryptedKey,
  ]),
  ...asn1Targets([seeds.certificate, seeds.certsOnly]),
  ...Object.fromEntries(
    extensionTargets.map(([title, schema, oid]) => [
      title,
      schemaTarget(schema, [extensionSeeds.get(oid) ?? new Uint8Array()]),
    ]),
  ),
}
