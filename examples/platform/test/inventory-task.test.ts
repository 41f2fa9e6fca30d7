import { cp, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sqliteStore } from '@certwright/store-sql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { dataFolder, type PlatformProcess, runToEnd, startProcess } from './support/child.js'
import { ask } from './support/est-requests.js'

const request = opensslRequest('p256', '/CN=device-1')
let folder: ReturnType<typeof dataFolder>
let running: PlatformProcess[]

beforeEach(() => {
  folder = dataFolder()
  running = []
})
afterEach(async () => {
  for (const platform of running) await platform.stop('SIGKILL')
  folder.remove()
})

const start = async (data: string): Promise<PlatformProcess> => {
  const platform = await startProcess(data)
  running.push(platform)
  return platform
}

/** What a data folder holds, read without a platform. */
async function serialsIn(database: string): Promise<readonly string[]> {
  const store = await sqliteStore(database)
  try {
    return (await store.certificates.find({}, { limit: 1000 })).items.map(({ issuer, serial }) => `${issuer} ${serial}`)
  } finally {
    await store.close()
  }
}

it('exports and backs up beside a platform that serves, and another one goes on from the import', async () => {
  const beside = (name: string) => join(dirname(folder.path), name)
  const first = await start(folder.path)
  expect((await ask(first, { body: request })).status).toBe(200)
  for (const [task, file] of [
    ['--export', 'inventory.jsonl'],
    ['--backup', 'copy.db'],
  ] as const) {
    const { code, output } = await runToEnd(['--data', folder.path, task, beside(file)])
    expect(code, output).toBe(0)
    expect((await stat(beside(file))).mode & 0o777).toBe(0o600)
  }
  const before = await serialsIn(join(folder.path, 'certwright.db'))
  expect(await serialsIn(beside('copy.db'))).toEqual(before)
  expect((await readFile(beside('inventory.jsonl'), 'utf8')).split('"kind":"certificate"')).toHaveLength(
    before.length + 1,
  )
  await first.stop('SIGTERM')

  // The keys move as files; what a CA was is in its certificate.
  const second = beside('second')
  for (const name of ['keys', 'passphrase']) await cp(join(folder.path, name), join(second, name), { recursive: true })
  for (let times = 0; times < 2; times++) {
    const { code, output } = await runToEnd(['--data', second, '--import', beside('inventory.jsonl')])
    expect(code, output).toBe(0)
  }
  expect([...(await serialsIn(join(second, 'certwright.db')))].sort()).toEqual([...before].sort())
  const platform = await start(second)
  expect(platform.trustAnchor).toBe(first.trustAnchor)
  expect((await ask(platform, { body: request })).status).toBe(200)
})

it('says what is wrong with a task', async () => {
  const path = join(dirname(folder.path), 'file')
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--export', path, '--import', path], /only one of/],
    [['--backup', path, '--database', 'postgres://db.example/pki'], /pg_dump/],
    [['--backup', path], /no database/],
    [['--import', join(path, 'none')], /ENOENT|ENOTDIR/],
  ]
  for (const [args, message] of wrong) {
    const { code, output } = await runToEnd(['--data', folder.path, ...args])
    expect(code).toBe(1)
    expect(output).toMatch(message)
  }
})
