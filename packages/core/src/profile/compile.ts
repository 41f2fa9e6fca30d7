import { keyTypes } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import { lintPolicyFaults } from '../lint/index.js'
import type { ProfileConfig } from './config.js'
import { type Duration, parseDuration } from './duration.js'
import { keyUsageBits } from './key-usage.js'

/** A checked profile: the only thing `evaluate` takes. */
export interface Profile {
  readonly config: ProfileConfig
  readonly id: string
  readonly validity: { readonly default: Duration; readonly backdate: Duration }
  readonly requestExtensions: ReadonlySet<string>
}

/** One fault of a `ProfileConfig`. */
export interface ProfileFault {
  /** Where: field names joined by dots. */
  readonly path: string
  readonly message: string
}

/** A `ProfileConfig` that cannot be used, with every fault found. */
export class ProfileConfigError extends CertwrightError {
  override readonly name = 'ProfileConfigError'

  constructor(
    profile: string,
    readonly faults: readonly ProfileFault[],
  ) {
    const list = faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
    super('profile-config', `profile "${profile}" cannot be used: ${list}`)
  }
}

const maxBackdateMs = 48 * 3600 * 1000
const oidPattern = /^[0-2](\.(0|[1-9]\d*)){1,127}$/

/** Extensions that the CA alone decides: a request cannot bring them. */
const decidedByTheCa: ReadonlyMap<string, string> = new Map([
  ['2.5.29.14', 'subjectKeyIdentifier'],
  ['2.5.29.15', 'keyUsage'],
  ['2.5.29.17', 'subjectAlternativeName (see the field of that name)'],
  ['2.5.29.19', 'basicConstraints'],
  ['2.5.29.20', 'cRLNumber'],
  ['2.5.29.21', 'reasonCode'],
  ['2.5.29.24', 'invalidityDate'],
  ['2.5.29.28', 'issuingDistributionPoint'],
  ['2.5.29.31', 'cRLDistributionPoints'],
  ['2.5.29.35', 'authorityKeyIdentifier'],
  ['2.5.29.37', 'extendedKeyUsage (see the field of that name)'],
  ['1.3.6.1.5.5.7.1.1', 'authorityInfoAccess'],
  ['1.2.840.113533.7.65.0', 'entrustVersInfo'],
  ['2.16.840.1.113730.1.3', 'netscapeRevocationUrl'],
])

/** Whether the CA alone decides an extension, so that a request which holds it is answered without it. */
export const isDecidedByTheCa = (oid: string): boolean => decidedByTheCa.has(oid)

/**
 * Checks a config and makes it usable.
 *
 * @throws ProfileConfigError naming every fault at once.
 */
export function compileProfile(config: ProfileConfig): Profile {
  const faults: ProfileFault[] = []
  const fault = (path: string, message: string): void => void faults.push({ path, message })
  if (!/^[a-z0-9][a-z0-9-]{1,78}[a-z0-9]$/.test(config.id)) {
    fault('id', 'use 3 to 80 lower-case letters, digits and inner hyphens')
  }
  const validity = {
    default: durationOf(config.validity.default, 'validity.default', fault),
    backdate: durationOf(config.validity.backdate ?? 'PT0S', 'validity.backdate', fault),
  }
  if (lengthOf(validity.default) <= 0) fault('validity.default', 'must be longer than nothing')
  if (validity.backdate.months > 0 || lengthOf(validity.backdate) > maxBackdateMs) {
    fault('validity.backdate', 'must be at most PT48H')
  }
  checkKeys(config, fault)
  checkKeyUsage(config, fault)
  checkBasicConstraints(config, fault)
  checkExtensions(config, fault)
  for (const { path, message } of lintPolicyFaults(config.lint ?? {})) fault(`lint.${path}`, message)
  if (config.subject.empty === 'allowed' && config.subjectAlternativeName === 'never') {
    fault('subject.empty', 'an empty subject needs a subject alternative name, which this profile never has')
  }
  if (faults.length > 0) throw new ProfileConfigError(config.id, faults)
  return Object.freeze({ config, id: config.id, validity, requestExtensions: new Set(config.requestExtensions) })
}

type Fault = (path: string, message: string) => void

function durationOf(text: string, path: string, fault: Fault): Duration {
  try {
    return parseDuration(text)
  } catch (error) {
    fault(path, error instanceof Error ? error.message : 'is not a duration')
    return { months: 0, days: 0, milliseconds: 1 }
  }
}

const lengthOf = ({ months, days, milliseconds }: Duration): number =>
  months * 30 * 86_400_000 + days * 86_400_000 + milliseconds

function checkKeys({ keys }: ProfileConfig, fault: Fault): void {
  if (keys.allowed.length === 0) fault('keys.allowed', 'name at least one key type')
  for (const type of keys.allowed) {
    if (!keyTypes.some((rule) => rule.type === type)) fault('keys.allowed', `"${type}" is not a key type`)
  }
}

function checkKeyUsage({ keyUsage, basicConstraints }: ProfileConfig, fault: Fault): void {
  if (keyUsage.length === 0) fault('keyUsage', 'name at least one usage (RFC 5280 section 4.2.1.3)')
  for (const bit of keyUsage) if (!keyUsageBits.includes(bit)) fault('keyUsage', `"${bit}" is not a key usage`)
  if (keyUsage.includes('keyCertSign') !== basicConstraints.cA) {
    fault('keyUsage', 'keyCertSign and basicConstraints.cA go together (RFC 5280 section 4.2.1.9)')
  }
  const onlyBits = keyUsage.includes('encipherOnly') || keyUsage.includes('decipherOnly')
  if (onlyBits && !keyUsage.includes('keyAgreement'))
    fault('keyUsage', 'encipherOnly and decipherOnly need keyAgreement')
}

function checkBasicConstraints({ kind, basicConstraints }: ProfileConfig, fault: Fault): void {
  const { cA, pathLenConstraint } = basicConstraints
  if (cA !== (kind !== 'end-entity'))
    fault('basicConstraints.cA', `must be ${kind !== 'end-entity'} for kind "${kind}"`)
  if (pathLenConstraint === undefined) return
  if (!cA) fault('basicConstraints.pathLenConstraint', 'only a CA has one (RFC 5280 section 4.2.1.9)')
  if (!Number.isInteger(pathLenConstraint) || pathLenConstraint < 0 || pathLenConstraint > 255) {
    fault('basicConstraints.pathLenConstraint', 'must be a whole number from 0 to 255')
  }
}

function checkExtensions(config: ProfileConfig, fault: Fault): void {
  const purposes = config.extendedKeyUsage?.always ?? []
  for (const oid of purposes) if (!oidPattern.test(oid)) fault('extendedKeyUsage.always', `"${oid}" is not an OID`)
  if (new Set(purposes).size !== purposes.length) fault('extendedKeyUsage.always', 'names a purpose twice')
  for (const oid of config.requestExtensions) {
    if (!oidPattern.test(oid)) fault('requestExtensions', `"${oid}" is not an OID`)
    const name = decidedByTheCa.get(oid)
    if (name !== undefined) fault('requestExtensions', `a request never decides ${name}`)
  }
  if (config.kind === 'root' && (config.authorityKeyIdentifier || config.crlDistributionPoints !== 'never')) {
    fault('kind', 'a root has no authority key identifier and no CRL distribution points')
  }
}
