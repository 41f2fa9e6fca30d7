import { CertwrightError } from '@certwright/core/errors'
import type { AuditChain, ChainedRecord } from '@certwright/core/ports'
import { checkChained, checkNode, pageLimit } from '@certwright/core/storage'
import { type Kysely, sql } from 'kysely'
import type { Engine } from '../engine/engine.js'
import { type Operation, rows } from '../engine/operation.js'
import { statement } from '../engine/statement.js'
import { hexOctets, octetsHex } from '../schema/octets.js'
import type { ChainRow, Tables } from '../schema/tables.js'

/** The audit chains on an engine. */
export function auditChain(engine: Engine): AuditChain {
  const statements = chainStatements(engine.builder)
  return Object.freeze({
    async append(records) {
      checkChained(records)
      const group = records.map(toRow)
      const append = engine.groups?.appendChain
      const appended = await (append ? append(group) : engine.write(() => insertNext(statements, group), oneWhole))
      if (!appended) throw new CertwrightError('conflict', 'the audit chain has another end than expected')
    },
    async last(node) {
      checkNode(node)
      const [row] = await engine.read(() => rows(statements.last({ node })))
      return row && toRecord(row)
    },
    async read(node, { after = 0, limit } = {}) {
      checkNode(node)
      const query = statements.read({ node, after, limit: pageLimit(limit) })
      return (await engine.read(() => rows(query))).map(toRecord)
    },
    async nodes({ after = '', limit } = {}) {
      const query = statements.nodes({ after, limit: pageLimit(limit) })
      return (await engine.read(() => rows(query))).map(({ node }) => node)
    },
  } satisfies AuditChain)
}

const oneWhole = { transaction: true } as const

/** Inserts rows if the first is the next one of its chain, inside a transaction that no other writer shares. */
function* insertNext(statements: ReturnType<typeof chainStatements>, group: readonly ChainRow[]): Operation<boolean> {
  const [first] = group
  if (first === undefined) return false
  const [end] = yield* rows(statements.end({ node: first.node }))
  if (Number(end?.sequence ?? 0) !== first.sequence - 1) return false
  for (const row of group) yield* rows(statements.insert(row))
  return true
}

function chainStatements(db: Kysely<Tables>) {
  const chain = () => db.selectFrom('certwright_audit_chain')
  return {
    insert: statement((p: ChainRow) =>
      db
        .insertInto('certwright_audit_chain')
        .values({ node: p.node, sequence: p.sequence, content: p.content, hash: p.hash }),
    ),
    end: statement((p: { readonly node: string }) =>
      chain().select('sequence').where('node', '=', p.node).orderBy('sequence', 'desc').limit(1),
    ),
    last: statement((p: { readonly node: string }) =>
      chain().selectAll().where('node', '=', p.node).orderBy('sequence', 'desc').limit(1),
    ),
    read: statement((p: { readonly node: string; readonly after: number; readonly limit: number }) =>
      chain().selectAll().where('node', '=', p.node).where('sequence', '>', p.after).orderBy('sequence').limit(p.limit),
    ),
    // A literal, so that the engine knows that the index of first records will do.
    nodes: statement((p: { readonly after: string; readonly limit: number }) =>
      chain()
        .select('node')
        .where(sql`sequence`, '=', sql`1`)
        .where('node', '>', p.after)
        .orderBy('node')
        .limit(p.limit),
    ),
  }
}

const toRow = ({ node, sequence, content, hash }: ChainedRecord): ChainRow => ({
  node,
  sequence,
  content,
  hash: hexOctets(hash),
})

const toRecord = ({ node, sequence, content, hash }: ChainRow): ChainedRecord => ({
  node,
  sequence: Number(sequence),
  content,
  hash: octetsHex(hash),
})
