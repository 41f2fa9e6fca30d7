import { CertwrightError } from '../../errors.js'
import { attributeText, attributeTypeByOid, encodeAttributeText, type Name, parseName } from '../../x509/index.js'

/** A distinguished name with `<variable>` in its values. */
export interface SubjectTemplate {
  /** The names of the variables, in order, each once. */
  readonly variables: readonly string[]
  /** The name with the texts for the variables: their values never become attributes of their own. */
  fill(values: ReadonlyMap<string, string>): Name
}

/** Marks a variable while the text is parsed; these code points mean nothing in names. */
const before = '\u{f0000}'
const after = '\u{f0001}'
const placeholder = /\u{f0000}(\d+)\u{f0001}/gu

/**
 * Reads a template such as `CN=<First Name> <Last Name>,O=Acme`. It is parsed before values are put in, so a comma in a
 * value is a comma of the value.
 *
 * @throws CertwrightError `asn1` when it is not a name.
 */
export function parseTemplate(text: string): SubjectTemplate {
  if (text.includes(before) || text.includes(after))
    throw new CertwrightError('asn1', 'a template has private characters')
  const variables: string[] = []
  const marked = text.replaceAll(/<([^<>,=+]{1,64})>/g, (_all, name: string) => {
    if (!variables.includes(name)) variables.push(name)
    return `${before}${variables.indexOf(name)}${after}`
  })
  const parsed = parseName(marked)
  return Object.freeze({
    variables,
    fill: (values: ReadonlyMap<string, string>): Name =>
      parsed.map((rdn) => rdn.map(({ type, value }) => ({ type, value: fillValue(type, value, variables, values) }))),
  })
}

function fillValue(
  type: string,
  value: Uint8Array,
  variables: readonly string[],
  values: ReadonlyMap<string, string>,
): Uint8Array {
  const text = attributeText(value)
  if (text === undefined || !text.includes(before)) return value
  const filled = text.replaceAll(placeholder, (_all, index: string) => values.get(variables[Number(index)] ?? '') ?? '')
  return encodeAttributeText(attributeTypeByOid(type)?.syntax ?? 'utf8', filled)
}
