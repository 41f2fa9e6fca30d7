import { type Codec, createSchema, type Schema } from './schema.js'
import type { Identifier } from './tag.js'
import { enterWrite } from './writer.js'

function lazyCodec<T>(resolve: () => Codec<T>, retag?: (constructed: boolean) => Identifier): Codec<T> {
  let resolved: Codec<T> | undefined
  const codec = (): Codec<T> => {
    if (resolved !== undefined) return resolved
    const inner = resolve()
    resolved = retag === undefined ? inner : (inner.withTag?.(retag) ?? inner)
    return resolved
  }
  return {
    get name() {
      return codec().name
    },
    get identifiers() {
      return codec().identifiers
    },
    read: (reader, identifier, start, end, from) => codec().read(reader, identifier, start, end, from),
    write: (writer, value) => {
      enterWrite(writer)
      codec().write(writer, value)
      writer.depth--
    },
    withTag: (tag) => lazyCodec(resolve, tag),
  }
}

/**
 * A schema that is looked up at its first use, for types that contain themselves. The recursion of decoding ends at
 * `maxDepth`, that of encoding at 256.
 */
export const lazy = <T>(schema: () => Schema<T>): Schema<T> => createSchema(lazyCodec(() => schema().codec))
