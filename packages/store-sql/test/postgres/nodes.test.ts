import { runUntilKilled, startPostgres, type TestPostgres } from '@certwright/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { postgresStore, type SqlStore } from '../../src/index.js'
import { buildProgram } from '../support/build-program.js'
import { longRun } from '../support/long-run.js'

const program = await buildProgram('postgres-node')
const nodes = 4
const certificates = longRun ? 20_000 : 1_000
/** Lines that all nodes together print between two kills. */
const betweenKills = longRun ? 4_000 : 400

let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres({ durable: longRun })
})
afterAll(() => server.stop())

test(`${nodes} processes issue ${certificates} certificates while one after the other is killed`, {
  timeout: 580_000,
}, async () => {
  const url = await server.createDatabase()
  const pool = new pg.Pool({ connectionString: url })
  onTestFinished(() => pool.end())
  const store = await postgresStore(pool)
  const running = runNodes(url)
  const follower = follow(store, running)
  const { lines, kills } = await running
  const seen = await follower
  expect(kills).toBeGreaterThanOrEqual(longRun ? 8 : 4)
  console.log(`${certificates} certificates, ${lines.length} promises, ${kills} kills, ${seen.length} events followed`)

  await expectOneEach(store, pool, lines)
  // Every event once, and an event for every certificate.
  const issued = await pool.query(`select serial from certwright_certificates where status = 'issued' order by serial`)
  expect(seen.sort()).toEqual(issued.rows.map(({ serial }) => serial))
  const crls = await pool.query('select number from certwright_crls order by number')
  const numbers = crls.rows.map(({ number }) => Number(number))
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1))
  expect(numbers.length).toBeGreaterThan(certificates / 200)
  expectNoneTwice(lines, 'crl')
  expectNoneTwice(lines, 'due')
})

/** Runs all nodes to their end, killing one after the other; gives every line that any of them printed. */
async function runNodes(url: string): Promise<{ readonly lines: readonly string[]; readonly kills: number }> {
  const all: string[] = []
  let printed = 0
  let kills = 0
  const run = async (node: number): Promise<void> => {
    const done = new Set<number>()
    for (;;) {
      const first = firstMissing(done)
      const args = [url, `node ${node}`, `${first}`, `${certificates}`, `${node}`]
      const { lines, killed, stderr } = await runUntilKilled(program, {
        args,
        // Whoever prints the line that is one too many.
        when: () => {
          printed++
          if (printed < (kills + 1) * betweenKills) return false
          kills++
          return true
        },
      })
      all.push(...lines)
      for (const line of lines) if (line.startsWith('handed ')) done.add(Number(line.split(' ')[1]))
      if (!killed) {
        expect(lines.at(-1), stderr).toBe('finished')
        return
      }
    }
    function firstMissing(has: ReadonlySet<number>): number {
      for (let i = 0; i < certificates; i++) {
        if ((i % 4 === node || i % 4 === (node + 1) % 4) && !has.has(i)) return i
      }
      return certificates
    }
  }
  await Promise.all(Array.from({ length: nodes }, (_, node) => run(node)))
  return { lines: all, kills }
}

/** Follows the event feed from the first event until the nodes are done and nothing more comes. */
async function follow({ certificates: inventory }: SqlStore, running: Promise<unknown>): Promise<string[]> {
  let over = false
  const end = running.finally(() => {
    over = true
  })
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const last = over
    const page = await inventory.events({ limit: 200, ...(after === undefined ? {} : { after }) })
    seen.push(...page.items.map(({ serial }) => serial))
    after = page.position
    if (last && page.items.length === 0) break
  }
  await end
  return seen
}

/** One certificate for each request, whoever asked; what was handed out is recorded and audited as it was handed out. */
async function expectOneEach(store: SqlStore, pool: pg.Pool, lines: readonly string[]): Promise<void> {
  const found = await pool.query(
    'select request_id, count(*) as count from certwright_certificates group by request_id',
  )
  expect(found.rows).toHaveLength(certificates)
  expect(found.rows.filter(({ count }) => Number(count) !== 1)).toEqual([])
  const audited = new Set((await pool.query('select details from certwright_audit')).rows.map(({ details }) => details))
  const handed = new Map<string, string>()
  const wrong: string[] = []
  for (const line of lines) {
    const [what, request = '', serial = '', fingerprint] = line.split(' ')
    if (what !== 'handed') continue
    const before = handed.get(request) ?? serial
    const record = await store.certificates.get('test~ca', serial)
    const good = before === serial && record?.status === 'issued' && record.fingerprint === fingerprint
    if (!good || !audited.has(JSON.stringify({ serial }))) wrong.push(line)
    handed.set(request, serial)
  }
  expect(wrong).toEqual([])
  expect(handed.size).toBe(certificates)
}

function expectNoneTwice(lines: readonly string[], what: string): void {
  const found = lines.filter((line) => line.startsWith(`${what} `))
  expect(found.length).toBeGreaterThan(0)
  expect(new Set(found).size).toBe(found.length)
}
