import { memoryStore } from '@certwright/core/defaults'
import { Certificate } from '@certwright/core/x509'
import { sqliteStore } from '@certwright/store-sql'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const total = 10_000
const tasks = 64
const request = opensslRequest('p256', '/CN=device-1/O=Certwright')

describe('10,000 issuances from 64 tasks', () => {
  it.each(['memory', 'SQLite'] as const)('leave no duplicate, no gap and their order: %s', async (engine) => {
    const store = engine === 'memory' ? memoryStore() : await sqliteStore(':memory:')
    const { issuing } = await testAuthorities(testDeps({ store }))
    const serials = new Set<string>()
    let next = 0
    const task = async () => {
      while (next < total) {
        // Every tenth request comes twice at once, as clients that lost patience send it.
        const order = orderOf(request, `r${next++}`)
        const both = next % 10 === 0 ? [issuing.order(order), issuing.order(order)] : [issuing.order(order)]
        const [first, again = first] = await Promise.all(both)
        expect(again?.certificate).toEqual(first?.certificate)
        serials.add(first?.record.serial ?? '')
      }
    }
    await Promise.all(Array.from({ length: tasks }, task))
    expect(serials.size).toBe(total)
    expect(await store.certificates.count({ issuer: issuing.id })).toBe(total)

    const seen: string[] = []
    let after: string | undefined
    for (;;) {
      const page = await store.certificates.events({ issuer: issuing.id, limit: 1000, ...(after ? { after } : {}) })
      seen.push(...page.items.map(({ serial }) => serial))
      after = page.position
      if (page.items.length === 0) break
    }
    expect(seen).toHaveLength(total)
    expect(new Set(seen)).toEqual(serials)
    const record = await store.certificates.get(issuing.id, seen.at(-1) ?? '')
    const { tbsCertificate } = Certificate.decode(record?.certificate ?? new Uint8Array(0))
    expect(tbsCertificate.bytes).toEqual(record?.tbsCertificate)
    if ('close' in store) await store.close()
  })
})
