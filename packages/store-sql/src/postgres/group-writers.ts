import type { GroupWriters } from '../engine/engine.js'
import { rows } from '../engine/operation.js'
import type {
  AuditRow,
  CertificateRow,
  ChainRow,
  ChangedRow,
  CompletedRow,
  NewCertificateRow,
} from '../schema/tables.js'
import type { PostgresConnections } from './connection.js'
import { isUniqueViolation } from './errors.js'
import {
  appendAudit,
  appendChain,
  auditColumns,
  certificateColumns,
  chainColumns,
  changedColumns,
  changeStatuses,
  completeCertificates,
  completedColumns,
  insertCertificates,
  termColumns,
} from './group-sql.js'
import { grouped } from './grouped.js'

/** The frequent writes of one node: what arrives together is one statement and one commit. */
export function groupWriters(connections: PostgresConnections): GroupWriters {
  const execute = <Row>(sql: string, parameters: readonly unknown[]) =>
    connections.single(() => rows<Row>({ sql, parameters, prepare: true }))
  const insert = grouped((items: readonly NewItem[]) => insertGroup(execute, items))
  const change = grouped(async (items: readonly ChangedRow[]) => {
    const changed = await execute<CertificateRow>(changeStatuses, arrays(changedColumns, items))
    const bySerial = new Map(changed.map((row) => [addressOf(row), row]))
    return items.map((item) => bySerial.get(addressOf(item)))
  })
  return {
    insertCertificate: (row, terms) => insert({ row, terms }),
    completeCertificate: grouped(async (items: readonly CompletedRow[]) => {
      const completed = await execute<CertificateRow>(completeCertificates, arrays(completedColumns, items))
      const bySerial = new Map(completed.map((row) => [addressOf(row), row]))
      return items.map((item) => bySerial.get(addressOf(item)))
    }),
    changeStatus: inTurn(change),
    appendAudit: grouped(async (items: readonly AuditRow[]) => {
      await execute(appendAudit, arrays(auditColumns, items))
      return items.map(() => undefined)
    }),
    appendChain: (items) => appendRecords(execute, items),
  }
}

/** A chain has one writer, who groups its records already. */
async function appendRecords(execute: Execute, items: readonly ChainRow[]): Promise<boolean> {
  const [first] = items
  try {
    const inserted = await execute(appendChain, [...arrays(chainColumns, items), first?.node, first?.sequence])
    return inserted.length > 0
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

type Execute = <Row>(sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>

interface NewItem {
  readonly row: NewCertificateRow
  readonly terms: readonly Uint8Array[]
}

async function insertGroup(execute: Execute, items: readonly NewItem[]): Promise<readonly boolean[]> {
  // In one order on all nodes: else two that retry the same requests could wait for each other.
  const ordered = items.toSorted((a, b) => (a.row.request_id < b.row.request_id ? -1 : 1))
  const terms = ordered.flatMap(({ row: { issuer, serial, request_id }, terms }) =>
    terms.map((term) => ({ issuer, serial, request_id, term })),
  )
  const certificates = arrays(
    certificateColumns,
    ordered.map(({ row }) => row),
  )
  const inserted = await execute<Names>(insertCertificates, [...certificates, ...arrays(termColumns, terms)])
  const names = new Set(inserted.map(nameOf))
  // Of several that are the same in a group, one was inserted: the first is as good as any.
  return items.map(({ row }) => names.delete(nameOf(row)))
}

/** Changes of one certificate never share a group: each starts from what the one before has made of it. */
function inTurn<Result>(change: (row: ChangedRow) => Promise<Result>): (row: ChangedRow) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>()
  return async (row) => {
    const address = addressOf(row)
    const before = last.get(address) ?? Promise.resolve()
    const mine = before.then(
      () => change(row),
      () => change(row),
    )
    last.set(address, mine)
    try {
      return await mine
    } finally {
      if (last.get(address) === mine) last.delete(address)
    }
  }
}

type Names = Pick<NewCertificateRow, 'issuer' | 'serial' | 'request_id'>

function nameOf({ issuer, serial, request_id }: Names): string {
  return JSON.stringify([issuer, serial, request_id])
}

function addressOf({ issuer, serial }: { readonly issuer: string; readonly serial: string }): string {
  return JSON.stringify([issuer, serial])
}

/** One array for each column. */
function arrays(columns: object, items: readonly object[]): readonly unknown[] {
  return Object.keys(columns).map((column) => items.map((item) => Reflect.get(item, column)))
}
