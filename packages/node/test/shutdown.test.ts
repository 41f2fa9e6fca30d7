import { type Handler, readBody, textResponse } from '@certwright/core/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve } from '../src/index.js'
import { makeTestPki, type TestPki } from './support/pki.js'
import { openRaw, openTls } from './support/raw.js'

let pki: TestPki
beforeAll(async () => {
  pki = await makeTestPki()
})
afterAll(() => pki.remove())

/** A promise and the function that settles it. */
function signal(): { readonly reached: Promise<void>; readonly reach: () => void } {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  return { reached, reach }
}

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

describe.each(['http', 'https'] as const)('close over %s', (scheme) => {
  const start = (handler: Handler) =>
    serve(handler, scheme === 'https' ? { tls: { key: pki.server.key, cert: pki.server.chain } } : {})
  const open = (port: number) => (scheme === 'https' ? openTls(port, { ca: pki.root }) : openRaw(port))

  it('finishes the running request, tells the client to close, and ends idle connections at once', async () => {
    const running = signal()
    const release = signal()
    const server = await start(async (request) => {
      if (request.method === 'POST') {
        running.reach()
        await release.reached
      }
      return textResponse(200, 'done')
    })
    const idle = open(server.port)
    idle.socket.write(get)
    await idle.until(/done\n$/)
    const fresh = open(server.port)
    await new Promise((resolve) => fresh.socket.once(scheme === 'https' ? 'secureConnect' : 'connect', resolve))
    const busy = open(server.port)
    busy.socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n')
    await running.reached
    const closed = server.close({ graceMs: 60_000 })
    await idle.closed
    await fresh.closed
    expect(await openRaw(server.port).closed).toBe('')
    release.reach()
    expect(await busy.closed).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*connection: close\r\n[\s\S]*done\n$/i)
    await closed
  })

  it('cuts off what runs longer than the grace', async () => {
    const running = signal()
    const server = await start(async (request) => {
      running.reach()
      await readBody(request, 100)
      return textResponse(200, 'done')
    })
    const stuck = open(server.port)
    stuck.socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n')
    await running.reached
    await server.close({ graceMs: 1 })
    expect(await stuck.closed).toBe('')
  })

  it('does not wait for a handshake or a request that never comes', async () => {
    const server = await start(async () => textResponse(200, 'done'))
    const silent = openRaw(server.port)
    await new Promise((resolve) => silent.socket.once('connect', resolve))
    const closed = server.close({ graceMs: 60_000 })
    await silent.closed
    await closed
  })

  it('may be called twice, and the second call may be less patient', async () => {
    const running = signal()
    const never = signal()
    const server = await start(async () => {
      running.reach()
      await never.reached
      return textResponse(200, 'done')
    })
    const stuck = open(server.port)
    stuck.socket.write(get)
    await running.reached
    const patient = server.close({ graceMs: 60_000 })
    await server.close({ graceMs: 0 })
    await patient
    expect(await stuck.closed).toBe('')
    never.reach()
  })
})
