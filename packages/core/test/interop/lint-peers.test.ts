import { any, bitString, fromHex, sequence } from '@certwright/core/asn1'
import { AlgorithmIdentifier } from '@certwright/core/x509'
import { foreignTest, pkilint, pkilintProgram, zlint, zlintProgram } from '@certwright/testkit/foreign'
import { describe, expect } from 'vitest'
import { allRows } from '../lint/all-rows.js'
import { bytesOf } from '../lint/rules.js'
import type { Sample } from '../lint/samples.js'
import { forumFindings, peerFindings } from './lint-peer-findings.js'

/** Certificate whose signed part may be any octets: some samples are wrong in ways that our own schema does not write. */
const AnyCertificate = sequence({ tbsCertificate: any, signatureAlgorithm: AlgorithmIdentifier, signature: bitString })

/** An ECDSA-Sig-Value. Linters look at its form at most. */
const signature = { unusedBits: 0, bytes: fromHex(`3046${`022100${'f0'.repeat(32)}`.repeat(2)}`) }

const certificateOf = (sample: Sample): Uint8Array =>
  AnyCertificate.encode({ tbsCertificate: bytesOf(sample), signatureAlgorithm: sample.tbs.signature, signature })

/** The names of all findings of both linters in each certificate. */
async function findingsOf(certificates: readonly Uint8Array[]): Promise<readonly ReadonlySet<string>[]> {
  const [byZlint, byPkilint] = await Promise.all([zlint(certificates), pkilint(certificates, 'lint_pkix_cert')])
  return certificates.map(
    (_, index) => new Set([...(byZlint[index] ?? []), ...(byPkilint[index] ?? [])].map(({ id }) => id)),
  )
}

describe('the samples of the lint rules', () => {
  foreignTest([zlintProgram, pkilintProgram], 'are right and wrong for zlint and pkilint as well', async () => {
    const rows = allRows.filter(([rule]) => peerFindings[rule] !== undefined)
    const good = await findingsOf(rows.map(([, sample]) => certificateOf(sample)))
    const bad = await findingsOf(rows.flatMap(([, , sample]) => (sample === undefined ? [] : [certificateOf(sample)])))
    const differences = rows.flatMap(([rule], index) => {
      const names = peerFindings[rule] ?? []
      const missed = names.filter((name) => bad[index]?.has(name) !== true).map((name) => `${rule}: not found: ${name}`)
      const found = names.filter((name) => good[index]?.has(name) === true)
      return [...missed, ...found.map((name) => `${rule}: found in the right sample: ${name}`)]
    })
    expect(differences).toEqual([])
    expect(rows.length).toBe(Object.keys(peerFindings).length)
  })

  for (const command of ['lint_cabf_serverauth_cert', 'lint_cabf_smime_cert'] as const) {
    foreignTest([pkilintProgram], `are right and wrong for ${command} of pkilint`, async () => {
      const rows = Object.entries(forumFindings[command]).map(([rule, name]) => {
        const [, good, bad] = allRows.find(([id]) => id === rule) ?? []
        if (good === undefined || bad === undefined) throw new Error(`no samples of ${rule}`)
        return { rule, name, ders: [certificateOf(good), certificateOf(bad)] }
      })
      const findings = await pkilint(
        rows.flatMap(({ ders }) => ders),
        command,
        ['--detect'],
      )
      const verdicts = rows.map(({ rule, name }, index) => [
        rule,
        ...findings.slice(2 * index, 2 * index + 2).map((found) => found.some(({ id }) => id === name)),
      ])
      expect(verdicts).toEqual(rows.map(({ rule }) => [rule, false, true]))
    })
  }
})
