import { type Shape, shapeOf } from './shape.js'

/** The longest text in a configuration, in characters. */
const longestText = 4096

/** Text of 1 to `max` characters that matches a pattern, if one is given with words for it. */
export function text(
  options: { readonly pattern?: RegExp; readonly is?: string; readonly max?: number } = {},
): Shape<string> {
  const { pattern, max = longestText, is = `a text of 1 to ${max} characters` } = options
  const schema = {
    type: 'string',
    minLength: 1,
    maxLength: max,
    ...(pattern === undefined ? {} : { pattern: pattern.source }),
  }
  return shapeOf(schema, is, (value) => {
    return typeof value === 'string' && value !== '' && value.length <= max && (pattern?.test(value) ?? true)
  })
}

/** `true` or `false`. */
export const flag: Shape<boolean> = shapeOf({ type: 'boolean' }, 'true or false', (value) => typeof value === 'boolean')

/** A whole number from `minimum` to `maximum`. */
export const whole = (minimum: number, maximum: number): Shape<number> =>
  shapeOf({ type: 'integer', minimum, maximum }, `a whole number from ${minimum} to ${maximum}`, (value) => {
    return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum
  })

/** One of some words. */
export const oneOf = <const T extends readonly string[]>(words: T): Shape<T[number]> =>
  shapeOf({ enum: words }, `one of ${words.join(', ')}`, (value) => words.some((word) => word === value))

/** A dotted object identifier. */
export const oid: Shape<string> = text({
  pattern: /^[0-2](\.(0|[1-9]\d{0,38})){1,127}$/,
  is: 'a dotted object identifier such as 1.3.6.1.5.5.7.3.1',
  max: 512,
})

/** An absolute `http:` or `https:` URL. */
export const webUrl: Shape<string> = text({
  pattern: /^https?:\/\/[\w.[\]:-]+(\/[!#$&-;=?-[\]_a-z~%]*)?$/,
  is: 'an absolute http: or https: URL',
  max: 1024,
})

/** An ISO 8601 duration. */
export const duration: Shape<string> = text({
  pattern:
    /^P(?=[0-9T])(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,5}W)?(?:\d{1,6}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,8}S)?)?$/,
  is: 'an ISO 8601 duration such as P1Y or PT5M',
  max: 60,
})

/** A moment in UTC with seconds: `2030-01-31T12:00:00Z`. */
export const moment: Shape<string> = shapeOf(
  { type: 'string', format: 'date-time' },
  'a moment in UTC such as 2030-01-31T12:00:00Z',
  (value) => {
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false
    const time = new Date(value)
    return !Number.isNaN(time.getTime()) && time.toISOString() === value.replace('Z', '.000Z')
  },
)
