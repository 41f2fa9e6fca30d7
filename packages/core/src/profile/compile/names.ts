import type { NameKind, ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'
import { readRange } from './authority.js'
import { compilePattern } from './pattern.js'

type KindConfig = NonNullable<NonNullable<ProfileConfig['subjectAlternativeName']['kinds']>[NameKind]>

/** The rule of one kind of alternative name, read. */
export interface NameKindRule {
  readonly required: boolean
  readonly max: number
  readonly pattern?: RegExp
  readonly wildcard: boolean
  readonly versions: readonly string[]
  readonly ranges?: readonly Uint8Array[]
  readonly schemes?: readonly string[]
  readonly types?: readonly string[]
}

/** The settings of alternative names, read. */
export interface NamesRule {
  /** Absent when all kinds pass. */
  readonly kinds?: ReadonlyMap<string, NameKindRule>
  readonly max: number
}

/** More names than any device has: beyond it a certificate costs relying parties more than it tells them. */
const usualMax = 100

/** The settings that only one kind of name has. */
const ownSettings = {
  wildcard: ['dNSName'],
  versions: ['iPAddress'],
  ranges: ['iPAddress'],
  schemes: ['uniformResourceIdentifier'],
  types: ['otherName'],
  pattern: ['dNSName', 'rfc822Name', 'uniformResourceIdentifier', 'registeredID', 'iPAddress', 'directoryName'],
} as const

export function compileNames({ subjectAlternativeName: config }: ProfileConfig, fault: ReportFault): NamesRule {
  const path = 'subjectAlternativeName'
  const { use, kinds: given, max = usualMax } = config
  if (use === 'never') {
    for (const name of Object.keys(config))
      if (name !== 'use') fault(`${path}.${name}`, 'is not used: there are no names')
    return { max }
  }
  if (given === undefined) return { max }
  const kinds = new Map<string, NameKindRule>()
  for (const [kind, rule] of Object.entries(given)) {
    if (rule !== undefined) kinds.set(kind, compileKind(kind, rule, `${path}.kinds.${kind}`, fault))
  }
  if (kinds.size === 0) fault(`${path}.kinds`, 'allows no kind: set use to "never"')
  const required = [...kinds.values()].filter((rule) => rule.required).length
  if (required > max) fault(`${path}.max`, `is less than the ${required} kinds that are required`)
  if (config.fillFromCommonName === true && !kinds.has('dNSName')) {
    fault(`${path}.fillFromCommonName`, 'contradicts kinds: dNSName is not allowed')
  }
  return { kinds, max }
}

function compileKind(kind: string, config: KindConfig, path: string, fault: ReportFault): NameKindRule {
  for (const [setting, owners] of Object.entries(ownSettings)) {
    const isSet = Object.entries(config).some(([name, value]) => name === setting && value !== undefined)
    if (isSet && !owners.some((owner) => owner === kind))
      fault(`${path}.${setting}`, `is not used: it is for ${owners.join(', ')}`)
  }
  const { required = false, max = usualMax, versions = ['4', '6'], schemes, types } = config
  if (required && max === 0) fault(`${path}.max`, 'contradicts required')
  const pattern = config.pattern === undefined ? undefined : compilePattern(config.pattern, `${path}.pattern`, fault)
  const ranges = config.ranges?.map((text, index) => {
    const range = readRange(text)
    if (range === undefined) fault(`${path}.ranges.${index}`, 'is not a range of addresses such as 10.0.0.0/8')
    return range ?? new Uint8Array()
  })
  return {
    required,
    max,
    versions,
    wildcard: config.wildcard !== 'refused',
    ...(pattern === undefined ? {} : { pattern }),
    ...(ranges === undefined ? {} : { ranges }),
    ...(schemes === undefined ? {} : { schemes }),
    ...(types === undefined ? {} : { types }),
  }
}
