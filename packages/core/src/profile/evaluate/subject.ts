import { findHomographsInText } from '../../pkix/index.js'
import { attributeText, attributeTypeByOid, encodeAttributeText, type Name, oidName } from '../../x509/index.js'
import type { AttributeRule } from '../compile/index.js'
import { maxAttributes, nameValueFaults } from '../name-values.js'
import { buildSubject } from '../subject/build.js'
import { shown } from '../violations.js'
import { type Context, judge, refuse } from './context.js'

const field = 'subject'

/** The subject to certify: built, then with the attributes that the profile gives, then checked. */
export function decideSubject(context: Context): Name {
  const { profile, override } = context
  if (profile.subject.fixed !== undefined && override.subject === undefined) return profile.subject.fixed
  const asked = override.subject ?? buildSubject(context)
  if (asked.flat().length > maxAttributes) {
    refuse(context, {
      code: 'subject-count',
      field,
      message: `has ${asked.flat().length} attributes; at most ${maxAttributes} are allowed`,
      found: `${asked.flat().length} attributes`,
      allowed: `at most ${maxAttributes}`,
      fix: 'leave attributes out',
    })
    return []
  }
  const subject = override.subject ?? withProfileValues(context, withoutOthers(context, asked))
  checkValues(context, subject)
  if (override.subject === undefined) checkRules(context, subject)
  return subject
}

/** Leaves out, or refuses, the attributes without a rule. */
function withoutOthers(context: Context, name: Name): Name {
  const { others = 'allowed' } = context.config.subject
  const { attributes } = context.profile.subject
  if (others === 'allowed') return name
  if (others === 'dropped') {
    return name.map((rdn) => rdn.filter(({ type }) => attributes.has(type))).filter((rdn) => rdn.length > 0)
  }
  const found = [...new Set(name.flat().flatMap(({ type }) => (attributes.has(type) ? [] : [oidName(type) ?? type])))]
  if (found.length > 0) {
    const allowed = [...attributes.values()].map(({ name }) => name).join(', ')
    refuse(context, {
      code: 'subject-not-allowed',
      field,
      message: `has attributes that the profile does not allow: ${found.join(', ')}`,
      found: found.join(', '),
      allowed,
      fix: 'leave them out',
    })
  }
  return name
}

/** Puts in fixed values and defaults: where the type stands in the request, or at the end. */
function withProfileValues(context: Context, name: Name): Name {
  let result = name
  for (const rule of context.profile.subject.attributes.values()) {
    if (rule.source === 'request' || rule.value === undefined) continue
    const present = result.flat().some(({ type }) => type === rule.oid)
    if (present && rule.source === 'default') continue
    const value = encodeAttributeText(attributeTypeByOid(rule.oid)?.syntax ?? 'utf8', rule.value)
    const others = result.map((rdn) => rdn.filter(({ type }) => type !== rule.oid))
    const at = result.findIndex((rdn) => rdn.some(({ type }) => type === rule.oid))
    const own = [{ type: rule.oid, value }]
    result = (at < 0 ? [...others, own] : others.toSpliced(at, 0, own)).filter((rdn) => rdn.length > 0)
  }
  return result
}

function checkValues(context: Context, subject: Name): void {
  const bounds = new Map([...context.profile.subject.attributes].map(([oid, { length }]) => [oid, length] as const))
  for (const { message, found, allowed } of nameValueFaults(subject, bounds)) {
    const details = {
      ...(found === undefined ? {} : { found: shown(found) }),
      ...(allowed === undefined ? {} : { allowed }),
    }
    refuse(context, { code: 'subject-value', field, message, ...details, fix: 'correct the value in the subject' })
  }
  const mode = context.config.subject.homographs ?? 'log'
  if (mode === 'allow') return
  for (const { type, value } of subject.flat()) {
    const text = attributeText(value)
    const [finding] = text === undefined ? [] : findHomographsInText(text.slice(0, 256))
    if (finding === undefined || text === undefined) continue
    judge(context, mode, {
      code: 'subject-homograph',
      field,
      message: `${oidName(type) ?? type} can be taken for another name: ${finding.reason}`,
      found: shown(text),
      allowed: 'letters of one script',
      fix: 'write the value in one script',
    })
  }
}

function checkRules(context: Context, subject: Name): void {
  for (const rule of context.profile.subject.attributes.values()) {
    const values = subject.flat().filter(({ type }) => type === rule.oid)
    checkCount(context, rule, values.length)
    if (rule.pattern === undefined) continue
    for (const { value } of values) {
      const text = attributeText(value)
      // Long values are refused by their length; a pattern is not tried on them.
      if (text !== undefined && (text.length > 1024 || rule.pattern.test(text))) continue
      refuse(context, {
        code: 'subject-pattern',
        field: `subject.${rule.name}`,
        message: `does not match ${rule.pattern.source}`,
        found: shown(text ?? 'a value that is not text'),
        allowed: rule.pattern.source,
        fix: 'write the value as the profile demands it',
      })
    }
  }
}

function checkCount(context: Context, { name, required, max }: AttributeRule, found: number): void {
  if (required && found === 0) {
    refuse(context, {
      code: 'subject-missing',
      field: `subject.${name}`,
      message: 'is required by the profile',
      found: 'none',
      allowed: max === 1 ? 'one value' : `1 to ${max} values`,
      fix: `add ${name} to the subject`,
    })
  }
  if (found > max) {
    refuse(context, {
      code: 'subject-count',
      field: `subject.${name}`,
      message: `is there ${found} times; at most ${max} are allowed`,
      found: String(found),
      allowed: `at most ${max}`,
      fix: `leave ${found - max} of them out`,
    })
  }
}

/** An empty subject needs other names, which say who it is. */
export function checkEmptySubject(context: Context, subject: Name, hasNames: boolean): void {
  if (subject.length > 0 || (context.config.subject.empty === 'allowed' && hasNames)) return
  const refused = context.config.subject.empty === 'refused'
  refuse(context, {
    code: 'subject-empty',
    field,
    message: refused
      ? 'must not be empty'
      : 'is empty and there is no subject alternative name: the certificate would name nothing',
    found: 'an empty name',
    allowed: refused ? 'a name' : 'a name, or subject alternative names',
    fix: refused ? 'give a subject' : 'give a subject or alternative names',
  })
}
