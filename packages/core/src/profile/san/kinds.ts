import { formatIpAddress, type GeneralName } from '../../pkix/index.js'
import { formatName } from '../../x509/index.js'
import type { NameKindRule } from '../compile/index.js'
import { type Context, refuse } from '../evaluate/context.js'
import { shown, type ViolationCode } from '../violations.js'
import { inRange } from './range.js'

const report = (
  context: Context,
  code: ViolationCode,
  message: string,
  found: string,
  allowed: string,
  fix: string,
): void => refuse(context, { code, field: 'subjectAltName', message, found: shown(found), allowed, fix })

/** Checks each name by the rule of its kind, and each kind by the names there are. */
export function checkNameKinds(context: Context, names: readonly GeneralName[]): void {
  const { kinds } = context.profile.names
  if (kinds === undefined) return
  const strangers = [...new Set(names.flatMap(({ type }) => (kinds.has(type) ? [] : [type])))]
  if (strangers.length > 0) {
    const allowed = [...kinds.keys()].join(', ')
    report(
      context,
      'name-not-allowed',
      `has names of kinds that the profile does not allow: ${strangers.join(', ')}`,
      strangers.join(', '),
      allowed,
      'leave them out',
    )
  }
  for (const [kind, rule] of kinds) {
    const ofKind = names.filter(({ type }) => type === kind)
    checkCount(context, kind, rule, ofKind.length)
    for (const name of ofKind) checkName(context, name, rule)
  }
}

function checkCount(context: Context, kind: string, { required, max }: NameKindRule, found: number): void {
  if (required && found === 0)
    report(context, 'name-missing', `a name of kind ${kind} is required`, 'none', `1 to ${max}`, `add a ${kind}`)
  if (found > max) {
    report(
      context,
      'name-count',
      `has ${found} names of kind ${kind}; at most ${max} are allowed`,
      String(found),
      `at most ${max}`,
      'leave some out',
    )
  }
}

function checkName(context: Context, name: GeneralName, rule: NameKindRule): void {
  const text = textOf(name)
  const { pattern } = rule
  if (pattern !== undefined && (text === undefined || text.length > 2048 || !pattern.test(text))) {
    report(
      context,
      'name-pattern',
      `a ${name.type} does not match ${pattern.source}`,
      text ?? '',
      pattern.source,
      'use a name of this form',
    )
  }
  if (name.type === 'dNSName') checkWildcard(context, name.value, rule)
  else if (name.type === 'iPAddress') checkAddress(context, name.value, rule)
  else if (name.type === 'uniformResourceIdentifier') checkScheme(context, name.value, rule)
  else if (name.type === 'otherName') checkOtherName(context, name.value.typeId, rule)
}

function checkWildcard(context: Context, domain: string, { wildcard }: NameKindRule): void {
  if (wildcard || !domain.includes('*')) return
  report(context, 'name-not-allowed', 'the profile allows no wildcards', domain, 'whole host names', 'name each host')
}

function checkScheme(context: Context, uri: string, { schemes }: NameKindRule): void {
  const scheme = uri.slice(0, Math.max(0, uri.indexOf(':'))).toLowerCase()
  if (schemes === undefined || schemes.includes(scheme)) return
  const message = 'a URI has a scheme that the profile does not allow'
  report(context, 'name-not-allowed', message, scheme, schemes.join(', '), 'use another URI')
}

function checkOtherName(context: Context, typeId: string, { types }: NameKindRule): void {
  if (types === undefined || types.includes(typeId)) return
  const message = 'an otherName has a type that the profile does not allow'
  report(context, 'name-not-allowed', message, typeId, types.join(', '), 'leave it out')
}

function checkAddress(context: Context, address: Uint8Array, { versions, ranges }: NameKindRule): void {
  // Other lengths are no addresses and refused already.
  if (address.length !== 4 && address.length !== 16) return
  const version = address.length === 4 ? '4' : '6'
  const text = formatIpAddress(address)
  if (!versions.includes(version)) {
    report(
      context,
      'name-not-allowed',
      `the profile allows no addresses of IP version ${version}`,
      text,
      `version ${versions.join(', ')}`,
      'leave it out',
    )
  }
  if (ranges !== undefined && !ranges.some((range) => inRange(address, range))) {
    const allowed = ranges.map((range) => formatIpAddress(range)).join(', ')
    report(
      context,
      'name-not-allowed',
      'an address is outside the ranges of the profile',
      text,
      allowed,
      'use an address inside',
    )
  }
}

function textOf(name: GeneralName): string | undefined {
  switch (name.type) {
    case 'dNSName':
    case 'rfc822Name':
    case 'uniformResourceIdentifier':
    case 'registeredID':
      return name.value
    case 'iPAddress':
      return name.value.length === 4 || name.value.length === 16 ? formatIpAddress(name.value) : undefined
    case 'directoryName':
      return formatName(name.value)
    default:
      return undefined
  }
}
