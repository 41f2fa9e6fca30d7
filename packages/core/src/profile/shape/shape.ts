/** A JSON Schema of the 2020-12 dialect, as far as configurations need it. */
export type JsonSchema = { readonly [key: string]: unknown }

/** Reports one fault: where (field names joined by dots) and what to change. */
export type ReportFault = (path: string, message: string) => void

/**
 * One definition of a piece of configuration: its JSON Schema, its check, and its TypeScript type. The check reads what
 * came from outside, so it trusts no type.
 */
export interface Shape<T> {
  readonly schema: JsonSchema
  /** Reports all that is wrong with `value`, and answers whether it is of the shape. */
  check(value: unknown, path: string, fault: ReportFault): value is T
  /** The fields of an object, for merging and for schemas; absent for all else. */
  readonly fields?: Readonly<Record<string, Shape<unknown>>>
}

/** The TypeScript type of a shape. */
export type InferShape<S> = S extends Shape<infer T> ? T : never

/** Makes a shape of a test on a value. */
export const shapeOf = <T>(schema: JsonSchema, expected: string, test: (value: unknown) => boolean): Shape<T> =>
  Object.freeze({
    schema,
    check(value: unknown, path: string, fault: ReportFault): value is T {
      if (test(value)) return true
      fault(path, `must be ${expected}`)
      return false
    },
  })

/** The same shape with a description in its schema. */
export const described = <T>(shape: Shape<T>, description: string): Shape<T> =>
  Object.freeze({ ...shape, schema: { description, ...shape.schema } })

/** The path of a field inside another one. */
export const inside = (path: string, field: string | number): string =>
  path === '' ? String(field) : `${path}.${field}`
