import { Asn1Error, any, type Schema } from '../asn1/index.js'
import {
  BasicConstraints,
  CertificatePolicies,
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  SubjectAlternativeName,
} from '../x509/index.js'
import { isDecidedByTheCa, type Profile } from './compile.js'
import type { ProfileRequest } from './evaluate.js'
import { generalNameFaults } from './name-values.js'
import type { Violation } from './violations.js'

/** More names than any device has: beyond it a request costs relying parties more than it tells them. */
const maxNames = 100
const maxPurposes = 50

/**
 * id-kp-OCSPSigning makes its holder a responder for the whole CA (RFC 6960 section 4.2.2.2), and
 * anyExtendedKeyUsage leaves no purpose out: neither is for a requester to claim.
 */
const reservedPurposes: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.3.9', 'OCSPSigning'],
  ['2.5.29.37.0', 'anyExtendedKeyUsage'],
])

interface FromRequest {
  readonly extension?: Extension
  readonly violations: readonly Violation[]
}

const none: FromRequest = { violations: [] }

/** The subjectAltName extension to certify: critical exactly when the subject is empty (RFC 5280 section 4.2.1.6). */
export function requestedNames({ config }: Profile, { extensions, subject }: ProfileRequest): FromRequest {
  const field = 'subjectAltName'
  const asked = find(extensions, extensionOid.subjectAltName)
  if (asked === undefined) {
    if (config.subjectAlternativeName !== 'required') return none
    return { violations: [{ code: 'name-missing', field, message: 'is required by the profile' }] }
  }
  if (config.subjectAlternativeName === 'never') {
    return { violations: [{ code: 'name-not-allowed', field, message: 'the profile certifies no alternative names' }] }
  }
  const names = decode(SubjectAlternativeName, asked, field)
  if ('violations' in names) return names
  if (names.value.length === 0 || names.value.length > maxNames) {
    const message = `has ${names.value.length} names; 1 to ${maxNames} are allowed`
    return { violations: [{ code: 'name-value', field, message }] }
  }
  const faults = names.value.flatMap(generalNameFaults)
  if (faults.length > 0) return { violations: faults.map((message) => ({ code: 'name-value', field, message })) }
  return { extension: { ...asked, critical: subject.length === 0 }, violations: [] }
}

/** The extendedKeyUsage extension: what the profile always has and what it lets the request add. */
export function requestedPurposes({ config }: Profile, { extensions }: ProfileRequest): FromRequest {
  const field = 'extendedKeyUsage'
  const rule = config.extendedKeyUsage
  if (rule === undefined) return none
  const always = rule.always ?? []
  const asked = rule.fromRequest === true ? find(extensions, extensionOid.extendedKeyUsage) : undefined
  const decoded = asked === undefined ? { value: [] as readonly string[] } : decode(ExtendedKeyUsage, asked, field)
  if ('violations' in decoded) return decoded
  const reserved = decoded.value.flatMap((oid) => reservedPurposes.get(oid) ?? [])
  if (reserved.length > 0) {
    const message = `a request may not name ${reserved.join(' and ')}`
    return { violations: [{ code: 'purpose-not-allowed', field, message }] }
  }
  const purposes = [...new Set([...always, ...decoded.value])]
  if (purposes.length === 0) return none
  if (purposes.length > maxPurposes) {
    return { violations: [{ code: 'purpose-not-allowed', field, message: `names more than ${maxPurposes} purposes` }] }
  }
  const extnValue = ExtendedKeyUsage.encode(purposes)
  return {
    extension: { extnID: extensionOid.extendedKeyUsage, critical: rule.critical === true, extnValue },
    violations: [],
  }
}

/** The further extensions that the profile copies, well-formed and never critical. */
export function copiedExtensions(
  { requestExtensions }: Profile,
  { extensions }: ProfileRequest,
): { readonly extensions: readonly Extension[]; readonly violations: readonly Violation[] } {
  const copied: Extension[] = []
  const violations: Violation[] = []
  for (const extension of extensions.filter(({ extnID }) => requestExtensions.has(extnID))) {
    const schema = extension.extnID === extensionOid.certificatePolicies ? CertificatePolicies : any
    const decoded = decode<unknown>(schema, extension, extension.extnID)
    if ('violations' in decoded) violations.push(...decoded.violations)
    else copied.push({ ...extension, critical: false })
  }
  return { extensions: copied, violations }
}

/**
 * What is in the request and not in the profile. Extensions that the CA decides are left out of the certificate without
 * a word, as many clients send them; a wish to be a CA, and any other extension marked critical, is refused.
 */
export function unexpectedExtensions(
  { config, requestExtensions }: Profile,
  { extensions }: ProfileRequest,
): readonly Violation[] {
  return extensions.flatMap((extension): readonly Violation[] => {
    const { extnID, critical } = extension
    if (extnID === extensionOid.basicConstraints) return config.basicConstraints.cA ? [] : caWish(extension)
    if (isDecidedByTheCa(extnID) || requestExtensions.has(extnID) || !critical) return []
    const message = 'is marked critical and the profile does not certify it'
    return [{ code: 'extension-critical', field: `extension ${extnID}`, message }]
  })
}

function caWish(extension: Extension): readonly Violation[] {
  const field = 'basicConstraints'
  const decoded = decode(BasicConstraints, extension, field)
  if ('violations' in decoded) return decoded.violations
  if (!decoded.value.cA) return []
  return [{ code: 'ca-not-allowed', field, message: 'the profile certifies end entities, not certificate authorities' }]
}

const find = (extensions: readonly Extension[], oid: string): Extension | undefined =>
  extensions.find(({ extnID }) => extnID === oid)

function decode<T>(
  schema: Schema<T>,
  { extnValue }: Extension,
  field: string,
): { readonly value: T } | { readonly violations: readonly Violation[] } {
  try {
    return { value: schema.decode(extnValue) }
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    return { violations: [{ code: 'extension-malformed', field, message: `is malformed: ${error.message}` }] }
  }
}
