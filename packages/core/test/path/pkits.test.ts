import { readFileSync } from 'node:fs'
import { decodeBase64 } from '@certwright/core/asn1'
import { nodeCrypto } from '@certwright/core/defaults'
import { findPath, type PathFailureCode, type PathOptions, trustAnchor, validatePath } from '@certwright/core/path'
import { describe, expect, it } from 'vitest'

interface PkitsTest {
  readonly name: string
  readonly valid: boolean
  readonly path: readonly string[]
  /** Numbers of the test policies; any when absent. */
  readonly policies?: readonly string[]
  readonly requireExplicitPolicy?: boolean
  readonly inhibitPolicyMapping?: boolean
  readonly inhibitAnyPolicy?: boolean
}

const { tests, certificates } = JSON.parse(readFileSync(new URL('fixtures/pkits.json', import.meta.url), 'utf8')) as {
  readonly tests: readonly PkitsTest[]
  readonly certificates: Readonly<Record<string, string>>
}

const der = new Map(Object.entries(certificates).map(([name, text]) => [name, decodeBase64(text)]))
const certificate = (name: string): Uint8Array => der.get(name) ?? new Uint8Array()
const testPolicy = '2.16.840.1.101.3.2.1.48.'

/** Sections about CRLs alone; their scenarios are in crl-scenarios.test.ts, as the CRLs are not at hand. */
const aboutCrls = /^4\.(?:4|14|15)\.|^4\.5\.[2578] |^4\.7\.[45] /
/** DSA is not verified at all. */
const withDsa = /^4\.1\.[45] /

/** What the vectors list is no path: a certificate for signing CRLs stands in it. Whether one is found counts. */
const unordered = /^4\.5\.[46] /

/** Why the invalid ones are, by section. */
const reasons: Readonly<Record<string, readonly PathFailureCode[]>> = {
  '1': ['signature', 'algorithm'],
  '2': ['expired', 'not-yet-valid'],
  '3': ['issuer-name'],
  '6': ['not-a-ca', 'path-length'],
  '7': ['key-usage'],
  '8': ['policy'],
  '9': ['policy'],
  '10': ['policy', 'policy-mapping'],
  '11': ['policy'],
  '12': ['policy'],
  '13': ['name-constraints'],
  '16': ['unknown-critical-extension'],
}

const optionsOf = ({ name: _, valid: __, path: ___, policies, ...flags }: PkitsTest): PathOptions => ({
  time: new Date('2025-06-01T00:00:00Z'),
  revocation: 'none',
  ...flags,
  ...(policies && { policies: policies.map((number) => testPolicy + number) }),
})

const applicable = tests.filter(({ name }) => !aboutCrls.test(name))

describe('PKITS', () => {
  it('has its tests here', () => {
    expect(tests.length).toBe(249)
    expect(applicable.length).toBe(177)
  })

  it.each(applicable)('$name', async (test) => {
    const [root = '', ...above] = test.path
    const path = above.toReversed().map(certificate)
    const [leaf = new Uint8Array(), ...intermediates] = path
    const anchors = [trustAnchor(certificate(root))]
    const options = optionsOf(test)
    const expected = test.valid && !withDsa.test(test.name)
    const found = await findPath({ crypto: nodeCrypto }, leaf, anchors, { ...options, intermediates })
    expect(found.valid, JSON.stringify(found.valid ? '' : found.failures)).toBe(expected)
    if (unordered.test(test.name)) return
    const validated = await validatePath({ crypto: nodeCrypto }, path, anchors, options)
    expect(validated.valid).toBe(expected)
    if (validated.valid) return
    const codes = new Set(validated.failures.map(({ code }) => code))
    expect(reasons[/^4\.(\d+)/.exec(test.name)?.[1] ?? '']).toEqual(expect.arrayContaining([...codes]))
  })
})
