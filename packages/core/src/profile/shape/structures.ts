import { type InferShape, inside, type ReportFault, type Shape } from './shape.js'

type Shapes = Readonly<Record<string, Shape<unknown>>>
/** An object of required and optional fields. */
export type ObjectOf<R extends Shapes, O extends Shapes> = {
  readonly [K in keyof R]: InferShape<R[K]>
} & { readonly [K in keyof O]?: InferShape<O[K]> }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object with these fields and no other. */
export function object<R extends Shapes, O extends Shapes>(required: R, optional: O): Shape<ObjectOf<R, O>> {
  const fields: Shapes = { ...required, ...optional }
  const properties = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]))
  const schema = { type: 'object', properties, required: Object.keys(required), additionalProperties: false }
  return Object.freeze({
    schema,
    fields,
    check(value: unknown, path: string, fault: ReportFault): value is ObjectOf<R, O> {
      if (!isObject(value)) return refuse(path, 'must be an object', fault)
      let ok = true
      for (const name of Object.keys(required)) {
        if (value[name] === undefined) ok = refuse(inside(path, name), 'is missing', fault)
      }
      for (const [name, field] of Object.entries(value)) {
        if (field === undefined) continue
        const shape = Object.hasOwn(fields, name) ? fields[name] : undefined
        if (shape === undefined)
          ok = refuse(inside(path, name), `is not a setting; there are ${Object.keys(fields).join(', ')}`, fault)
        else ok = shape.check(field, inside(path, name), fault) && ok
      }
      return ok
    },
  })
}

/** A list of items of one shape, none of them twice unless they are objects. */
export function list<T>(
  item: Shape<T>,
  { min = 0, max = 200 }: { readonly min?: number; readonly max?: number } = {},
): Shape<readonly T[]> {
  const schema = { type: 'array', items: item.schema, minItems: min, maxItems: max, uniqueItems: true }
  return Object.freeze({
    schema,
    check(value: unknown, path: string, fault: ReportFault): value is readonly T[] {
      if (!Array.isArray(value)) return refuse(path, 'must be a list', fault)
      if (value.length < min)
        return refuse(path, min === 1 ? 'name at least one' : `must have ${min} items or more`, fault)
      if (value.length > max) return refuse(path, `must have at most ${max} items`, fault)
      let ok = true
      value.forEach((entry, index) => {
        ok = item.check(entry, inside(path, index), fault) && ok
      })
      const keys = value.map((entry) => JSON.stringify(entry))
      const twice = keys.find((key, index) => keys.indexOf(key) !== index)
      return twice === undefined ? ok : refuse(path, `names ${twice.slice(0, 80)} twice`, fault)
    },
  })
}

/** An object whose field names follow a pattern, each field of one shape. */
export function record<T>(names: RegExp, value: Shape<T>, max = 100): Shape<Readonly<Record<string, T>>> {
  const schema = {
    type: 'object',
    patternProperties: { [names.source]: value.schema },
    additionalProperties: false,
    maxProperties: max,
  }
  return Object.freeze({
    schema,
    check(entries: unknown, path: string, fault: ReportFault): entries is Readonly<Record<string, T>> {
      if (!isObject(entries)) return refuse(path, 'must be an object', fault)
      const fields = Object.entries(entries)
      if (fields.length > max) return refuse(path, `must have at most ${max} fields`, fault)
      let ok = true
      for (const [name, field] of fields) {
        if (names.test(name)) ok = value.check(field, inside(path, name), fault) && ok
        else ok = refuse(inside(path, name), `is not a name that is allowed here (${names.source})`, fault)
      }
      return ok
    },
  })
}

/** Objects told apart by the word in one field. */
export function variants<F extends string, V extends Readonly<Record<string, Shape<unknown>>>>(
  field: F,
  choices: V,
): Shape<{ readonly [K in keyof V]: Readonly<Record<F, K>> & InferShape<V[K]> }[keyof V]> {
  const names = Object.keys(choices)
  const schema = {
    oneOf: Object.entries(choices).map(([name, { schema: inner }]) => variantSchema(field, name, inner)),
  }
  return Object.freeze({
    schema,
    check(value: unknown, path: string, fault: ReportFault): value is never {
      if (!isObject(value)) return refuse(path, 'must be an object', fault)
      const { [field]: name, ...rest } = value
      const shape = typeof name === 'string' && Object.hasOwn(choices, name) ? choices[name] : undefined
      if (shape === undefined) return refuse(inside(path, field), `must be one of ${names.join(', ')}`, fault)
      return shape.check(rest, path, fault)
    },
  })
}

function variantSchema(field: string, name: string, inner: Readonly<Record<string, unknown>>) {
  const { properties, required } = inner as { properties?: object; required?: readonly string[] }
  return { ...inner, properties: { [field]: { const: name }, ...properties }, required: [field, ...(required ?? [])] }
}

function refuse(path: string, message: string, fault: ReportFault): false {
  fault(path, message)
  return false
}
