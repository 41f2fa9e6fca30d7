import { existsSync } from 'node:fs'
import { startPostgres } from '@certwright/testkit'
import pg from 'pg'
import { expect, test } from 'vitest'

test('a server starts, has databases of its own for each test, restarts and leaves nothing behind', async (context) => {
  const server = await startPostgres()
  if (!server.embedded) {
    await server.stop()
    return context.skip('CERTWRIGHT_TEST_PG names another server')
  }
  const [first, second] = [await server.createDatabase(), await server.createDatabase()]
  expect(first).not.toBe(second)
  const ask = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  await ask(first, 'create table kept (n int)')
  await expect(ask(second, 'select * from kept')).rejects.toThrow(/does not exist/)
  for (const mode of ['fast', 'immediate'] as const) {
    await server.restart(mode)
    expect(await ask(first, 'select * from kept')).toEqual([])
  }
  const directory = decodeURIComponent(new URL(first).hostname)
  expect(existsSync(directory)).toBe(true)
  await server.stop()
  expect(existsSync(directory)).toBe(false)
})
