import { type Operation, rows } from '../engine/operation.js'
import type { Dialect } from './dialects.js'

/**
 * Schema version 4: the audit chains of nodes. What is in `certwright_audit` stays there and is not chained: a hash that is
 * made now would say that nobody has changed it before, which nobody knows.
 */
export function* auditChainSchema({ types: { integer, octets, text, table } }: Dialect): Operation<void> {
  const statements = [
    `create table certwright_audit_chain (
      node ${text} not null,
      sequence ${integer} not null check (sequence > 0),
      content ${text} not null,
      hash ${octets} not null,
      primary key (node, sequence)
    ) ${table}`,
    // Every chain has one first record: this is the list of nodes.
    'create index certwright_audit_chain_nodes on certwright_audit_chain (node) where sequence = 1',
  ]
  for (const sql of statements) yield* rows({ sql, parameters: [] })
}
