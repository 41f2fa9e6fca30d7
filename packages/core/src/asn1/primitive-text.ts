import { fault } from './errors.js'
import { badValue, type Codec, kindOf, unexpectedTag, view } from './schema.js'
import { type Identifier, identifierName } from './tag.js'
import { writeBytes, writeHeader } from './writer.js'

/** How the text in the octets becomes the text that a value is written as, and back; `undefined` when it is none. */
export interface Notation {
  /** What is allowed, for messages. */
  readonly expected: string
  read(content: string, ber: boolean): string | undefined
  write(value: string): string | undefined
}

const maxOctets = 1024
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

function textOf(octets: Uint8Array): string | undefined {
  try {
    return decoder.decode(octets)
  } catch {
    return undefined
  }
}

/** A type whose content is a short text in UTF-8 and which, unlike the string types, never comes in pieces. @internal */
export function primitiveTextCodec(identifier: Identifier, notation: Notation): Codec<string> {
  const name = identifierName(identifier)
  const { expected } = notation
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      if (end - start > maxOctets) throw fault('limit', start, `at most ${maxOctets} octets`, `${end - start}`)
      const content = textOf(view(reader, start, end))
      const value = content === undefined ? undefined : notation.read(content, reader.ber)
      if (value === undefined) throw fault('value', start, expected, 'another text')
      return value
    },
    write: (writer, value) => {
      if (typeof value !== 'string') throw badValue('a string', kindOf(value))
      const content = value.length > maxOctets ? undefined : notation.write(value)
      if (content === undefined || /\p{Surrogate}/u.test(content)) throw badValue(expected, 'another text')
      const octets = encoder.encode(content)
      if (octets.length > maxOctets) throw badValue(`at most ${maxOctets} octets`, `${octets.length}`)
      writeBytes(writer, octets)
      writeHeader(writer, identifier, octets.length)
    },
    withTag: (tag) => primitiveTextCodec(tag(false), notation),
  }
}
