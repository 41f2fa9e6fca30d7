import type { CertificateQuery } from '@certwright/core/ports'
import { at, digestOf, sampleIntent } from '@certwright/testkit/contracts'
import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/index.js'
import type { SqliteDatabase } from '../../src/sqlite/driver.js'
import { loadSqlite } from '../../src/sqlite/driver.js'
import { describeDrivers } from '../support/drivers.js'

const intent = sampleIntent('one')
const everything: CertificateQuery = {
  issuer: intent.issuer,
  status: 'issued',
  profile: intent.profile,
  requester: intent.requester,
  validAt: at(0),
}

/** A search, the index that it must start from, and whether the pages come out of it in their order. */
const searches: readonly (readonly [string, CertificateQuery, index: string, sorted: boolean])[] = [
  ['all', {}, 'created', true],
  ['valid at', { validAt: at(0) }, 'created', true],
  ['issuer', { issuer: intent.issuer }, 'issuer', true],
  ['profile', { profile: 'device', issuer: intent.issuer }, 'profile', true],
  ['requester', { requester: 'alice', issuer: intent.issuer }, 'requester', true],
  ['status', { status: 'held' }, 'status', true],
  ['status of an issuer', { status: 'revoked', issuer: intent.issuer }, 'status', true],
  ['expiry', { expiresBefore: at(100) }, 'expiry', true],
  ['expiry between', { ...everything, expiresBefore: at(100) }, 'expiry', true],
  ['serial', { ...everything, serial: intent.serial }, 'serial', false],
  ['subject', { ...everything, subjectDer: intent.subjectDer }, 'subject', false],
  ['key', { ...everything, publicKeyDigest: intent.publicKeyDigest }, 'public_key', false],
  ['fingerprint', { ...everything, fingerprint: digestOf('x') }, 'fingerprint', false],
  ['successors', { issuer: intent.issuer, previousSerial: intent.serial }, 'previous', false],
]

await describeDrivers('searches in SQLite', (driver) => {
  /** A store whose queries are explained as they come. */
  const open = async () => {
    const database = (await loadSqlite([driver]))(':memory:')
    const plans: string[] = []
    const watched: SqliteDatabase = {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql)
        return {
          ...(statement.reader === undefined ? {} : { reader: statement.reader }),
          run: (...parameters) => statement.run(...parameters),
          all(...parameters) {
            if (sql.startsWith('select')) {
              const steps = database.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
              plans.push(steps.map(({ detail }) => detail).join('\n'))
            }
            return statement.all(...parameters)
          },
        }
      },
    }
    const store = await sqliteStore(watched)
    plans.length = 0
    return { store, plans }
  }

  test.each(searches)('by %s uses its index, also for a later page', async (_, query, index, sorted) => {
    const { store, plans } = await open()
    const { items } = await store.certificates.find(query)
    expect(items).toEqual([])
    await store.certificates.find(query, {
      after: btoa(`["${query.expiresBefore ? 'expiring' : 'certificates'}",5,5]`),
    })
    expect(plans).toHaveLength(2)
    for (const plan of plans) {
      expect(plan).toMatch(new RegExp(`INDEX certwright_certificates_${index}\\b`))
      if (sorted) expect(plan).not.toMatch(/TEMP B-TREE/)
    }
  })
  test.each([
    ['a name', { name: 'DNS:a' }],
    ['a tag', { tags: ['a'] }],
    ['both, and more', { ...everything, name: 'DNS:a', tags: ['a', 'b'] }],
  ] as const)('by %s reads its list in order', async (_, query) => {
    const { store, plans } = await open()
    await store.certificates.find(query)
    await store.certificates.find(query, { after: btoa('["certificates",5,5]') })
    for (const plan of plans) {
      expect(plan).toMatch(/^SEARCH t USING PRIMARY KEY \(term=\?/)
      expect(plan).toMatch(/SEARCH c USING INTEGER PRIMARY KEY/)
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN/)
    }
  })
  test('the feed, the list of the revoked and one record', async () => {
    const { store, plans } = await open()
    await store.certificates.events({ issuer: 'test~ca' })
    expect(plans.pop()).toMatch(/^SEARCH e USING INTEGER PRIMARY KEY/)
    await store.certificates.events({ changesOnly: true })
    expect(plans.pop()).toMatch(/^SEARCH e USING INDEX certwright_events_changes/)
    for await (const _ of store.certificates.revoked('test~ca')) expect.fail()
    expect(plans.pop()).toMatch(/INDEX certwright_certificates_revoked /)
    for await (const _ of store.certificates.revoked('test~ca', { scope: 'p1' })) expect.fail()
    expect(plans.pop()).toMatch(/INDEX certwright_certificates_revoked_scope /)
    await store.certificates.get('test~ca', '01')
    expect(plans.pop()).toMatch(/\(issuer=\? AND serial=\?\)/)
  })
  test('the audit chains', async () => {
    const { store, plans } = await open()
    await store.auditChain.nodes({ after: 'a' })
    expect(plans.pop()).toMatch(/^SEARCH \S+ USING (?:COVERING )?INDEX certwright_audit_chain_nodes \(node>\?\)$/)
    await store.auditChain.read('a', { after: 7 })
    expect(plans.pop()).toMatch(/^SEARCH \S+ USING INDEX \S+ \(node=\? AND sequence>\?\)$/)
    await store.auditChain.last('a')
    expect(plans.pop()).toMatch(/^SEARCH \S+ USING INDEX \S+ \(node=\?\)$/)
  })
})
