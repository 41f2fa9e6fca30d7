import { Asn1Error } from '@certwright/core/asn1'
import { lint } from '@certwright/core/lint'
import { TBSCertificate } from '@certwright/core/x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allRows } from './all-rows.js'
import { bytesOf } from './rules.js'

const samples = allRows
  .flatMap(([, ...certificates]) => certificates)
  .map((sample) => ({ bytes: bytesOf(sample), issuer: sample.issuer }))
  .filter(({ bytes }) => bytes.length > 0)

const sources = ['cabf-br', 'cabf-smime', 'cabf-code-signing'] as const

/** A sample with some octets replaced; `undefined` when it is no TBSCertificate any more. */
function mutated(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): TBSCertificate | undefined {
  const copy = bytes.slice()
  for (const [at, octet] of changes) copy[at % copy.length] = octet
  try {
    return TBSCertificate.decode(copy)
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

describe('lint of what a hostile request leads to', () => {
  it('finds faults and never throws', () => {
    const change = fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 }))
    let decoded = 0
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(change, { maxLength: 3 }), ({ bytes, issuer }, changes) => {
        const tbs = mutated(bytes, changes)
        if (tbs === undefined) return
        decoded++
        lint({ tbs, bytes, ...(issuer === undefined ? {} : { issuer }) }, { sources })
        lint({ tbs, bytes }, { sources })
      }),
      { numRuns: 4000 },
    )
    expect(decoded).toBeGreaterThan(1000)
  })
})
