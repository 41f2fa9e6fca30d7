import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@certwright/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { exportedEvents } from './support/audit.js'
import { dataFolder, type PlatformProcess, runToEnd, startProcess } from './support/child.js'
import { ask } from './support/est-requests.js'

const folder = dataFolder()
const request = opensslRequest('p256', '/CN=device-1')
let server: Awaited<ReturnType<typeof startPostgres>>
let platform: PlatformProcess | undefined

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await platform?.stop('SIGKILL')
  await server.stop()
  folder.remove()
})

describe('the platform on PostgreSQL', () => {
  it('enrolls, stops cleanly, and finds everything again', async () => {
    const database = await server.createDatabase()
    platform = await startProcess(folder.path, ['--database', database])
    const first = platform.trustAnchor
    expect((await ask(platform, { body: request })).status).toBe(200)
    expect(await platform.stop('SIGTERM')).toBe(0)
    platform = await startProcess(folder.path, ['--database', database])
    expect(platform.trustAnchor).toBe(first)
    expect((await ask(platform, { body: request })).status).toBe(200)
    expect(platform.output()).not.toContain(new URL(database).password || 'never')
  })

  it('keeps a chain of audit events for each of two nodes', async () => {
    const database = ['--database', await server.createDatabase()]
    const [one, two] = [dataFolder(), dataFolder()]
    const first = await startProcess(one.path, [...database, '--node', 'one'])
    for (const name of ['keys', 'passphrase']) {
      await cp(join(one.path, name), join(two.path, name), { recursive: true })
    }
    const second = await startProcess(two.path, [...database, '--node', 'two'])
    try {
      const asked = Array.from({ length: 40 }, (_, i) =>
        ask(i % 2 === 0 ? first : second, { body: request, login: second.credentials }),
      )
      for (const answer of asked) expect((await answer).status).toBe(200)
      // Another process under the name of a node that runs: the one that runs is refused, and says so.
      const third = dataFolder()
      for (const name of ['keys', 'passphrase']) {
        await cp(join(one.path, name), join(third.path, name), { recursive: true })
      }
      const intruder = await startProcess(third.path, [...database, '--node', 'one'])
      expect((await ask(first, { body: request, login: intruder.credentials })).status).toBe(503)
      expect((await ask(second, { body: request, login: intruder.credentials })).status).toBe(200)
      expect(first.output()).toContain('another process writes the audit chain of one')
      await intruder.stop('SIGTERM')
      third.remove()
    } finally {
      await first.stop('SIGKILL')
      await second.stop('SIGTERM')
    }
    const file = join(one.path, 'audit.jsonl')
    const written = await runToEnd(['--data', one.path, ...database, '--export-audit', file])
    expect(written.code, written.output).toBe(0)
    const verified = await runToEnd(['--data', two.path, '--verify-audit', file])
    expect(verified.code, verified.output).toBe(0)
    for (const node of ['one', 'two']) expect(verified.output).toContain(`"node":"${node}"`)
    const { events } = await exportedEvents(file)
    expect(events.filter(({ details }) => details['profile'] === 'est-digital-signature')).toHaveLength(41)
    one.remove()
    two.remove()
  })

  it('goes on when the database server has crashed and is back', async () => {
    if (!server.embedded) return
    const other = dataFolder()
    const running = await startProcess(other.path, ['--database', await server.createDatabase()])
    try {
      expect((await ask(running, { body: request })).status).toBe(200)
      await server.restart('immediate')
      // One answer may still meet a broken connection, and says so; it is asked again, as Retry-After tells clients.
      const statuses = [(await ask(running, { body: request })).status, (await ask(running, { body: request })).status]
      expect(statuses[0] === 200 || statuses[0] === 503).toBe(true)
      expect(statuses[1]).toBe(200)
    } finally {
      await running.stop('SIGKILL')
      other.remove()
    }
  })

  it('says what is wrong when the database cannot be reached, and prints no password', async () => {
    const other = dataFolder()
    const { code, output } = await runToEnd([
      '--data',
      other.path,
      '--http',
      '0',
      '--https',
      '0',
      '--database',
      'postgres://user:hidden@127.0.0.1:1/none',
    ])
    other.remove()
    expect(code).toBe(1)
    expect(output).toMatch(/database/)
    expect(output).not.toContain('hidden')
  })
})
