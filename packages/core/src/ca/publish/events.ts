import { CertwrightError } from '../../errors.js'
import type { CrlRecord } from '../../ports/index.js'

/** A list, by whom and what. */
interface OfList {
  /** Id of the CA. */
  readonly issuer: string
  /** Name of the list, such as `crl`. */
  readonly list: string
}

/** What became of an attempt to publish a list. */
export type CrlPublishingEvent =
  | (OfList & {
      readonly kind: 'published'
      readonly publisher: string
      readonly number: number
      readonly nextUpdate: Date
      /** How often it was tried, from 1. */
      readonly attempt: number
    })
  | (OfList & {
      readonly kind: 'publication-failed'
      readonly publisher: string
      readonly number: number
      readonly nextUpdate: Date
      readonly attempt: number
      readonly error: CertwrightError
    })

/** What the schedule did. */
export type CrlScheduleEvent =
  | (OfList & { readonly kind: 'made'; readonly number: number; readonly nextUpdate: Date })
  /** `list` is `null` when not even the lists could be asked for. It is tried again. */
  | {
      readonly kind: 'failed'
      readonly issuer: string
      readonly list: string | null
      readonly error: CertwrightError
    }
  /** The clock moved by so many milliseconds more (or, negative, less) than time has passed. Every list is looked at. */
  | { readonly kind: 'clock-jumped'; readonly milliseconds: number }

/** The name of the list that a record is of, as in its URL. */
export const crlListOf = ({ scope = 'full' }: Pick<CrlRecord, 'scope'>): string => (scope === 'full' ? 'crl' : scope)

/** The error itself when it is one of ours; of another one nothing but its kind goes into the message. */
export function typedError(error: unknown, code: 'publish' | 'ca', what: string): CertwrightError {
  if (error instanceof CertwrightError) return error
  const kind = error instanceof Error ? codeOf(error) : 'not an error'
  return new CertwrightError(code, `${what} (${kind})`, { cause: error })
}

/** `ENOSPC`, `ECONNRESET`, of the error or of what caused it; the class of the error when there is none. */
function codeOf(error: Error): string {
  for (const each of [error, error.cause]) {
    const code = each instanceof Error && 'code' in each ? each.code : undefined
    if (typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)) return code
  }
  return error.name.slice(0, 60)
}

/** Calls who is told of events; what goes wrong there is not the business of the one who tells. */
export function teller<E>(onEvent: ((event: E) => void) | undefined): (event: E) => void {
  return (event) => {
    try {
      onEvent?.(event)
    } catch {
      // A counter that throws must not stop lists from being made and published.
    }
  }
}
