import {
  Asn1Error,
  decodeBase64,
  encodeBase64,
  equalBytes,
  fromHex,
  printDer,
  type Schema,
} from '@certwright/core/asn1'
import { decodeCertsOnly, EncryptedPrivateKeyInfo, PrivateKeyInfo, ScryptParameters } from '@certwright/core/cms'
import { CertwrightError } from '@certwright/core/errors'
import { GeneralNames } from '@certwright/core/pkix'
import * as x509 from '@certwright/core/x509'
import { nameTargets } from './name-targets.js'
import { extensionSeeds, seeds } from './seeds.js'

/** One decoder under test. */
export interface FuzzTarget {
  /** Well-formed inputs to start from. */
  readonly seeds: readonly Uint8Array[]
  /** Throws a plain error when the decoder breaks a promise on this input; typed refusals are caught here. */
  readonly run: (input: Uint8Array) => void
}

/** What a decoder promises: a typed error, or a value that encodes to the same octets (unless `canonical` is false). */
function schemaTarget(schema: Schema<unknown>, samples: readonly Uint8Array[], canonical = true): FuzzTarget {
  return {
    seeds: samples,
    run: (input) => {
      const value = refusedOr(() => schema.decode(input))
      if (value !== undefined && !equalBytes(schema.encode(value.result), input) && canonical) {
        throw new Error('decoded, and encodes to other octets')
      }
      refusedOr(() => schema.decode(input, { encoding: 'ber' }))
    },
  }
}

function refusedOr<T>(run: () => T): { readonly result: T } | undefined {
  try {
    return { result: run() }
  } catch (error) {
    if (error instanceof CertwrightError && (!(error instanceof Asn1Error) || error.message.length < 2000))
      return undefined
    throw error
  }
}

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

const pem: FuzzTarget = {
  seeds: [
    octets(x509.encodePem('CERTIFICATE', seeds.certificate)),
    octets(`x\n${x509.encodePem('X509 CRL', seeds.scrypt)}`),
  ],
  run: (input) => {
    refusedOr(() => x509.decodePem(utf8.decode(input)))
    refusedOr(() => x509.decodePem(utf8.decode(input), { lenient: true }))
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

const certsOnly: FuzzTarget = {
  seeds: [seeds.certsOnly],
  run: (input) => {
    refusedOr(() => decodeCertsOnly(input))
    refusedOr(() => decodeCertsOnly(input, { encoding: 'ber' }))
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
  'certs-only': certsOnly,
  'general-names': schemaTarget(GeneralNames, [
    extensionSeeds.get(x509.extensionOid.subjectAltName) ?? new Uint8Array(),
  ]),
  'private-key': schemaTarget(PrivateKeyInfo, [seeds.privateKey]),
  'encrypted-private-key': schemaTarget(EncryptedPrivateKeyInfo, [seeds.encryptedKey]),
  scrypt: schemaTarget(ScryptParameters, [seeds.scrypt]),
  pss: schemaTarget(x509.RsassaPssParams, [seeds.pss]),
  ...nameTargets,
  'qc-statement-info': qcStatementInfo,
  print: { seeds: [seeds.certificate, seeds.certsOnly], run: (input) => void printDer(input) },
  ...Object.fromEntries(
    extensionTargets.map(([title, schema, oid]) => [
      title,
      schemaTarget(schema, [extensionSeeds.get(oid) ?? new Uint8Array()]),
    ]),
  ),
}
