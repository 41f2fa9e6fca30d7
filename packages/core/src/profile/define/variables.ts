import type { Profile } from '../compile/index.js'

/** One thing that a client must or may fill in. */
export interface ProfileVariable {
  /** Where it goes: a variable of the subject builder, an attribute of the subject, or a kind of alternative name. */
  readonly in: 'variables' | 'subject' | 'subjectAltName'
  /** The name of the variable, attribute or kind. */
  readonly name: string
  readonly required: boolean
  readonly description?: string
  /** A regular expression for the whole value. */
  readonly pattern?: string
}

/** What a client fills in for a certificate under a profile: variables first, then attributes, then alternative names. */
export function profileVariables({ config, subject, names }: Profile): readonly ProfileVariable[] {
  const declared = config.subject.variables ?? []
  const inTemplate = (subject.template?.variables ?? []).filter((name) => name !== 'SAN')
  const undeclared = inTemplate.filter((name) => !declared.some((variable) => variable.name === name))
  return [
    ...declared.map(({ name, description, required = false }) => ({
      in: 'variables' as const,
      name,
      required: required || inTemplate.includes(name),
      ...(description === undefined ? {} : { description }),
    })),
    ...undeclared.map((name) => ({ in: 'variables' as const, name, required: true })),
    ...[...subject.attributes.values()]
      .filter(({ source, max }) => source !== 'fixed' && max > 0)
      .map(({ name, required, pattern }) => ({ in: 'subject' as const, name, required, ...patternOf(pattern) })),
    ...[...(names.kinds ?? [])].map(([name, { required, pattern }]) => ({
      in: 'subjectAltName' as const,
      name,
      required,
      ...patternOf(pattern),
    })),
  ]
}

/** The pattern as the config has it, without the anchors around it. */
const patternOf = (pattern: RegExp | undefined): { readonly pattern?: string } =>
  pattern === undefined ? {} : { pattern: pattern.source.slice(4, -2) }
