import { CertwrightError } from '../errors.js'

/** A length of time in calendar units (ISO 8601 section 5.5.2). */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly milliseconds: number
}

const pattern =
  /^P(?=[0-9T])(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/

/**
 * Reads an ISO 8601 duration such as `P1Y`, `P90D` or `PT5M`.
 *
 * @throws CertwrightError `profile-config` when the text is not one.
 */
export function parseDuration(text: string): Duration {
  const match = pattern.exec(text)
  if (match === null) {
    throw new CertwrightError(
      'profile-config',
      `"${text.slice(0, 40)}" is not an ISO 8601 duration such as P1Y or PT5M`,
    )
  }
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return {
    months: (years ?? 0) * 12 + (months ?? 0),
    days: (weeks ?? 0) * 7 + (days ?? 0),
    milliseconds: ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000,
  }
}

/**
 * `start` plus a duration in UTC. A day that the target month does not have becomes that month's last: 31 January plus
 * one month is 28 or 29 February.
 */
export function addDuration(start: Date, { months, days, milliseconds }: Duration): Date {
  const moved = new Date(start)
  const day = moved.getUTCDate()
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(day, lastDay) + days)
  return new Date(moved.getTime() + milliseconds)
}

/** `end` less a duration of fixed length (days and below). */
export function subtractDuration(end: Date, { days, milliseconds }: Duration): Date {
  return new Date(end.getTime() - days * 86_400_000 - milliseconds)
}
