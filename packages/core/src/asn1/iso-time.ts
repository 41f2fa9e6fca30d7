import { type Notation, primitiveTextCodec } from './primitive-text.js'
import { createSchema, type Schema } from './schema.js'
import { universal } from './tag.js'
import { daysOf } from './time.js'

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/
/** ISO 8601: midnight at the end of a day, and a leap second. */
const timeOfDayPattern = /^(?:(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)|24:00:00)$/
const number = String.raw`\d+(?:\.\d+)?`
const durationPattern = new RegExp(
  `^P(?=.)(?:${number}Y)?(?:${number}M)?(?:${number}W)?(?:${number}D)?` +
    `(?:T(?=.)(?:${number}H)?(?:${number}M)?(?:${number}S)?)?$`,
)
const characters = /^[0-9CDHMPRSTWYZ/:.,+-]+$/

function isDate(text: string): boolean {
  const [, year, month, day] = datePattern.exec(text)?.map(Number) ?? []
  return year !== undefined && month !== undefined && day !== undefined && day >= 1 && day <= daysOf(year, month)
}

const isTimeOfDay = (text: string): boolean => timeOfDayPattern.test(text)

const isDateTime = (text: string): boolean =>
  text.length === 19 && isDate(text.slice(0, 10)) && text[10] === 'T' && isTimeOfDay(text.slice(11))

/** Only the last number may have a fraction. */
const isDuration = (text: string): boolean => durationPattern.test(text) && !/\.\d+[A-Z].*\d/.test(text)

/** A notation of which the octets leave out the characters that are always there (X.690 section 8.26). */
const compact = (
  expected: string,
  holds: (value: string) => boolean,
  shorten: (value: string) => string,
  restore: (content: string) => string,
): Notation => ({
  expected,
  read: (content) => {
    const value = restore(content)
    return holds(value) && shorten(value) === content ? value : undefined
  },
  write: (value) => (holds(value) ? shorten(value) : undefined),
})

const text = (number: number, notation: Notation): Schema<string> =>
  createSchema(primitiveTextCodec(universal(number), notation))

const digits = (value: string): string => value.replaceAll(/[-:T]/g, '')
const dateOf = (content: string): string => content.replace(/^(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')
const timeOf = (content: string): string => content.replace(/(\d\d)(\d\d)(\d\d)$/, '$1:$2:$3')

/** DATE (X.680 section 38.4.1): a day of the calendar without a time zone, `'2026-11-21'`, years 0000 to 9999. */
export const date: Schema<string> = text(31, compact('a date such as 2026-11-21', isDate, digits, dateOf))

/** TIME-OF-DAY (X.680 section 38.4.2): local time without a time zone, `'12:34:56'`. */
export const timeOfDay: Schema<string> = text(32, compact('a time such as 12:34:56', isTimeOfDay, digits, timeOf))

/** DATE-TIME (X.680 section 38.4.3): local date and time without a time zone, `'2026-11-21T12:34:56'`. */
export const dateTime: Schema<string> = text(
  33,
  compact('a time such as 2026-11-21T12:34:56', isDateTime, digits, (content) =>
    content.length === 14 ? `${dateOf(content.slice(0, 8))}T${timeOf(content.slice(8))}` : content,
  ),
)

/** DURATION (X.680 section 38.4.4): an ISO 8601 duration, `'P2Y10M15DT10H20M30.5S'`. */
export const duration: Schema<string> = text(
  34,
  compact(
    'a duration such as P1Y2M3DT4H5M6S',
    isDuration,
    (value) => value.slice(1),
    (content) => `P${content}`,
  ),
)

/**
 * TIME (X.680 section 38.1): any ISO 8601 date, time, interval or recurrence as it is written, `'1985-W15-5'`. Of its
 * grammar only the characters are checked, and that DER has no decimal comma (X.690 section 11.9.3).
 */
export const isoTime: Schema<string> = text(14, {
  expected: 'an ISO 8601 time',
  read: (content, ber) => (characters.test(content) && (ber || !content.includes(',')) ? content : undefined),
  write: (value) => (characters.test(value) && !value.includes(',') ? value : undefined),
})
