import { Asn1Error, equalBytes, type Schema } from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'

/** One decoder under test. */
export interface FuzzTarget {
  /** Well-formed inputs to start from. */
  readonly seeds: readonly Uint8Array[]
  /** Throws a plain error when the decoder breaks a promise on this input; typed refusals are caught here. */
  readonly run: (input: Uint8Array) => void | Promise<void>
}

/** What `run` returns; `undefined` when it refuses with a typed error of bounded length. */
export function refusedOr<T>(run: () => T): { readonly result: T } | undefined {
  try {
    return { result: run() }
  } catch (error) {
    if (error instanceof CertwrightError && (!(error instanceof Asn1Error) || error.message.length < 2000))
      return undefined
    throw error
  }
}

/** What a decoder promises: a typed error, or a value that encodes to the same octets (unless `canonical` is false). */
export function schemaTarget(schema: Schema<unknown>, samples: readonly Uint8Array[], canonical = true): FuzzTarget {
  return {
    seeds: samples,
    run: (input) => {
      const value = refusedOr(() => schema.decode(input))
      if (value !== undefined && !equalBytes(schema.encode(value.result), input) && canonical) {
        throw new Error('decoded, and encodes to other octets')
      }
      refusedOr(() => schema.decode(input, { encoding: 'ber' }))
    },
  }
}
