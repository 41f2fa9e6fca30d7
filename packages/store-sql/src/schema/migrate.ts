import { type Operation, rows } from '../engine/operation.js'
import { StoreError } from '../errors.js'
import { auditChainSchema } from './audit-chain.js'
import { crlIntentsSchema } from './crl-intents.js'
import type { Dialect } from './dialects.js'
import { initialSchema } from './initial.js'
import { searchableSchema } from './searchable.js'

/** Each entry takes the schema from the version before to the next; entries are added, never changed. */
const migrations: readonly ((dialect: Dialect) => Operation<void>)[] = [
  initialSchema,
  searchableSchema,
  crlIntentsSchema,
  auditChainSchema,
]

/** The schema version that this code works with. */
export const schemaVersion = migrations.length

/**
 * The version of the schema in the database, 0 if there is none.
 *
 * @throws StoreError `unsupported` when it is newer than this code.
 */
export function* presentVersion(dialect: Dialect): Operation<number> {
  const found = yield* rows({ sql: dialect.schemaProbe, parameters: [] })
  if (found.length === 0) return 0
  const query = dialect.builder.selectFrom('certwright_schema').select((eb) => eb.fn.max('version').as('version'))
  const [row] = yield* rows<{ readonly version: number | null }>(query.compile())
  const version = Number(row?.version ?? 0)
  if (version <= schemaVersion) return version
  const text = `the database has schema version ${version}, this program works with ${schemaVersion} at most`
  throw new StoreError('unsupported', `${text}: use the newer program`)
}

/** Brings the schema to the present version. To be run in one transaction that no other node can run at the same time. */
export function* migrate(dialect: Dialect): Operation<void> {
  const version = yield* presentVersion(dialect)
  if (version === 0) {
    yield* rows({
      sql: `create table certwright_schema (version ${dialect.types.integer} primary key) ${dialect.types.table}`,
      parameters: [],
    })
  }
  for (const [i, migration] of migrations.entries()) {
    if (i < version) continue
    yield* migration(dialect)
    yield* rows(
      dialect.builder
        .insertInto('certwright_schema')
        .values({ version: i + 1 })
        .compile(),
    )
  }
}
