import { fault } from './errors.js'
import type { Reader } from './reader.js'
import { badValue, type Codec, createSchema, kindOf, type Schema, unexpectedTag } from './schema.js'
import { type Identifier, identifierName, universal } from './tag.js'
import { reserve, type Writer, writeHeader, writeOctet } from './writer.js'

/** @internal */
export const utcTimeTag: Identifier = universal(23)
/** @internal */
export const generalizedTimeTag: Identifier = universal(24)

const zulu = 0x5a
const dot = 0x2e

/** The number of `count` decimal digits at `offset`. */
function digits({ bytes }: Reader, offset: number, count: number): number {
  let value = 0
  for (let index = offset; index < offset + count; index++) {
    const digit = (bytes[index] as number) - 0x30
    if (digit < 0 || digit > 9) throw fault('value', index, 'a decimal digit', 'another character')
    value = value * 10 + digit
  }
  return value
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The days of a month; 0 when there is no such month. @internal */
export const daysOf = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (daysIn[month - 1] ?? 0)

/** The moment of a year and the digits MMDDHHMMSS at `offset`; dates that do not exist are refused. */
function moment(reader: Reader, offset: number, year: number, milliseconds: number): Date {
  const month = digits(reader, offset, 2)
  const day = digits(reader, offset + 2, 2)
  const hour = digits(reader, offset + 4, 2)
  const minute = digits(reader, offset + 6, 2)
  const second = digits(reader, offset + 8, 2)
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59) {
    throw fault('value', offset, 'a date and time that exist', 'another')
  }
  // Date.UTC takes years below 100 for the 20th century.
  if (year >= 100) return new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds))
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, milliseconds))
  date.setUTCFullYear(year, month - 1, day)
  return date
}

/** YYMMDDHHMMSSZ (X.690 section 11.8); YY below 50 is in the 21st century (RFC 5280 section 4.1.2.5.1). @internal */
export function readUtcTime(reader: Reader, start: number, end: number): Date {
  if (end - start !== 13 || reader.bytes[end - 1] !== zulu) throw fault('value', start, 'YYMMDDHHMMSSZ', 'another form')
  const year = digits(reader, start, 2)
  return moment(reader, start + 2, year < 50 ? 2000 + year : 1900 + year, 0)
}

/** YYYYMMDDHHMMSS[.f]Z (X.690 section 11.7), the fraction of at most 3 digits and without a last zero. @internal */
export function readGeneralizedTime(reader: Reader, start: number, end: number): Date {
  const { bytes } = reader
  if (end - start < 15 || bytes[end - 1] !== zulu) throw fault('value', start, 'YYYYMMDDHHMMSSZ', 'another form')
  const year = digits(reader, start, 4)
  if (end - start === 15) return moment(reader, start + 4, year, 0)
  const count = end - start - 16
  if (bytes[start + 14] !== dot || count < 1) throw fault('value', start + 14, 'a fraction such as .5', 'another form')
  if (count > 3) throw fault('limit', start + 15, 'a fraction of at most 3 digits', `${count}`)
  const fraction = digits(reader, start + 15, count)
  if (fraction % 10 === 0) throw fault('value', end - 2, 'a fraction without a last zero', 'one')
  return moment(reader, start + 4, year, fraction * 10 ** (3 - count))
}

