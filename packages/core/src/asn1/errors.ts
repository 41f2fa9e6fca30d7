import { CertwrightError } from '../errors.js'

/**
 * What is wrong with the bytes (when decoding) or the value (when encoding).
 *
 * | kind | meaning |
 * |---|---|
 * | `truncated` | the input ends before the element does |
 * | `overrun` | an element is longer than the element that holds it |
 * | `length` | a length of a form that is not allowed: reserved, indefinite in DER, or over four octets |
 * | `non-minimal` | a length, tag, integer or arc written with more octets than needed |
 * | `tag` | another type than expected, or a tag that cannot be |
 * | `constructed` | a string in pieces, or the opposite: a primitive where pieces are required |
 * | `missing` | a required field is absent |
 * | `trailing` | octets after the end of the structure |
 * | `default` | a field holds its DEFAULT value, which DER leaves out (X.690 section 11.5) |
 * | `order` | elements of a SET or SET OF are not in ascending order (X.690 sections 10.3 and 11.6) |
 * | `duplicate` | an element that must be unique appears again |
 * | `value` | content octets or a value that the type does not allow |
 * | `limit` | the input exceeds a budget of `DecodeLimits` |
 * | `schema` | the declaration itself is wrong: ambiguous tags, a bad field name |
 */
export type Asn1ErrorKind =
  | 'truncated'
  | 'overrun'
  | 'length'
  | 'non-minimal'
  | 'tag'
  | 'constructed'
  | 'missing'
  | 'trailing'
  | 'default'
  | 'order'
  | 'duplicate'
  | 'value'
  | 'limit'
  | 'schema'

/** The facts of an {@link Asn1Error}. */
export interface Asn1ErrorDetails {
  readonly kind: Asn1ErrorKind
  /** Octets from the start of the input to the faulty element or octet; absent when encoding. */
  readonly offset?: number | undefined
  /** Field names, choice names and element indices from the outermost structure to the fault. */
  readonly path?: readonly string[]
  /** What the schema asks for. */
  readonly expected: string
  /** What was found: a description, never content octets. */
  readonly actual: string
}

/** Bytes are not what a schema describes, or a value cannot be encoded by it. */
export class Asn1Error extends CertwrightError {
  override readonly name = 'Asn1Error'
  readonly kind: Asn1ErrorKind
  readonly offset: number | undefined
  readonly path: readonly string[]
  readonly expected: string
  readonly actual: string

  constructor(details: Asn1ErrorDetails) {
    super('asn1', describe(details))
    this.kind = details.kind
    this.offset = details.offset
    this.path = details.path ?? []
    this.expected = details.expected
    this.actual = details.actual
  }
}

function describe({ kind, offset, path = [], expected, actual }: Asn1ErrorDetails): string {
  const field = path.length === 0 ? '' : `${path.join('.')}: `
  const where = offset === undefined ? kind : `${kind} at offset ${offset}`
  return `${field}expected ${expected}, found ${actual} (${where})`
}

/**
 * What codecs throw inside one decode or encode: the details without a stack, so that refusing hostile input is cheap.
 * Schema methods turn it into an {@link Asn1Error}; it never leaves this folder.
 */
export interface Fault {
  readonly fault: true
  readonly kind: Asn1ErrorKind
  readonly offset: number | undefined
  readonly path: string[]
  readonly expected: string
  readonly actual: string
}

/** @internal */
export const fault = (kind: Asn1ErrorKind, offset: number | undefined, expected: string, actual: string): Fault => ({
  fault: true,
  kind,
  offset,
  path: [],
  expected,
  actual,
})

/** @internal */
export const isFault = (thrown: unknown): thrown is Fault =>
  typeof thrown === 'object' && thrown !== null && (thrown as { readonly fault?: unknown }).fault === true

/** Adds the name of the field or element in which a fault was found; other throwables pass unchanged. @internal */
export function located(thrown: unknown, name: string): unknown {
  const found = thrown instanceof Asn1Error ? toFault(thrown) : thrown
  if (isFault(found)) found.path.unshift(name)
  return found
}

/** @internal */
export function toAsn1Error(thrown: unknown): unknown {
  return isFault(thrown) ? new Asn1Error(thrown) : thrown
}

const toFault = ({ kind, offset, path, expected, actual }: Asn1Error): Fault => ({
  ...fault(kind, offset, expected, actual),
  path: [...path],
})
