import { lint, lintPolicyFaults, lintRules, lintSources } from '@certwright/core/lint'
import { Certificate, parseName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'
import { allIds, certificateRuleIds } from './ids.js'
import { broken, bytesOf } from './rules.js'
import { issuing, leaf, root } from './samples.js'

describe('the list of rules', () => {
  it('has every file of the folders, once', () => {
    expect([...allIds].sort()).toEqual(Object.values(certificateRuleIds).flat().sort())
    expect(new Set(allIds).size).toBe(allIds.length)
  })

  it('has an id, a known source, a citation, a sentence and a date for each', () => {
    for (const rule of lintRules) {
      expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(lintSources).toContain(rule.source)
      expect(rule.citation).toMatch(/\d/)
      expect(rule.description).toMatch(/^\S.*\.$/)
      expect(rule.effective).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })
})

describe('lint', () => {
  it('finds nothing in what the CAs issue', async () => {
    const cas = await testAuthorities(testDeps())
    const san = ['-addext', 'subjectAltName=DNS:device-1.example', '-addext', 'extendedKeyUsage=clientAuth']
    const { certificate } = await cas.issuing.order(orderOf(opensslRequest('p256', '/CN=device-1', san), 'r1'))
    const [device, ca, top] = [certificate, cas.issuing.certificate, cas.root.certificate].map((der) => {
      const { bytes, value: tbs } = Certificate.decode(der).tbsCertificate
      return { bytes, tbs }
    })
    if (device === undefined || ca === undefined || top === undefined) throw new Error('no certificates')
    expect([lint(top), lint({ ...ca, issuer: top.tbs }), lint({ ...device, issuer: ca.tbs })]).toEqual([[], [], []])
  })

  it('finds nothing in the samples', () => {
    expect([broken(root()), broken(issuing()), broken(leaf())]).toEqual([[], [], []])
  })

  it('counts a rule from the day it came into force', () => {
    const validity = { notBefore: new Date('2008-04-30T23:59:59Z'), notAfter: new Date('2009-01-01T00:00:00Z') }
    const before = leaf({ validity, version: 0, issuerTbs: leaf().tbs })
    expect(broken(before)).not.toContain('version-3')
    const after = leaf({ validity: { ...validity, notBefore: new Date('2008-05-01T00:00:00Z') }, version: 0 })
    expect(broken(after)).toContain('version-3')
  })

  it('marks what a policy waives, and nothing else', () => {
    const { tbs, issuer } = leaf({ issuer: parseName('CN=Other'), version: 0 })
    const subject = { tbs, bytes: bytesOf({ tbs }), ...(issuer === undefined ? {} : { issuer }) }
    const found = lint(subject, { waive: { 'issuer-matches': 'a test of the waiver' } })
    expect(found.map(({ rule, waived }) => [rule, waived])).toEqual([
      ['version-3', undefined],
      ['issuer-matches', 'a test of the waiver'],
    ])
  })
})

describe('lintPolicyFaults', () => {
  it('accepts known sets and rules', () => {
    const waive = { 'key-usage-critical': 'old devices refuse it' }
    expect(lintPolicyFaults({ sources: ['cabf-br', 'cabf-smime'], waive })).toEqual([])
    expect(lintPolicyFaults({})).toEqual([])
  })

  it.each([
    [{ waive: { 'no-such-rule': 'because I may' } }, 'waive.no-such-rule'],
    [{ waive: { constructor: 'because I may' } }, 'waive.constructor'],
    [{ waive: { 'version-3': '       ' } }, 'waive.version-3'],
    [{ waive: { 'version-3': 'a'.repeat(501) } }, 'waive.version-3'],
    [JSON.parse('{"waive":{"version-3":7}}'), 'waive.version-3'],
    [JSON.parse('{"sources":["rfc9999"]}'), 'sources'],
  ])('names the fault of %j', (policy, path) => {
    expect(lintPolicyFaults(policy).map((fault) => fault.path)).toEqual([path])
  })
})