function writeDigits(writer: Writer, value: number, count: number): void {
  const position = reserve(writer, count)
  let rest = value
  for (let index = position + count - 1; index >= position; index--) {
    writer.buffer[index] = 0x30 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}

/** Writes MMDDHHMMSS. */
function writeMoment(writer: Writer, date: Date): void {
  writeDigits(writer, date.getUTCSeconds(), 2)
  writeDigits(writer, date.getUTCMinutes(), 2)
  writeDigits(writer, date.getUTCHours(), 2)
  writeDigits(writer, date.getUTCDate(), 2)
  writeDigits(writer, date.getUTCMonth() + 1, 2)
}

/** The year of a date that ASN.1 can hold; refuses others. @internal */
export function checkedYear(date: Date): number {
  if (!(date instanceof Date)) throw badValue('a Date', kindOf(date))
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw badValue('a year from 0 to 9999', `${year}`)
  return year
}

function refuseFraction(date: Date): void {
  if (date.getUTCMilliseconds() !== 0) throw badValue('a whole second', 'a fraction of a second')
}

/** @internal */
export function writeUtcTime(writer: Writer, date: Date, identifier: Identifier = utcTimeTag): void {
  const year = checkedYear(date)
  if (year < 1950 || year > 2049) throw badValue('a year from 1950 to 2049', `${year}`)
  refuseFraction(date)
  writeOctet(writer, zulu)
  writeMoment(writer, date)
  writeDigits(writer, year % 100, 2)
  writeHeader(writer, identifier, 13)
}

/** @internal */
export function writeGeneralizedTime(writer: Writer, date: Date, identifier: Identifier = generalizedTimeTag): void {
  const year = checkedYear(date)
  const before = writer.buffer.length - writer.position
  writeOctet(writer, zulu)
  let fraction = date.getUTCMilliseconds()
  if (fraction !== 0) {
    let count = 3
    for (; fraction % 10 === 0; fraction /= 10) count--
    writeDigits(writer, fraction, count)
    writeOctet(writer, dot)
  }
  writeMoment(writer, date)
  writeDigits(writer, year, 4)
  writeHeader(writer, identifier, writer.buffer.length - writer.position - before)
}

type ReadTime = (reader: Reader, start: number, end: number) => Date
type WriteTime = (writer: Writer, date: Date, identifier: Identifier) => void

function timeCodec(identifier: Identifier, read: ReadTime, write: WriteTime): Codec<Date> {
  const name = identifierName(identifier)
  return {
    name,
    identifiers: [identifier],
    read: (reader, found, start, end, from) => {
      if (found !== identifier) throw unexpectedTag(name, found, from)
      return read(reader, start, end)
    },
    write: (writer, value) => write(writer, value, identifier),
    withTag: (tag) => timeCodec(tag(false), read, write),
  }
}

/** UTCTime in the one form of DER: a `Date` of a whole second from 1950 to 2049. */
export const utcTime: Schema<Date> = createSchema(timeCodec(utcTimeTag, readUtcTime, writeUtcTime))

/** GeneralizedTime in the one form of DER: a `Date` from year 0 to 9999, to the millisecond. */
export const generalizedTime: Schema<Date> = createSchema(
  timeCodec(generalizedTimeTag, readGeneralizedTime, writeGeneralizedTime),
)

/**
 * Time of RFC 5280 section 4.1.2.5: a `Date` of a whole second. Writes UTCTime through the year 2049 and GeneralizedTime
 * from 2050 on (and before 1950). Reads either form in any year, as that section asks of every reader: there are trust
 * anchors in use that have a GeneralizedTime before 2050.
 */
export const time: Schema<Date> = createSchema<Date>({
  name: 'Time',
  identifiers: [utcTimeTag, generalizedTimeTag],
  read: (reader, found, start, end, from) => {
    if (found === utcTimeTag) return readUtcTime(reader, start, end)
    if (found !== generalizedTimeTag) throw unexpectedTag('UTCTime or GeneralizedTime', found, from)
    if (end - start !== 15) throw fault('value', start, 'YYYYMMDDHHMMSSZ', 'another form')
    return readGeneralizedTime(reader, start, end)
  },
  write: (writer, value) => {
    const year = checkedYear(value)
    refuseFraction(value)
    if (isUtcTimeYear(year)) writeUtcTime(writer, value)
    else writeGeneralizedTime(writer, value)
  },
})

const isUtcTimeYear = (year: number): boolean => year >= 1950 && year <= 2049
