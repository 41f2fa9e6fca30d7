import { Asn1Error } from '@certwright/core/asn1'
import { certificateView, lint, lintRules } from '@certwright/core/lint'
import { TBSCertificate } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import type { Sample } from './samples.js'

/** A rule with certificates that it passes and that it fails. */
export type Row = readonly [rule: string, good: Sample, ...bad: Sample[]]

/** The octets that would be signed. Some wrong values cannot be encoded by us at all: then there are none. */
export function bytesOf({ tbs, bytes }: Sample): Uint8Array {
  if (bytes !== undefined) return bytes
  try {
    return TBSCertificate.encode(tbs)
  } catch (error) {
    if (error instanceof Asn1Error) return new Uint8Array()
    throw error
  }
}

const subjectOf = (sample: Sample) => {
  const { tbs, issuer } = sample
  return { tbs, bytes: bytesOf(sample), ...(issuer === undefined ? {} : { issuer }) }
}

export const findings = (sample: Sample) => lint(subjectOf(sample), sample.policy)
export const broken = (sample: Sample): readonly string[] => findings(sample).map(({ rule }) => rule)

/** Tests each row both ways, and that a folder's rules all have one. */
export function testRules(source: string, rows: readonly Row[], ids: readonly string[]): void {
  describe(`the rules of ${source}`, () => {
    it('have a row each', () => {
      expect(new Set(rows.map(([rule]) => rule))).toEqual(new Set(ids))
    })

    it.each(rows.map(([id, good]) => [id, good] as const))('%s passes what is right', (id, good) => {
      const rule = lintRules.find((candidate) => candidate.id === id)
      expect(rule?.applies(certificateView(subjectOf(good), good.policy?.sources))).toBe(true)
      expect(findings(good).filter(({ level }) => level === 'error')).toEqual([])
      expect(broken(good)).not.toContain(id)
    })

    it.each(rows.flatMap(([id, , ...bad]) => bad.map((sample) => [id, sample] as const)))(
      '%s fails what is wrong',
      (id, sample) => {
        expect(broken(sample)).toContain(id)
      },
    )
  })
}
