/** A media type with its parameters (RFC 9110 section 8.3.1). */
export interface ContentType {
  /** `type/subtype`, lower case. */
  readonly type: string
  /** Parameter values by lower-case name; of a name given twice, the first counts. */
  readonly parameters: ReadonlyMap<string, string>
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const parameter = /;[ \t]*(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=([!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:[^"\\]|\\.)*"))?[ \t]*/y

/**
 * Parses the value of a Content-Type field.
 *
 * @returns `undefined` when the value is not a media type.
 */
export function parseContentType(value: string): ContentType | undefined {
  const end = value.indexOf(';')
  const type = (end === -1 ? value : value.slice(0, end)).trim().toLowerCase()
  const halves = type.split('/')
  if (halves.length !== 2 || !halves.every((half) => token.test(half))) return undefined
  const parameters = end === -1 ? new Map<string, string>() : parseParameters(value.slice(end))
  return parameters === undefined ? undefined : { type, parameters }
}

function parseParameters(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>()
  parameter.lastIndex = 0
  while (parameter.lastIndex < text.length) {
    const match = parameter.exec(text)
    if (match === null) return undefined
    const [, name, value] = match
    if (name === undefined || value === undefined || found.has(name.toLowerCase())) continue
    found.set(name.toLowerCase(), value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value)
  }
  return found
}
