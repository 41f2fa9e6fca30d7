import { lintPolicyFaults } from '../../lint/index.js'
import {
  type AnyProfileConfig,
  type ProfileConfig,
  type ProfileResolver,
  profileShape,
  resolveProfileConfig,
} from '../config/index.js'
import type { ReportFault } from '../shape/index.js'
import { checkAuthority, checkPublication, checkRoles, checkSuppressed, checkTransparency } from './authority.js'
import { compileExtensions, type FixedExtensions } from './extensions.js'
import { ProfileConfigError, type ProfileFault } from './fault.js'
import { compileNames, type NamesRule } from './names.js'
import { checkRequestExtensions } from './request-extensions.js'
import { compileSubject, type SubjectRule } from './subject.js'
import { checkKeyUsage, checkPurposes } from './usage.js'
import { compileValidity, type ValidityRule } from './validity.js'

/** The smallest keys that are certified, and what happens to smaller ones. */
export type KeySizePolicy = NonNullable<ProfileConfig['keys']['minimumSizes']>

/** A checked profile: the only thing `evaluate` takes. */
export interface Profile {
  /** The whole config, with what it extends. */
  readonly config: ProfileConfig
  readonly id: string
  /** @internal */
  readonly validity: ValidityRule
  /** @internal */
  readonly subject: SubjectRule
  /** @internal */
  readonly names: NamesRule
  /** @internal */
  readonly extensions: FixedExtensions
  /** Every policy on key sizes that counts: the platform's, the CA's, the profile's. */
  readonly keySizes: readonly KeySizePolicy[]
  /** @internal Object identifiers of the extensions that a request may bring, and may not. */
  readonly requestExtensions: { readonly pass: ReadonlySet<string>; readonly refuse: ReadonlySet<string> }
}

/** What `compileProfile` takes besides the config. */
export interface CompileProfileOptions {
  /** Finds what the config extends. */
  readonly extends?: ProfileResolver
  /** Policies of the platform and the CA; all of them count beside the profile's own. */
  readonly keySizes?: readonly KeySizePolicy[]
}

/**
 * Checks a config and makes it usable. What is unsafe, contradicts another setting, or has no effect, is a fault.
 *
 * @throws ProfileConfigError naming every fault at once, each with its path; CertwrightError `profile-config` when what it
 *   extends is missing or circular.
 */
export function compileProfile(given: AnyProfileConfig, options: CompileProfileOptions = {}): Profile {
  const config = resolveProfileConfig(given, options.extends)
  const faults: ProfileFault[] = []
  const fault: ReportFault = (path, message) => void faults.push({ path, message })
  if (profileShape.check(config, '', fault)) {
    const profile = build(deepFreeze(structuredClone(config)), options, fault)
    for (const { run } of checks) run(profile.config, fault)
    if (faults.length === 0) return Object.freeze(profile)
  } else checkSound(config, new Set(faults.map(({ path }) => path.split('.')[0] ?? '')), fault)
  throw new ProfileConfigError(idOf(config), faults)
}

const build = (config: ProfileConfig, { keySizes = [] }: CompileProfileOptions, fault: ReportFault): Profile => ({
  config,
  id: config.id,
  validity: compileValidity(config, fault),
  subject: compileSubject(config, fault),
  names: compileNames(config, fault),
  extensions: compileExtensions(config, fault),
  keySizes: [...keySizes, ...(config.keys.minimumSizes === undefined ? [] : [config.keys.minimumSizes])],
  requestExtensions: {
    pass: new Set(config.requestExtensions?.pass),
    refuse: new Set(config.requestExtensions?.refuse),
  },
})

/** Settings of the wrong type hide nothing: whatever reads only the other settings is checked as well. */
function checkSound(config: ProfileConfig, faulty: ReadonlySet<string>, fault: ReportFault): void {
  if (faulty.has('')) return
  for (const { reads, run } of [...compilers, ...checks]) {
    if (!reads.some((field) => faulty.has(field))) run(config, fault)
  }
}

const checkLint = ({ lint = {} }: ProfileConfig, fault: ReportFault): void => {
  for (const { path, message } of lintPolicyFaults(lint)) fault(`lint.${path}`, message)
}

const checkKeySizes = ({ keys: { minimumSizes: sizes, allowed } }: ProfileConfig, fault: ReportFault): void => {
  if (sizes === undefined) return
  if (sizes.rsa === undefined && sizes.ec === undefined) fault('keys.minimumSizes', 'names no size')
  if (sizes.mode === 'off') return
  if (sizes.rsa !== undefined && !allowed.some((type) => type.startsWith('rsa-')))
    fault('keys.minimumSizes.rsa', 'is not used: no RSA key is allowed')
  if (sizes.ec !== undefined && !allowed.some((type) => type.startsWith('ecdsa-')))
    fault('keys.minimumSizes.ec', 'is not used: no EC key is allowed')
}

/** A check, with the settings that it reads. */
interface Check {
  readonly reads: readonly (keyof ProfileConfig)[]
  run(config: ProfileConfig, fault: ReportFault): unknown
}

const compilers: readonly Check[] = [
  { reads: ['validity', 'basicConstraints', 'override'], run: compileValidity },
  { reads: ['subject'], run: compileSubject },
  { reads: ['subjectAlternativeName'], run: compileNames },
  {
    reads: [
      'certificatePolicies',
      'nameConstraints',
      'policyConstraints',
      'inhibitAnyPolicy',
      'subjectInfoAccess',
      'tlsFeature',
      'qcStatements',
      'ocspNoCheck',
      'ctPoison',
      'extensions',
      'requestExtensions',
    ],
    run: compileExtensions,
  },
]

const checks: readonly Check[] = [
  { reads: ['kind', 'basicConstraints', 'policyConstraints'], run: checkAuthority },
  { reads: ['kind', 'suppress'], run: checkSuppressed },
  { reads: ['kind', 'p12', 'caa', 'keys', 'subject', 'subjectAlternativeName'], run: checkRoles },
  { reads: ['kind', 'transparency', 'ctPoison', 'extensions'], run: checkTransparency },
  { reads: ['kind', 'crlDistributionPoints', 'authorityInfoAccess'], run: checkPublication },
  { reads: ['keys'], run: checkKeySizes },
  { reads: ['keyUsage', 'keyUsageByFamily', 'basicConstraints', 'keys', 'lint', 'suppress'], run: checkKeyUsage },
  { reads: ['kind', 'extendedKeyUsage'], run: checkPurposes },
  { reads: ['requestExtensions', 'subjectAlternativeName'], run: checkRequestExtensions },
  { reads: ['lint'], run: checkLint },
]

const idOf = (config: unknown): string => {
  const id = typeof config === 'object' && config !== null && 'id' in config ? config.id : undefined
  return typeof id === 'string' ? id.slice(0, 80) : ''
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}
