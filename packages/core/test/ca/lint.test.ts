import { fromHex } from '@certwright/core/asn1'
import { createOrOpenCa } from '@certwright/core/ca'
import { memoryStore } from '@certwright/core/defaults'
import type { LintPolicy } from '@certwright/core/lint'
import { catalogue, compileProfile, type ProfileConfig } from '@certwright/core/profile'
import { attributeOid } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testDeps } from '../support/world.js'

const base = catalogue.get('est-digital-signature')
const profile = (lint?: LintPolicy): ProfileConfig => {
  if (base === undefined) throw new Error('the catalogue lost a profile')
  return { ...base, id: 'linted-device', ...(lint === undefined ? {} : { lint }) }
}

/** A CA that issues under the profile, and an order whose serialNumber is a UTF8String. */
async function caWith(lint?: LintPolicy) {
  const store = memoryStore()
  const deps = testDeps({ store })
  const root = { id: 'test~root', subject: 'CN=Test Root', profile: 'basic-ca-root', profiles: [profile(lint)] }
  const ca = await createOrOpenCa(deps, root)
  const order = { ...orderOf(opensslRequest('p256', '/CN=device-1'), 'r1'), profile: 'linted-device' }
  return { store, ca, order: { ...order, subject: [[{ type: attributeOid.serialNumber, value: fromHex('0c0131') }]] } }
}

describe('lint before a signature', () => {
  it('stops what breaks a rule', async () => {
    const { ca, order } = await caWith()
    await expect(ca.prepare(order)).rejects.toMatchObject({
      code: 'lint',
      findings: [{ rule: 'printable-attributes', level: 'error' }],
    })
  })

  it('lets pass what the profile waives, and says so in the audit', async () => {
    const { store, ca, order } = await caWith({ waive: { 'printable-attributes': 'the old directory writes it so' } })
    await ca.order(order)
    expect(store.auditEvents.find(({ requestId }) => requestId === 'r1')?.details).toMatchObject({
      lintWaivers: 'printable-attributes: the old directory writes it so',
    })
  })

  it('applies a set of rules that the profile asks for', async () => {
    const { ca, order } = await caWith({ sources: ['cabf-br'] })
    await expect(ca.prepare(order)).rejects.toMatchObject({ code: 'lint' })
  })
})

describe('compileProfile', () => {
  it('refuses a waiver of a rule that does not exist, and one without a reason', () => {
    const config = profile({ waive: { 'no-such-rule': 'because I may', 'version-3': '' } })
    expect(() => compileProfile(config)).toThrow(/lint\.waive\.no-such-rule.*lint\.waive\.version-3/)
  })
})
