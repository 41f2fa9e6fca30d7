import {
  Asn1Error,
  any,
  bmpString,
  constrained,
  explicit,
  type Infer,
  implicit,
  mapped,
  objectIdentifier,
  octetString,
  type Schema,
  sequence,
  sequenceOf,
  smallInteger,
} from '../../asn1/index.js'
import { CertificatePolicies } from './policies.js'

/** Name of a version 1 certificate template (szOID_ENROLL_CERTTYPE_EXTENSION), MS-WCCE section 2.2.2.7.7.1. */
export const MsTemplateName = bmpString
export type MsTemplateName = Infer<typeof MsTemplateName>

const version = constrained(smallInteger, (value) => value >= 0 && value <= 0xffffffff, '0 to 2^32 - 1')

/** The value of {@link MsTemplate}. A minor version needs a major one. */
export interface MsTemplate {
  readonly templateID: string
  readonly templateMajorVersion?: number | undefined
  readonly templateMinorVersion?: number | undefined
}

/**
 * CertificateTemplateOID of a version 2 template (szOID_CERTIFICATE_TEMPLATE), MS-WCCE section 2.2.2.7.7.2. Its two
 * OPTIONAL INTEGERs have the same tag, which ASN.1 forbids: the first that is there is the major version.
 */
export const MsTemplate: Schema<MsTemplate> = mapped(sequenceOf(any, { min: 1, max: 3 }), {
  decode: ([id = new Uint8Array(), major, minor]) => ({
    templateID: objectIdentifier.decode(id),
    templateMajorVersion: major === undefined ? undefined : version.decode(major),
    templateMinorVersion: minor === undefined ? undefined : version.decode(minor),
  }),
  encode: ({ templateID, templateMajorVersion: major, templateMinorVersion: minor }) => {
    if (major === undefined && minor !== undefined) {
      throw new Asn1Error({ kind: 'missing', path: ['templateMajorVersion'], expected: 'INTEGER', actual: 'undefined' })
    }
    const versions = [major, minor].filter((number) => number !== undefined)
    return [objectIdentifier.encode(templateID), ...versions.map((number) => version.encode(number))]
  },
})

/** Application policies (szOID_APPLICATION_CERT_POLICIES), MS-WCCE section 2.2.2.7.7.3: purposes written as policies. */
export const MsApplicationPolicies = CertificatePolicies
export type MsApplicationPolicies = Infer<typeof MsApplicationPolicies>

/**
 * NTDS CA security extension (szOID_NTDS_CA_SECURITY_EXT), MS-WCCE section 2.2.2.7.7.4: an otherName whose type is
 * 1.3.6.1.4.1.311.25.2.1 and whose value is the security identifier as ASCII text in an OCTET STRING.
 */
export const NtdsSecurity = sequenceOf(
  implicit(
    0,
    sequence({
      typeId: objectIdentifier,
      value: explicit(0, octetString),
    }),
  ),
  { min: 1, max: 1 },
)
export type NtdsSecurity = Infer<typeof NtdsSecurity>

/** The type of the only name that {@link NtdsSecurity} has (szOID_NTDS_OBJECTSID). */
const ntdsObjectSid = '1.3.6.1.4.1.311.25.2.1'

/** A security identifier as text, MS-DTYP section 2.4.2.1: revision, authority, and up to 15 subauthorities. */
const securityIdentifier = /^S-1-(?:\d{1,15}|0x[0-9A-Fa-f]{12})(?:-\d{1,10}){1,15}$/

const notIdentifier = (): Asn1Error =>
  new Asn1Error({
    kind: 'value',
    expected: 'a security identifier such as S-1-5-21-1-2-3-1000',
    actual: 'another value',
  })

/**
 * The value of {@link NtdsSecurity} for an account, which binds a certificate to it strongly (KB5014754).
 *
 * @param sid such as `S-1-5-21-1-2-3-1000`
 * @throws Asn1Error `value` for text that is no security identifier.
 */
export function toNtdsSecurity(sid: string): NtdsSecurity {
  if (!securityIdentifier.test(sid)) throw notIdentifier()
  return [{ typeId: ntdsObjectSid, value: new TextEncoder().encode(sid) }]
}

/**
 * The security identifier in a value of {@link NtdsSecurity}.
 *
 * @throws Asn1Error `value` when it is another kind of name, or no security identifier.
 */
export function readNtdsSecurity([name]: NtdsSecurity): string {
  const sid = new TextDecoder().decode(name?.value)
  if (name?.typeId !== ntdsObjectSid || !securityIdentifier.test(sid)) throw notIdentifier()
  return sid
}
