import { type Notation, primitiveTextCodec } from './primitive-text.js'
import { createSchema, type Schema } from './schema.js'
import { universal } from './tag.js'

/** An integer without leading zeros, which stands for the number of the arc (X.660 section 7.5.3). */
const integer = String.raw`(?:0|[1-9]\d*)(?=/|$)`

/** A label of the unreserved characters of an IRI (RFC 3987 section 2.2), without a hyphen at its ends (X.660 section 7.5.2). */
const label = String.raw`(?!-)(?!\d+(?:/|$))(?:[-._~0-9A-Za-z]|(?=[\u{A0}-\u{10FFFF}])[\p{L}\p{M}\p{N}\p{S}\p{P}])+(?<!-)`

const arc = `(?:${integer}|${label})`

const notation = (pattern: RegExp, expected: string): Notation => {
  const checked = (text: string): string | undefined => (pattern.test(text) ? text : undefined)
  return { expected, read: checked, write: checked }
}

const absolute = notation(new RegExp(`^(?:/${arc})+$`, 'u'), 'an identifier such as /ISO/Registration-Authority')
const relative = notation(new RegExp(`^${arc}(?:/${arc})*$`, 'u'), 'arcs with slashes between them')

/** OID-IRI (X.680 section 34, X.690 section 8.21): `'/ISO/Registration-Authority/19785.CBEFF'`. */
export const oidIri: Schema<string> = createSchema(primitiveTextCodec(universal(35), absolute))

/** RELATIVE-OID-IRI (X.680 section 35, X.690 section 8.22): `'Registration-Authority/19785.CBEFF'`. */
export const relativeOidIri: Schema<string> = createSchema(primitiveTextCodec(universal(36), relative))
