import { type Operation, type Query, runAsync } from '../engine/operation.js'
import { sha256 } from '../schema/octets.js'
import type { PostgresClient, PostgresPool, PostgresQuery } from './driver.js'
import { isAnswer, isTransient, postgresError } from './errors.js'

/** How often an operation is tried that the server gave up in favour of another one. */
const tries = 8

/** Runs operations on connections of a pool. */
export interface PostgresConnections {
  /** Each query by itself, on any connection. */
  single<T>(operation: () => Operation<T>): Promise<T>
  /** All queries in one transaction. */
  transaction<T>(operation: () => Operation<T>): Promise<T>
}

/** @param prepare whether statements are prepared by name */
export function postgresConnections(pool: PostgresPool, prepare: boolean): PostgresConnections {
  const names = new Map<string, string>()
  const nameOf = (sql: string): string => {
    const name = names.get(sql) ?? `certwright_${Buffer.from(sha256([sql])).toString('hex', 0, 12)}`
    names.set(sql, name)
    return name
  }
  const toPostgres = (query: Query): PostgresQuery => ({
    text: query.sql,
    values: [...query.parameters],
    ...(prepare && query.prepare ? { name: nameOf(query.sql) } : {}),
  })
  const executeOn = (target: Pick<PostgresClient, 'query'>) => async (query: Query) =>
    (await target.query(toPostgres(query))).rows

  return {
    single: (operation) => retrying(() => runAsync(operation(), executeOn(pool))),
    transaction: (operation) =>
      retrying(async () => {
        const client = await pool.connect()
        try {
          const value = await inTransaction(client, () => runAsync(operation(), executeOn(client)))
          client.release()
          return value
        } catch (error) {
          client.release(!isAnswer(error))
          throw error
        }
      }),
  }
}

async function inTransaction<T>(client: PostgresClient, work: () => Promise<T>): Promise<T> {
  await client.query({ text: 'begin isolation level read committed' })
  try {
    const value = await work()
    await client.query({ text: 'commit' })
    return value
  } catch (error) {
    if (isAnswer(error)) await client.query({ text: 'rollback' })
    throw error
  }
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (!isTransient(error) || left <= 1) throw postgresError(error)
    }
  }
}
