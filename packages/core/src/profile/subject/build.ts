import { formatIpAddress, type GeneralName } from '../../pkix/index.js'
import {
  attributeOid,
  attributeText,
  attributeTypeByName,
  encodeAttributeText,
  formatName,
  type Name,
} from '../../x509/index.js'
import { type Context, refuse } from '../evaluate/context.js'
import { requestedGeneralNames } from '../evaluate/requested-names.js'
import type { SubjectVariable } from '../evaluate/types.js'
import { shown } from '../violations.js'

/** More variables than any builder reads. */
const maxVariables = 50

/** The subject by the profile's builder; the request's own without one. */
export function buildSubject(context: Context): Name {
  const { config, request } = context
  if (request.builtSubject !== undefined) return request.builtSubject
  const { variables = [] } = request
  const { builder } = config.subject
  if (variables.length > maxVariables || (builder?.type === undefined && variables.length > 0)) {
    const allowed = builder === undefined ? 'none: the profile has no subject builder' : `at most ${maxVariables}`
    return refuseVariable(context, 'has subject variables that are not read', `${variables.length} variables`, allowed)
  }
  checkDeclared(context, variables)
  switch (builder?.type) {
    case 'basic':
      return variables.length === 0 ? request.subject : fromVariables(context, variables)
    case 'san':
      return request.subject.length > 0 ? request.subject : fromNames(context, builder.order)
    case 'template':
      return fromTemplate(context, variables)
    default:
      return request.subject
  }
}

function checkDeclared(context: Context, variables: readonly SubjectVariable[]): void {
  for (const { name, required } of context.config.subject.variables ?? []) {
    if (required !== true || variables.some(({ type, value }) => type === name && value !== '')) continue
    // The template's fallback reads the request itself.
    if (variables.length === 0 && context.request.subject.length > 0) continue
    refuseVariable(context, `the variable ${name} is required`, 'none', name)
  }
}

/** Basic: `cn=test`, `o=pki` become the RFC 4514 name `cn=test,o=pki`, which is encoded from its end. */
function fromVariables(context: Context, variables: readonly SubjectVariable[]): Name {
  return variables
    .flatMap(({ type, value }) => {
      const attribute = attributeTypeByName(type)
      const encoded = attribute === undefined ? undefined : encodeValue(attribute.syntax, value)
      if (attribute !== undefined && encoded !== undefined) return [[{ type: attribute.oid, value: encoded }]]
      refuseVariable(
        context,
        'a variable is not an attribute with a fitting value',
        shown(`${type}=${value}`),
        'attribute types such as CN',
      )
      return []
    })
    .reverse()
}

function encodeValue(syntax: 'utf8' | 'printable' | 'ia5', value: string): Uint8Array | undefined {
  try {
    return value === '' ? undefined : encodeAttributeText(syntax, value)
  } catch {
    return undefined
  }
}

/** San: the first alternative name by the order of kinds; a kind that is there several times decides nothing. */
function fromNames(context: Context, order: readonly GeneralName['type'][]): Name {
  const names = requestedGeneralNames(context) ?? []
  for (const kind of order) {
    const ofKind = names.filter(({ type }) => type === kind)
    const [first] = ofKind
    if (first === undefined) continue
    if (ofKind.length > 1) {
      return refuseVariable(
        context,
        `there are ${ofKind.length} names of kind ${kind}, and one makes the subject`,
        String(ofKind.length),
        'one',
      )
    }
    const text = nameText(first)
    if (text !== undefined) return fill(context, new Map([['SAN', text]]))
  }
  return refuseVariable(context, 'there is no subject and no alternative name to make one of', 'none', order.join(', '))
}

function nameText(name: GeneralName): string | undefined {
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

/** Template: the variables, or the request's own CN and UID when there are none. */
function fromTemplate(context: Context, variables: readonly SubjectVariable[]): Name {
  const { template } = context.profile.subject
  if (template === undefined) return []
  const given = variables.length === 0 ? fromRequest(context.request.subject) : indexed(variables)
  const values = new Map<string, string>()
  for (const name of template.variables) {
    const value = given.get(name) ?? (variables.length === 0 ? given.get(name.toLowerCase()) : undefined)
    if (value === undefined || value === '') refuseVariable(context, `has no value for <${name}>`, 'none', name)
    else values.set(name, value)
  }
  for (const { type } of variables) {
    if (template.variables.some((name) => name === type || name.startsWith(`${type}.`))) continue
    refuseVariable(context, 'a variable is not in the template', shown(type), template.variables.join(', '))
  }
  return values.size === template.variables.length ? fill(context, values) : []
}

/** Each variable under its name, and under name and index for templates with several. */
function indexed(variables: readonly SubjectVariable[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const { type, value } of variables) {
    const count = (counts.get(type) ?? 0) + 1
    counts.set(type, count)
    values.set(`${type}.${count}`, value)
    if (count === 1) values.set(type, value)
  }
  return values
}

function fromRequest(subject: Name): ReadonlyMap<string, string> {
  const read = (oid: string, type: string): SubjectVariable[] =>
    subject.flat().flatMap((attribute) => {
      const value = attribute.type === oid ? attributeText(attribute.value) : undefined
      return value === undefined ? [] : [{ type, value }]
    })
  return indexed([...read(attributeOid.commonName, 'cn'), ...read(attributeOid.userId, 'uid')])
}

function fill(context: Context, values: ReadonlyMap<string, string>): Name {
  const { template } = context.profile.subject
  try {
    return template?.fill(values) ?? []
  } catch {
    return refuseVariable(
      context,
      'a value does not fit its attribute',
      shown([...values.values()].join(', ')),
      'characters of the type',
    )
  }
}

function refuseVariable(context: Context, message: string, found: string, allowed: string): Name {
  refuse(context, {
    code: 'subject-variable',
    field: 'subject',
    message,
    found,
    allowed,
    fix: 'give the variables that the profile lists',
  })
  return []
}
