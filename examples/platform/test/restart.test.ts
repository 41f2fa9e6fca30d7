import { join } from 'node:path'
import { toHex } from '@certwright/core/asn1'
import { decodeCertsOnly } from '@certwright/core/cms'
import { Certificate } from '@certwright/core/x509'
import { sqliteStore } from '@certwright/store-sql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { dataFolder, type PlatformProcess, startAndKill, startProcess } from './support/child.js'
import { ask, keepAlive } from './support/est-requests.js'

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

const start = async (): Promise<PlatformProcess> => {
  const platform = await startProcess(folder.path)
  running.push(platform)
  return platform
}

/** Certificates in the SQLite file, by serial number, read without the platform. */
async function inventory(): Promise<Map<string, string>> {
  const store = await sqliteStore(join(folder.path, 'certwright.db'))
  const found = new Map<string, string>()
  try {
    let after: string | undefined
    do {
      const page = await store.certificates.find(
        { issuer: 'demo~issuing', status: 'issued' },
        { limit: 1000, ...(after === undefined ? {} : { after }) },
      )
      for (const { serial, certificate } of page.items) found.set(serial, toHex(certificate ?? new Uint8Array()))
      after = page.next
    } while (after !== undefined)
  } finally {
    await store.close()
  }
  return found
}

const issuedIn = (body: Buffer): { readonly serial: string; readonly certificate: string } => {
  const [certificate = new Uint8Array()] = decodeCertsOnly(
    new Uint8Array(Buffer.from(body.toString(), 'base64')),
  ).certificates
  return {
    serial: toHex(Certificate.decode(certificate).tbsCertificate.value.serialNumber),
    certificate: toHex(certificate),
  }
}

describe('restart', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s and keeps everything', async (signal) => {
    const first = await start()
    const before = issuedIn((await ask(first, { body: request })).body)
    expect(await first.stop(signal)).toBe(0)
    const second = await start()
    expect(second.trustAnchor).toBe(first.trustAnchor)
    expect(second.credentials).toEqual(first.credentials)
    const after = issuedIn((await ask(second, { body: request })).body)
    await second.stop('SIGTERM')
    const found = await inventory()
    expect(found.get(before.serial)).toBe(before.certificate)
    expect(found.get(after.serial)).toBe(after.certificate)
  })

  it('finishes a request that is running when it is told to stop', async () => {
    const platform = await start()
    const answers = Array.from({ length: 20 }, () => ask(platform, { body: request, agent: keepAlive(20) }))
    await answers[0]
    const end = platform.stop('SIGTERM')
    const settled = await Promise.allSettled(answers)
    expect(await end).toBe(0)
    for (const result of settled) if (result.status === 'fulfilled') expect(result.value.status).toBe(200)
  })

  it('survives kill -9 at any moment of 200 concurrent enrollments', async () => {
    const held = new Map<string, string>()
    const serials: string[] = []
    for (const killAfter of [1, 40, 110, 180]) {
      const platform = await start()
      let answered = 0
      let kill: Promise<unknown> | undefined
      const agent = keepAlive(50)
      const enroll = async (): Promise<void> => {
        const { status, body } = await ask(platform, { body: request, agent })
        expect(status).toBe(200)
        const { serial, certificate } = issuedIn(body)
        serials.push(serial)
        held.set(serial, certificate)
        answered += 1
        if (answered === killAfter) kill = platform.stop('SIGKILL')
      }
      const results = await Promise.allSettled(Array.from({ length: 200 }, enroll))
      await kill
      agent.destroy()
      const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => String(reason))
      expect(refused.filter((reason) => !/socket hang up|ECONNRE|EPIPE/.test(reason))).toEqual([])
      const found = await inventory()
      for (const [serial, certificate] of held) expect(found.get(serial)).toBe(certificate)
    }
    expect(new Set(serials).size).toBe(serials.length)
    expect(serials.length).toBeGreaterThanOrEqual(1 + 40 + 110 + 180)
    const platform = await start()
    expect((await ask(platform, { body: request })).status).toBe(200)
  })
})

describe('a first start that is cut off', () => {
  it('is continued by the next one, wherever kill -9 came', async () => {
    for (const auditEvents of [1, 2, 3, 4, 5]) {
      const own = dataFolder()
      try {
        await startAndKill(own.path, auditEvents)
        const platform = await startProcess(own.path)
        running.push(platform)
        const answer = await ask(platform, { body: request })
        expect(answer.status).toBe(200)
        await platform.stop('SIGKILL')
      } finally {
        own.remove()
      }
    }
  })
})
