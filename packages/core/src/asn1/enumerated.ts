import { fault } from './errors.js'
import { type IntegerForm, integerCodec, numberForm } from './integer.js'
import { badValue, createSchema, kindOf, type Schema } from './schema.js'
import { type Identifier, universal } from './tag.js'

function namedForm<N extends string>(names: Readonly<Record<N, number>>): IntegerForm<N> {
  const numbers: ReadonlyMap<unknown, number> = new Map(Object.entries<number>(names))
  const byNumber = new Map<number, N>(Object.entries<number>(names).map(([name, number]) => [number, name as N]))
  return {
    read: (reader, start, end) => {
      const number = numberForm.read(reader, start, end)
      const name = byNumber.get(number)
      if (name === undefined) throw fault('value', start, 'a number that has a name', `${number}`)
      return name
    },
    write: (writer, value) => {
      const number = numbers.get(value)
      if (number === undefined) throw badValue(`one of ${Object.keys(names).join(', ')}`, kindOf(value))
      return numberForm.write(writer, number)
    },
  }
}

const named = <N extends string>(identifier: Identifier, names: Readonly<Record<N, number>>): Schema<N> =>
  createSchema(integerCodec(identifier, namedForm(names)))

/** ENUMERATED (X.690 section 8.4): one of the names. A number without a name is refused. */
export const enumerated = <const N extends string>(names: Readonly<Record<N, number>>): Schema<N> =>
  named(universal(10), names)

/** INTEGER with a named number list (X.680 section 19.5) of which only the named numbers are allowed: one of the names. */
export const namedInteger = <const N extends string>(names: Readonly<Record<N, number>>): Schema<N> =>
  named(universal(2), names)
