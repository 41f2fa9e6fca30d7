/** Members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text, or the empty one for anything else: what is not canonical is found when the whole is compared. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
