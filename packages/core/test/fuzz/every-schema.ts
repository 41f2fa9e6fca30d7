import { equalBytes, type Schema } from '@certwright/core/asn1'
import * as cms from '@certwright/core/cms'
import * as pkix from '@certwright/core/pkix'
import * as x509 from '@certwright/core/x509'
import { type FuzzTarget, refusedOr } from './target.js'

const isSchema = (value: unknown): value is Schema<unknown> =>
  typeof value === 'object' && value !== null && 'codec' in value && 'decode' in value

/** Every structure that these rooms export, so that none is forgotten. */
const schemas: readonly (readonly [string, Schema<unknown>])[] = Object.entries({ ...x509, ...pkix, ...cms }).flatMap(
  ([name, value]) => (isSchema(value) ? [[name, value] as const] : []),
)

const maxElements = 400

/** The message and the elements in it: what fits no structure as a whole may fit one as a part. */
function elementsOf(input: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [input]
  for (const outer of found) {
    for (let position = 0; position < outer.length && found.length < maxElements; ) {
      const [start, end] = contentOf(outer, position)
      if (end > outer.length) break
      if (end - position < outer.length) found.push(outer.subarray(position, end))
      else if (start < end) found.push(outer.subarray(start, end))
      position = end
    }
  }
  return found
}

/** The bounds of the content of the element at `offset`, for tags of one octet; beyond the end when it is none. */
function contentOf(bytes: Uint8Array, offset: number): readonly [number, number] {
  const first = bytes[offset + 1] ?? 0xff
  if (first < 0x80) return [offset + 2, offset + 2 + first]
  const count = first & 0x7f
  let length = count === 0 || count > 3 ? bytes.length : 0
  for (let index = 0; index < count && count <= 3; index++) length = length * 256 + (bytes[offset + 2 + index] ?? 0)
  return [offset + 2 + count, offset + 2 + count + length]
}

/** A typed error, or a value whose encoding is read as a value with the same encoding. */
function check(name: string, schema: Schema<unknown>, input: Uint8Array): void {
  const value = refusedOr(() => schema.decode(input))
  if (value === undefined) return
  const encoded = schema.encode(value.result)
  if (!equalBytes(schema.encode(schema.decode(encoded)), encoded))
    throw new Error(`${name}: the encoding is not stable`)
}

/** Every exported structure on one element of each message, which the octets choose. */
export const everySchema = (messages: readonly Uint8Array[]): FuzzTarget => ({
  seeds: messages,
  run: (input) => {
    const elements = elementsOf(input)
    const sum = input.reduce((total, octet) => total + octet, 0)
    const element = elements[sum % elements.length] ?? input
    for (const [name, schema] of schemas) check(name, schema, element)
  },
})

/** The names of the structures, for a test that there are many. */
export const schemaNames: readonly string[] = schemas.map(([name]) => name)
