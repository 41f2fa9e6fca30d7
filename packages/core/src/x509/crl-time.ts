import { time } from '../asn1/index.js'

const day = 86_400_000
const maxDays = 4096

/**
 * Encodes times (RFC 5280 section 5.1.2.6) for lists of very many: the DER of a day is kept, and the time of day written
 * into it. What comes back is overwritten by the next call.
 *
 * @throws Asn1Error as `time` does.
 */
export function createTimeEncoder(): (date: Date) => Uint8Array {
  const days = new Map<number, Uint8Array>()
  return (date) => {
    const milliseconds = date.getTime()
    const start = Math.floor(milliseconds / day)
    const second = (milliseconds - start * day) / 1000
    // What is no whole second, or no date at all, is for the schema to refuse.
    if (!Number.isInteger(second)) return time.encode(date)
    let der = days.get(start)
    if (der === undefined) {
      der = time.encode(new Date(start * day))
      if (days.size >= maxDays) days.clear()
      days.set(start, der)
    }
    const end = der.length - 1
    writeTwoDigits(der, end - 6, Math.floor(second / 3600))
    writeTwoDigits(der, end - 4, Math.floor(second / 60) % 60)
    writeTwoDigits(der, end - 2, second % 60)
    return der
  }
}

function writeTwoDigits(der: Uint8Array, at: number, value: number): void {
  der[at] = 0x30 + Math.floor(value / 10)
  der[at + 1] = 0x30 + (value % 10)
}
