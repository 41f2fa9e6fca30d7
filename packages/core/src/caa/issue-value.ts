/** A parameter of an issue value. */
export interface CaaParameter {
  /** In lower case. */
  readonly tag: string
  readonly value: string
}

/** The value of an `issue`, `issuewild` or `issuemail` property, read. */
export interface IssueValue {
  /** In lower case; absent when nobody is authorized, as with `;`. */
  readonly issuer?: string
  /** In their order, repeated ones included. */
  readonly parameters: readonly CaaParameter[]
}

/** Characters of a value that are read at all. An RRset of DNS is at most 65535 octets. */
const maxValue = 65_535
/** Parameters of one value; two have a meaning. */
const maxParameters = 100

/** `label` and `tag` of the grammar. It is asked before letter case is folded: beyond ASCII, folding makes new letters. */
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/
/** `value` of the grammar: visible ASCII but the semicolon, which has parted the text by then. */
const visible = /^[\x21-\x7e]*$/

/**
 * Reads the value of a property by the grammar of RFC 8659 section 4.2 (for `issuemail` RFC 9495 section 3), which it
 * must match whole: a semicolon at the end is allowed after the domain name, not after a parameter.
 *
 * @example
 * ```ts
 * import { parseIssueValue } from '@certwright/core/caa'
 *
 * parseIssueValue('ca.example; accounturi=https://ca.example/acct/1')?.issuer // 'ca.example'
 * ```
 *
 * @returns `undefined` for text that is malformed, which authorizes nobody
 */
export function parseIssueValue(text: string): IssueValue | undefined {
  if (text.length > maxValue) return undefined
  const [head = '', ...rest] = text.split(';', maxParameters + 2).map(trim)
  if (head !== '' && !head.split('.').every((part) => label.test(part))) return undefined
  // A semicolon may be there without parameters.
  const parts = rest.length === 1 && rest[0] === '' ? [] : rest
  if (parts.length > maxParameters) return undefined
  const parameters = parts.map(parameter)
  if (!parameters.every((one) => one !== undefined)) return undefined
  return { ...(head === '' ? {} : { issuer: head.toLowerCase() }), parameters }
}

function parameter(text: string): CaaParameter | undefined {
  const equals = text.indexOf('=')
  if (equals < 0) return undefined
  const tag = trim(text.slice(0, equals))
  const value = trim(text.slice(equals + 1))
  return label.test(tag) && visible.test(value) ? { tag: tag.toLowerCase(), value } : undefined
}

/** Without spaces and tabs (WSP of RFC 5234) at both ends, in linear time; other white space is malformed. */
function trim(text: string): string {
  const blank = (index: number): boolean => text[index] === ' ' || text[index] === '\t'
  let start = 0
  let end = text.length
  while (start < end && blank(start)) start++
  while (end > start && blank(end - 1)) end--
  return text.slice(start, end)
}
