import { bitString } from './bit-string.js'
import { choice } from './choice.js'
import { optional } from './field.js'
import { integer } from './integer.js'
import { objectIdentifier } from './object-identifier.js'
import { octetString } from './octet-string.js'
import { any, nullValue } from './primitive.js'
import { createSchema, type Infer, type Schema } from './schema.js'
import { sequence } from './sequence.js'
import { objectDescriptor } from './strings.js'
import { universal } from './tag.js'
import { explicit, implicit } from './tagging.js'

/** A SEQUENCE under the universal tag of one of these types. */
function universalSequence<T>(number: number, { codec }: Schema<T>): Schema<T> {
  const { withTag } = codec
  return createSchema<T>(withTag === undefined ? codec : withTag(() => universal(number, true)))
}

/** EXTERNAL (X.690 section 8.18): a value of a type that is named by reference. */
export const external = universalSequence(
  8,
  sequence({
    directReference: optional(objectIdentifier),
    indirectReference: optional(integer),
    dataValueDescriptor: optional(objectDescriptor),
    encoding: choice({
      singleASN1Type: explicit(0, any),
      octetAligned: implicit(1, octetString),
      arbitrary: implicit(2, bitString),
    }),
  }),
)
/** A value of {@link external}. */
export type External = Infer<typeof external>

/** `identification` of the two types below, in an environment of automatic tags (X.680 sections 36.5 and 44.5). */
const identification = choice({
  syntaxes: implicit(0, sequence({ abstract: implicit(0, objectIdentifier), transfer: implicit(1, objectIdentifier) })),
  syntax: implicit(1, objectIdentifier),
  presentationContextId: implicit(2, integer),
  contextNegotiation: implicit(
    3,
    sequence({ presentationContextId: implicit(0, integer), transferSyntax: implicit(1, objectIdentifier) }),
  ),
  transferSyntax: implicit(4, objectIdentifier),
  fixed: implicit(5, nullValue),
})

/** EMBEDDED PDV (X.680 section 36, X.690 section 8.19); `data-value-descriptor` is always absent. */
export const embeddedPdv = universalSequence(
  11,
  sequence({ identification: explicit(0, identification), dataValue: implicit(2, octetString) }),
)
/** A value of {@link embeddedPdv}. */
export type EmbeddedPdv = Infer<typeof embeddedPdv>

/** CHARACTER STRING (X.680 section 44, X.690 section 8.24): a string whose characters are named by reference. */
export const characterString = universalSequence(
  29,
  sequence({ identification: explicit(0, identification), stringValue: implicit(2, octetString) }),
)
/** A value of {@link characterString}. */
export type CharacterString = Infer<typeof characterString>
