import { CertwrightError } from '../../errors.js'
import { attributeTypeByName, attributeTypeByOid, type Name, parseName } from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'
import { parseTemplate, type SubjectTemplate } from '../subject/template.js'
import { compilePattern } from './pattern.js'

type AttributeConfig = NonNullable<ProfileConfig['subject']['attributes']>[string]

/** The rule of one attribute type, read. */
export interface AttributeRule {
  /** The name in the config. */
  readonly name: string
  readonly oid: string
  readonly source: 'request' | 'fixed' | 'default'
  readonly value?: string
  readonly required: boolean
  readonly pattern?: RegExp
  readonly max: number
  readonly length?: number
}

/** The subject settings, read. */
export interface SubjectRule {
  readonly fixed?: Name
  readonly template?: SubjectTemplate
  readonly attributes: ReadonlyMap<string, AttributeRule>
}

export function compileSubject({ subject }: ProfileConfig, fault: ReportFault): SubjectRule {
  if (subject.fixed !== undefined) {
    for (const name of ['builder', 'attributes', 'variables', 'others', 'homographs'] as const) {
      if (subject[name] !== undefined) fault(`subject.${name}`, 'is not used: the subject is fixed')
    }
  }
  const fixed = subject.fixed === undefined ? undefined : readName(subject.fixed, fault)
  if (fixed?.length === 0) fault('subject.fixed', 'must not be empty')
  if (fixed !== undefined && subject.empty === 'allowed')
    fault('subject.empty', 'must be "refused": the subject is fixed')
  const attributes = compileAttributes(subject, fault)
  const { builder } = subject
  const text = builder !== undefined && 'template' in builder ? builder.template : undefined
  const template = text === undefined ? undefined : readTemplate(text, builder?.type === 'san', fault)
  checkVariables(subject, template, fault)
  return { attributes, ...(fixed === undefined ? {} : { fixed }), ...(template === undefined ? {} : { template }) }
}

function readName(text: string, fault: ReportFault): Name | undefined {
  try {
    return parseName(text)
  } catch (error) {
    fault('subject.fixed', `is not a name: ${messageOf(error)}`)
    return undefined
  }
}

function readTemplate(text: string, fromNames: boolean, fault: ReportFault): SubjectTemplate | undefined {
  const path = 'subject.builder.template'
  try {
    const template = parseTemplate(text)
    if (template.variables.length === 0) fault(path, 'has no variable: use subject.fixed')
    if (fromNames && template.variables.some((name) => name !== 'SAN'))
      fault(path, 'the only variable of this builder is <SAN>')
    return template
  } catch (error) {
    fault(path, `is not a name with variables: ${messageOf(error)}`)
    return undefined
  }
}

function checkVariables(
  { variables = [], builder }: ProfileConfig['subject'],
  template: SubjectTemplate | undefined,
  fault: ReportFault,
): void {
  const seen = new Set<string>()
  variables.forEach(({ name }, index) => {
    const path = `subject.variables.${index}.name`
    if (seen.has(name)) fault(path, `"${name}" is there twice`)
    seen.add(name)
    if (builder === undefined || builder.type === 'san') fault(path, 'is not used: no builder reads variables')
    else if (builder.type === 'basic' && attributeTypeByName(name) === undefined)
      fault(path, `"${name}" is not an attribute type`)
    else if (builder.type === 'template' && template?.variables.includes(name) === false) {
      fault(path, `is not used: the template has no <${name}>`)
    }
  })
}

function compileAttributes(subject: ProfileConfig['subject'], fault: ReportFault): ReadonlyMap<string, AttributeRule> {
  const rules = new Map<string, AttributeRule>()
  for (const [name, config] of Object.entries(subject.attributes ?? {})) {
    const path = `subject.attributes.${name}`
    const type = attributeTypeByName(name) ?? (/^[0-2](\.\d+)+$/.test(name) ? { oid: name } : undefined)
    if (type === undefined) fault(path, 'is not an attribute type')
    else if (rules.has(type.oid)) fault(path, `is the same type as ${rules.get(type.oid)?.name}`)
    else rules.set(type.oid, compileAttribute(name, type.oid, config, path, fault))
    if (type !== undefined && config.required === true && subject.empty === 'allowed') {
      fault(`${path}.required`, 'contradicts subject.empty "allowed"')
    }
  }
  return rules
}

function compileAttribute(
  name: string,
  oid: string,
  config: AttributeConfig,
  path: string,
  fault: ReportFault,
): AttributeRule {
  const { source = 'request', value, required = false, max = 1, length } = config
  const pattern = config.pattern === undefined ? undefined : compilePattern(config.pattern, `${path}.pattern`, fault)
  if (source === 'request' && value !== undefined) fault(`${path}.value`, 'is not used: the source is the request')
  if (source !== 'request' && value === undefined) fault(`${path}.value`, `is missing for source "${source}"`)
  if (source !== 'request' && required) fault(`${path}.required`, 'is not used: there is always a value')
  if (source === 'fixed' && config.pattern !== undefined) fault(`${path}.pattern`, 'is not used: the value is fixed')
  if (source === 'default' && value !== undefined && pattern?.test(value) === false) {
    fault(`${path}.value`, 'does not match the pattern')
  }
  if (required && max === 0) fault(`${path}.max`, 'contradicts required')
  if (attributeTypeByOid(oid) === undefined && source !== 'request') {
    fault(path, 'a value can only be given for types with a name')
  }
  return {
    name,
    oid,
    source,
    required,
    max,
    ...(value === undefined ? {} : { value }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(length === undefined ? {} : { length }),
  }
}

const messageOf = (error: unknown): string => {
  if (error instanceof CertwrightError) return error.message
  throw error
}
