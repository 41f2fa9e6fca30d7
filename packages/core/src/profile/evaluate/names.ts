import { findHomographs, formatIpAddress, type GeneralName, parseMailbox, toAsciiDomain } from '../../pkix/index.js'
import {
  attributeOid,
  attributeText,
  type Extension,
  extensionOid,
  type Name,
  SubjectAlternativeName,
} from '../../x509/index.js'
import { generalNameFaults } from '../name-values.js'
import { checkNameKinds } from '../san/kinds.js'
import { shown, type Violation } from '../violations.js'
import { type Context, decodeRequested, judge, refuse, requested } from './context.js'

const field = 'subjectAltName'

const addViolation = (
  context: Context,
  code: Violation['code'],
  message: string,
  details: Omit<Violation, 'code' | 'field' | 'message'>,
): void => refuse(context, { code, field, message, ...details })

/** The subjectAltName extension: critical exactly when the subject is empty (RFC 5280 section 4.2.1.6). */
export function decideNames(context: Context, subject: Name): Extension | undefined {
  const { use } = context.config.subjectAlternativeName
  const asked = askedNames(context)
  if (asked === undefined) return undefined
  if (use === 'never' && context.override.subjectAlternativeName === undefined) {
    if (asked.length > 0) {
      addViolation(context, 'name-not-allowed', 'the profile certifies no alternative names', {
        found: `${asked.length} names`,
        allowed: 'none',
        fix: 'leave the alternative names out',
      })
    }
    return undefined
  }
  const names = filled(context, asked, subject)
  if (names.length === 0) {
    if (use === 'required') {
      addViolation(context, 'name-missing', 'is required by the profile', {
        found: 'none',
        allowed: 'one or more',
        fix: 'add alternative names',
      })
    }
    checkNameKinds(context, names)
    return undefined
  }
  if (tooMany(context, names)) return undefined
  checkValues(context, names)
  if (context.override.subjectAlternativeName === undefined) checkNameKinds(context, names)
  checkHomographs(context, names)
  checkCommonNames(context, names, subject)
  // Nothing that was refused is encoded: a value may not even fit its type.
  if (context.violations.length > 0) return undefined
  return {
    extnID: extensionOid.subjectAltName,
    critical: subject.length === 0,
    extnValue: SubjectAlternativeName.encode([...names]),
  }
}

/** The names of the override, the request, or its extensions; `undefined` when they are malformed. */
function askedNames(context: Context): readonly GeneralName[] | undefined {
  const given = context.override.subjectAlternativeName ?? context.request.names
  if (given !== undefined) return given
  const extension = requested(context, extensionOid.subjectAltName)
  return extension === undefined ? [] : decodeRequested(context, SubjectAlternativeName, extension)
}

const commonNames = (subject: Name): string[] =>
  subject.flat().flatMap(({ type, value }) => (type === attributeOid.commonName ? [attributeText(value) ?? ''] : []))

/** Adds each common name that is a domain name and not there yet. */
function filled(context: Context, names: readonly GeneralName[], subject: Name): readonly GeneralName[] {
  if (context.config.subjectAlternativeName.fillFromCommonName !== true) return names
  const present = new Set(names.flatMap((name) => (name.type === 'dNSName' ? [name.value.toLowerCase()] : [])))
  const added = commonNames(subject).flatMap((text) => {
    const domain = asDomain(text)
    if (domain === undefined || present.has(domain)) return []
    present.add(domain)
    return [{ type: 'dNSName' as const, value: domain }]
  })
  return [...names, ...added]
}

function asDomain(text: string): string | undefined {
  try {
    return toAsciiDomain(text, { wildcard: true })
  } catch {
    return undefined
  }
}

function tooMany(context: Context, names: readonly GeneralName[]): boolean {
  const { max } = context.profile.names
  if (names.length <= max) return false
  addViolation(context, 'name-count', `has ${names.length} names; at most ${max} are allowed`, {
    found: `${names.length} names`,
    allowed: `at most ${max}`,
    fix: 'ask for several certificates',
  })
  return true
}

function checkValues(context: Context, names: readonly GeneralName[]): void {
  for (const { message, found, allowed } of names.flatMap(generalNameFaults)) {
    addViolation(context, 'name-value', message, {
      ...(found === undefined ? {} : { found: shown(found) }),
      ...(allowed === undefined ? {} : { allowed }),
      fix: 'correct the name',
    })
  }
}

function checkHomographs(context: Context, names: readonly GeneralName[]): void {
  const mode = context.config.subjectAlternativeName.homographs ?? 'refuse'
  if (mode === 'allow') return
  for (const name of names) {
    const domain = domainOf(name)
    const [finding] = domain === undefined ? [] : findHomographs(domain)
    if (finding === undefined || domain === undefined) continue
    judge(context, mode, {
      code: 'name-homograph',
      field,
      message: `${shown(domain)} can be taken for another name: ${finding.reason}`,
      found: shown(finding.looksLike === undefined ? domain : `${domain}, which looks like ${finding.looksLike}`),
      allowed: 'labels of one script that look like no other',
      fix: 'use another domain name, or let the profile allow homographs',
    })
  }
}

function domainOf(name: GeneralName): string | undefined {
  if (name.type === 'dNSName') return name.value.replace(/^\*\./, '')
  if (name.type !== 'rfc822Name') return undefined
  try {
    return parseMailbox(name.value).domain
  } catch {
    return undefined
  }
}

/** CA/Browser Forum BR section 7.1.4.3: a common name is one of the alternative names, character by character. */
function checkCommonNames(context: Context, names: readonly GeneralName[], subject: Name): void {
  if (context.config.subjectAlternativeName.commonNameIncluded !== true) return
  const texts = new Set(names.flatMap(textOf))
  for (const text of commonNames(subject)) {
    if (texts.has(text.toLowerCase())) continue
    refuse(context, {
      code: 'common-name',
      field: 'subject.CN',
      message: 'is not among the subject alternative names',
      found: shown(text),
      allowed: 'one of the alternative names',
      fix: 'add it to the alternative names, or leave it out',
    })
  }
}

function textOf(name: GeneralName): string[] {
  if (name.type === 'dNSName' || name.type === 'rfc822Name') return [name.value.toLowerCase()]
  return name.type === 'iPAddress' && (name.value.length === 4 || name.value.length === 16)
    ? [formatIpAddress(name.value)]
    : []
}
