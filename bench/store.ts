import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryKeys, openAuditTrail } from '@certwright/core'
import { postgresStore, type SqlStore, sqliteStore } from '@certwright/store-sql'
import { startPostgres } from '@certwright/testkit'
import Database from 'better-sqlite3'
import pg from 'pg'
import { type Row, round } from './_measure.js'
import { fillSql, postgresFill, sqliteFill } from './_store-fill.js'
import { issuanceRate, lookupTime, rate } from './_store-load.js'

/** `--quick` leaves out the million rows and issues less. */
const quick = process.argv.includes('--quick')
const callers = [1, 16, 64] as const
const counts = { 1: quick ? 300 : 1500, 16: quick ? 1000 : 6000, 64: quick ? 2000 : 12_000 }
const sizes = [['1e4', 10_000], ['1e5', 100_000], ...(quick ? [] : ([['1e6', 1_000_000]] as const))] as const

/** A plain insert of the same octets, for comparison: what the driver and the disk give without any store. */
const rawTable = 'create table raw_rows (name varchar(40) primary key, content'
const rawInsert = 'insert into raw_rows (name, content) values'
const rawRow = () => [randomBytes(16).toString('hex'), randomBytes(1400)] as const

/** Both engines, durable: issuances a second, raw inserts a second, octets a certificate, and look-ups among many rows. */
export async function run(): Promise<readonly Row[]> {
  return [...(await sqliteRows()), ...(await postgresRows())]
}

async function sqliteRows(): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'certwright-bench-'))
  try {
    const path = join(directory, 'pki.db')
    const store = await sqliteStore(path)
    const rows = await issuanceRows('sqlite', store)
    const chained = await chainedRows('sqlite', store)
    await store.close()
    const database = new Database(path)
    const { size } = database
      .prepare('select page_count * page_size as size from pragma_page_count, pragma_page_size')
      .get() as { size: number }
    rows.push(...chained, sizeRow('sqlite', size))
    database.exec('pragma synchronous = full')
    database.exec(`${rawTable} blob)`)
    const insert = database.prepare(`${rawInsert} (?, ?)`)
    const raw = await rate(1, counts[1], async () => insert.run(...rawRow()))
    rows.push({ id: 'store.sqlite.raw', value: round(raw), unit: '/s', what: rawWhat('one at a time') })
    database.close()
    rows.push(...(await sqliteLookups(join(directory, 'filled.db'))))
    return rows
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function sqliteLookups(path: string): Promise<readonly Row[]> {
  await (await sqliteStore(path)).close()
  const rows: Row[] = []
  let filled = 0
  for (const [name, size] of sizes) {
    const database = new Database(path)
    database.exec('pragma synchronous = off; pragma cache_size = -1000000')
    database.exec(fillSql(sqliteFill, filled + 1, size))
    database.close()
    filled = size
    const store = await sqliteStore(path)
    rows.push(lookupRow(`store.lookup.${name}`, 'SQLite', await lookupTime(store.certificates, size), size))
    await store.close()
  }
  return rows
}

async function postgresRows(): Promise<readonly Row[]> {
  const server = await startPostgres({ durable: true })
  try {
    const pool = new pg.Pool({ connectionString: await server.createDatabase(), max: 10 })
    const store = await postgresStore(pool)
    const rows = await issuanceRows('postgres', store)
    rows.push(...(await chainedRows('postgres', store)))
    const { rows: sizeRows } = await pool.query(`select sum(pg_total_relation_size(oid)) as size from pg_class
      where relname like 'certwright_%' and relkind = 'r'`)
    rows.push(sizeRow('postgres', Number(sizeRows[0].size)))
    await pool.query(`${rawTable} bytea)`)
    for (const n of callers) {
      const query = () => ({ name: 'raw', text: `${rawInsert} ($1, $2)`, values: [...rawRow()] })
      const raw = await rate(n, counts[n], () => pool.query(query()))
      rows.push({ id: `store.postgres.raw.c${n}`, value: round(raw), unit: '/s', what: rawWhat(`${n} callers`) })
    }
    let filled = 0
    for (const [name, size] of sizes) {
      await pool.query(fillSql(postgresFill, filled + 1, size))
      await pool.query('vacuum analyze certwright_certificates')
      filled = size
      const time = await lookupTime(store.certificates, size)
      rows.push(lookupRow(`store.postgres.lookup.${name}`, 'PostgreSQL', time, size))
    }
    await store.close()
    await pool.end()
    return rows
  } finally {
    await server.stop()
  }
}

async function issuanceRows(engine: string, store: SqlStore): Promise<Row[]> {
  const rows: Row[] = []
  for (const n of callers) {
    const value = round(await issuanceRate(store, n, counts[n]))
    const what = `durable, audited issuances (reserve, complete, audit), ${n} at once`
    rows.push({ id: `store.${engine}.c${n}`, value, unit: '/s', what })
  }
  return rows
}

/** The same with the audit trail as a chain: hashes, and a signature for every thousandth event. */
async function chainedRows(engine: string, store: SqlStore): Promise<Row[]> {
  const signer = await memoryKeys().generate('audit', 'ecdsa-p256')
  const audit = await openAuditTrail({ chain: store.auditChain, signer }, { node: 'bench' })
  const rows: Row[] = []
  for (const n of callers) {
    const value = round(await issuanceRate({ ...store, audit }, n, counts[n]))
    rows.push({
      id: `store.${engine}.chained.c${n}`,
      value,
      unit: '/s',
      what: `the same with chained audit, ${n} at once`,
    })
  }
  await audit.close()
  return rows
}

/** All that an issuance leaves behind: row, indexes, names, event, audit. */
function sizeRow(engine: string, size: number): Row {
  const issued = 2 * callers.reduce((sum, n) => sum + counts[n] + Math.ceil(counts[n] / 10), 0)
  const what = 'on disk for one certificate: record, indexes, names, event, audit (half of them chained)'
  return { id: `store.${engine}.bytes`, value: Math.round(size / issued), unit: 'B', what }
}

function lookupRow(id: string, engine: string, time: number, size: number): Row {
  return { id, value: round(time), unit: 'us', what: `status look-up in ${engine} among ${size} certificates, median` }
}

const rawWhat = (who: string): string => `durable inserts of one row of 1.4 kB by the same driver, ${who}`
