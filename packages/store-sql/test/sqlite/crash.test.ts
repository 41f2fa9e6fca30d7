import { join } from 'node:path'
import { runUntilKilled } from '@certwright/testkit'
import { at } from '@certwright/testkit/contracts'
import { expect, test } from 'vitest'
import { type SqlStore, sqliteStore } from '../../src/index.js'
import { buildProgram } from '../support/build-program.js'
import { describeDrivers } from '../support/drivers.js'
import { temporaryDirectory } from '../support/files.js'
import { longRun } from '../support/long-run.js'

const writer = await buildProgram('sqlite-writer')
const rounds = longRun ? 100 : 20

await describeDrivers('an SQLite store whose process is killed', (driver) => {
  test(`has all that it promised, ${rounds} times in a row`, async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    const promised: string[] = []
    for (let round = 0; round < rounds; round++) {
      // Different moments: in the first commit of a round, in the middle, later.
      const last = 1 + ((round * 37) % 400)
      const when = (_: string, count: number) => count >= last
      const { lines, killed, stderr } = await runUntilKilled(writer, { args: [path, driver, `${round}`], when })
      expect(killed, stderr).toBe(true)
      expect(lines.length).toBeGreaterThanOrEqual(last)
      promised.push(...lines)
      const store = await sqliteStore(path, { driver })
      await expectKept(store, lines)
      await store.close()
    }
    const store = await sqliteStore(path, { driver })
    await expectKept(store, promised)
    await store.close()
  })
})

async function expectKept(store: SqlStore, promises: readonly string[]): Promise<void> {
  const recorded = new Set<string>()
  for (let after: string | undefined; ; ) {
    const page = await store.auditEvents({ limit: 1000, ...(after === undefined ? {} : { after }) })
    for (const { requestId } of page.items) recorded.add(requestId)
    after = page.next
    if (after === undefined) break
  }
  const lost: string[] = []
  for (const promise of promises) {
    const [what, name = '', fingerprint] = promise.split(' ')
    const kept = {
      reserved: async () => (await store.certificates.get('test~ca', name)) !== undefined,
      issued: async () => (await store.certificates.get('test~ca', name))?.fingerprint === fingerprint,
      recorded: async () => recorded.has(name),
      put: async () => (await store.records.get('names', name, at(0))) !== undefined,
    }[what as 'reserved' | 'issued' | 'recorded' | 'put']
    if (!(await kept())) lost.push(promise)
  }
  expect(lost).toEqual([])
}
