import { startPostgres } from '@certwright/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
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
