import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { toHex } from '@certwright/core/asn1'
import { decodeCertsOnly } from '@certwright/core/cms'
import { Certificate } from '@certwright/core/x509'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { exportedEvents } from './support/audit.js'
import { dataFolder, type PlatformProcess, runToEnd, startProcess } from './support/child.js'
import { ask, keepAlive } from './support/est-requests.js'

const request = opensslRequest('p256', '/CN=device-1')
let folder: ReturnType<typeof dataFolder>
let running: PlatformProcess[]
let exports: number

beforeEach(() => {
  folder = dataFolder()
  running = []
  exports = 0
})
afterEach(async () => {
  for (const platform of running) await platform.stop('SIGKILL')
  folder.remove()
})

const start = async (): Promise<PlatformProcess> => {
  const platform = await startProcess(folder.path)
  running.push(platform)
  return platform
}

const beside = (name: string) => join(dirname(folder.path), name)

/** Exports the trail as an operator does. */
async function exportTrail(): Promise<string> {
  const file = beside(`audit-${++exports}.jsonl`)
  const { code, output } = await runToEnd(['--data', folder.path, '--export-audit', file])
  expect(code, output).toBe(0)
  return file
}

const verify = (file: string, ...more: readonly string[]) =>
  runToEnd(['--data', folder.path, '--verify-audit', file, ...more])

const serialIn = (body: Buffer): string => {
  const { certificates } = decodeCertsOnly(new Uint8Array(Buffer.from(body.toString(), 'base64')))
  return toHex(Certificate.decode(certificates[0] ?? new Uint8Array()).tbsCertificate.value.serialNumber)
}

it('has every certificate that was handed out in a chain that verifies, after kill -9 under load', async () => {
  const held: string[] = []
  let before = ''
  for (const killAfter of [1, 60, 130]) {
    const platform = await start()
    const agent = keepAlive(50)
    let kill: Promise<unknown> | undefined
    let answered = 0
    const enroll = async (): Promise<void> => {
      const { status, body } = await ask(platform, { body: request, agent })
      expect(status).toBe(200)
      held.push(serialIn(body))
      if (++answered === killAfter) kill = platform.stop('SIGKILL')
    }
    await Promise.allSettled(Array.from({ length: 150 }, enroll))
    await kill
    agent.destroy()
    const file = await exportTrail()
    const { code, output } = await verify(file, ...(before === '' ? [] : ['--audit-held', before]))
    expect(code, output).toBe(0)
    before = file
    const { events } = await exportedEvents(file)
    const recorded = new Set(events.map(({ details }) => details['serial']))
    expect(held.filter((serial) => !recorded.has(serial))).toEqual([])
  }
  expect(held.length).toBeGreaterThanOrEqual(1 + 60 + 130)
})

it('signs the end when it stops, and names the record that somebody has changed', async () => {
  const platform = await start()
  for (let i = 0; i < 5; i++) expect((await ask(platform, { body: request })).status).toBe(200)
  expect((await ask(platform, { body: 'no request' })).status).toBe(400)
  await platform.stop('SIGTERM')
  const file = await exportTrail()
  const { lines } = await exportedEvents(file)
  expect(lines.at(-1)).toContain('"checkpoint"')
  const good = await verify(file)
  expect(good.code, good.output).toBe(0)
  expect(good.output).toMatch(new RegExp(`"node":"node-[0-9a-f]{8}","records":${lines.length},.*"unsigned":0`))

  const checkpoints = beside('held.jsonl')
  await writeFile(checkpoints, lines.filter((line) => line.includes('"checkpoint"')).join('\n'))
  const changes: readonly (readonly [string, readonly string[], number])[] = [
    ['altered', lines.with(4, (lines[4] ?? '').replace('"time":"2', '"time":"1')), 5],
    ['missing', lines.toSpliced(3, 1), 4],
    ['reordered', lines.with(3, lines[4] ?? '').with(4, lines[3] ?? ''), 4],
    ['inserted', lines.toSpliced(5, 0, lines[2] ?? ''), 3],
    ['missing', lines.slice(0, -2), lines.length - 1],
  ]
  for (const [kind, changed, sequence] of changes) {
    const bad = beside('changed.jsonl')
    await writeFile(bad, `${changed.join('\n')}\n`)
    const { code, output } = await verify(bad, '--audit-held', checkpoints)
    expect(code).toBe(1)
    expect(output).toMatch(
      new RegExp(`certwright: the audit trail is not good \\(${kind}, .*: record ${sequence} of node-`),
    )
  }
  // Not the key that made it: nothing is taken on trust from the folder that is being verified.
  const stranger = beside('other.pem')
  const { publicKey } = generateKeyPairSync('ed25519')
  await writeFile(stranger, publicKey.export({ format: 'pem', type: 'spki' }))
  const { code, output } = await verify(file, '--audit-key', stranger)
  expect([code, output]).toEqual([1, expect.stringContaining('unknown key')])
})
