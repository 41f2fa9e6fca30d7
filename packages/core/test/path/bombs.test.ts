import { nodeCrypto } from '@certwright/core/defaults'
import {
  defaultPathLimits,
  findPath,
  type PathOptions,
  type PathResult,
  trustAnchor,
  validatePath,
} from '@certwright/core/path'
import { describe, expect, it } from 'vitest'
import { type CertificateSpec, certificate, dns, now } from './hierarchy.js'

const root = certificate({ subject: 'CN=Root', issuer: 'CN=Root', key: 0, signedBy: 0, ca: true })
const anchors = [trustAnchor(root)]
const base: PathOptions = { time: now, revocation: 'none' }
const ca = (subject: string, issuer: string, own: number, signedBy: number, more: Partial<CertificateSpec> = {}) =>
  certificate({ subject: `CN=${subject}`, issuer: `CN=${issuer}`, key: own, signedBy, ca: true, ...more })

const codes = (result: PathResult): readonly string[] => (result.valid ? [] : result.failures.map(({ code }) => code))

/** Every count within its limit: that is what is promised, not a time. */
function expectBounded({ work }: PathResult, limits = defaultPathLimits): void {
  expect(work.signatures).toBeLessThanOrEqual(limits.maxSignatures)
  expect(work.paths).toBeLessThanOrEqual(limits.maxPaths)
  expect(work.steps).toBeLessThanOrEqual(limits.maxSteps)
  expect(work.policyNodes).toBeLessThanOrEqual(limits.maxPolicyNodes)
  expect(work.nameComparisons).toBeLessThanOrEqual(limits.maxNameComparisons)
}

describe('bombs', () => {
  it('cross-certificates of all CAs by all others, without an anchor', async () => {
    const size = 9
    const pool: Uint8Array[] = []
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) if (a !== b) pool.push(ca(`X${a}`, `X${b}`, 20 + a, 20 + b))
    }
    const leaf = certificate({ subject: 'CN=leaf', issuer: 'CN=X0', key: 2, signedBy: 20 })
    const result = await findPath({ crypto: nodeCrypto }, leaf, anchors, { ...base, intermediates: pool })
    expect(codes(result)).toContain('budget')
    expect(codes(result)).toContain('untrusted')
    expectBounded(result)
  })

  it('cross-certificates that all reach an anchor which none is valid for', async () => {
    const pool: Uint8Array[] = [ca('L0', 'Root', 20, 0, { excluded: [dns('')] })]
    for (let level = 1; level < 8; level++) {
      // Three certificates of each CA: the paths multiply, the keys do not.
      for (let copy = 0; copy < 3; copy++) pool.push(ca(`L${level}`, `L${level - 1}`, 20 + level, 19 + level))
      pool.push(ca(`L${level}`, `L${level - 1}`, 40 + level, 19 + level))
    }
    const leaf = certificate({ subject: 'CN=leaf', issuer: 'CN=L7', key: 2, signedBy: 27, names: [dns('a.test')] })
    const result = await findPath({ crypto: nodeCrypto }, leaf, anchors, { ...base, intermediates: pool })
    expect(codes(result)).toEqual(['name-constraints', 'budget'])
    expectBounded(result)
  })

  it('many keys of one name', async () => {
    const pool = Array.from({ length: 150 }, (_, index) => ca('A', 'Root', 20 + index, 0, { hints: false }))
    const leaf = certificate({ subject: 'CN=leaf', issuer: 'CN=A', key: 2, signedBy: 200, hints: false })
    const result = await findPath({ crypto: nodeCrypto }, leaf, anchors, { ...base, intermediates: pool })
    expect(codes(result)).toContain('budget')
    expect(result.work.signatures).toBe(100)
  })

  it('policies that all map to all, where a tree would double with each certificate', async () => {
    const policies = Array.from({ length: 30 }, (_, index) => `1.2.${index}`)
    const mappings = policies.flatMap((from) => policies.map((to) => [from, to] as const))
    const path: Uint8Array[] = []
    for (let level = 8; level >= 1; level--) {
      path.push(
        ca(`L${level}`, level === 1 ? 'Root' : `L${level - 1}`, 20 + level, level === 1 ? 0 : 19 + level, {
          policies,
          mappings,
        }),
      )
    }
    const leaf = certificate({ subject: 'CN=leaf', issuer: 'CN=L8', key: 2, signedBy: 28, policies })
    const options = { ...base, requireExplicitPolicy: true }
    const result = await validatePath({ crypto: nodeCrypto }, [leaf, ...path], anchors, options)
    expect(result.valid && result.policies.map(({ policy }) => policy).sort()).toEqual([...policies].sort())
    // A tree would have 30^9 nodes.
    expect(result.work.policyNodes).toBeLessThan(40_000)
    const limits = { maxPolicyNodes: 1000 }
    expect(codes(await validatePath({ crypto: nodeCrypto }, [leaf, ...path], anchors, { ...options, limits }))).toEqual(
      ['budget'],
    )
  })

  it('many names below many constraints', async () => {
    const names = Array.from({ length: 700 }, (_, index) => dns(`n${index}.test`))
    const excluded = Array.from({ length: 700 }, (_, index) => dns(`x${index}.test`))
    const path = [ca('A', 'Root', 20, 0, { excluded })]
    const leaf = certificate({ subject: '', issuer: 'CN=A', key: 2, signedBy: 20, names })
    const result = await validatePath({ crypto: nodeCrypto }, [leaf, ...path], anchors, base)
    expect(codes(result)).toEqual(['budget'])
    expectBounded(result)
    const limits = { maxNameComparisons: 500_000 }
    expect((await validatePath({ crypto: nodeCrypto }, [leaf, ...path], anchors, { ...base, limits })).valid).toBe(true)
  })

  it('paths and certificates that are too long', async () => {
    const path = Array.from({ length: 12 }, (_, index) => ca(`L${index}`, `L${index + 1}`, 20 + index, 21 + index))
    expect(codes(await validatePath({ crypto: nodeCrypto }, path, anchors, base))).toEqual(['budget'])
    const [leaf = new Uint8Array(), ...intermediates] = path
    const found = await findPath({ crypto: nodeCrypto }, leaf, anchors, { ...base, intermediates })
    expect(found.path).toHaveLength(10)
    const limits = { maxCertificateSize: 100 }
    expect(codes(await findPath({ crypto: nodeCrypto }, leaf, anchors, { ...base, limits }))).toEqual(['malformed'])
  })
})
