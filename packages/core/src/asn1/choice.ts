import { fault, located } from './errors.js'
import { badValue, type Codec, createSchema, type Infer, kindOf, type Schema, unexpectedTag } from './schema.js'
import type { Identifier } from './tag.js'

/** Alternatives of a `choice` by name. */
export type Alternatives = { readonly [name: string]: Schema<unknown> }

/** The value of a `choice`: which alternative, and its value. */
export type ChoiceValue<A> = {
  [K in keyof A & string]: { readonly type: K; readonly value: Infer<A[K]> }
}[keyof A & string]

interface Compiled {
  readonly identifiers: readonly Identifier[]
  readonly byIdentifier: ReadonlyMap<Identifier, readonly [string, Codec<unknown>]>
}

function compile(alternatives: Alternatives): Compiled {
  const byIdentifier = new Map<Identifier, readonly [string, Codec<unknown>]>()
  for (const [name, { codec }] of Object.entries(alternatives)) {
    if (codec.identifiers === undefined) throw fault('schema', undefined, 'a tagged alternative', name)
    for (const identifier of codec.identifiers) {
      const other = byIdentifier.get(identifier)
      if (other !== undefined) throw fault('schema', undefined, 'distinct tags', `the same for ${other[0]} and ${name}`)
      byIdentifier.set(identifier, [name, codec])
    }
  }
  return { identifiers: [...byIdentifier.keys()], byIdentifier }
}

/** CHOICE (X.690 section 8.13): `{ type, value }`, where `type` is the name of the alternative. */
export function choice<const A extends Alternatives>(alternatives: A): Schema<ChoiceValue<A>> {
  let compiled: Compiled | undefined
  const once = (): Compiled => {
    compiled ??= compile(alternatives)
    return compiled
  }
  const codecs: ReadonlyMap<unknown, Codec<unknown>> = new Map(
    Object.entries(alternatives).map(([name, { codec }]) => [name, codec]),
  )
  const name = `one of ${[...codecs.keys()].join(', ')}`
  const codec: Codec<{ readonly type: string; readonly value: unknown }> = {
    name,
    get identifiers() {
      return once().identifiers
    },
    read: (reader, found, start, end, from) => {
      const alternative = once().byIdentifier.get(found)
      if (alternative === undefined) throw unexpectedTag(name, found, from)
      try {
        return { type: alternative[0], value: alternative[1].read(reader, found, start, end, from) }
      } catch (thrown) {
        throw located(thrown, alternative[0])
      }
    },
    write: (writer, value) => {
      const alternative = codecs.get(value?.type)
      if (alternative === undefined) throw badValue(name, typeof value === 'object' ? 'another type' : kindOf(value))
      try {
        alternative.write(writer, value.value)
      } catch (thrown) {
        throw located(thrown, value.type)
      }
    },
  }
  return createSchema(codec) as Schema<unknown> as Schema<ChoiceValue<A>>
}
