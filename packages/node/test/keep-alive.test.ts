import { once } from 'node:events'
import { bytesResponse, type Handler, readBody, textResponse } from '@certwright/core/http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, serve } from '../src/index.js'
import { makeTestPki, type TestPki } from './support/pki.js'
import { openTls } from './support/raw.js'

/** More than the buffers of both systems hold, so that the server still waits to send while the next request comes. */
const large = new Uint8Array(8 * 1024 * 1024)

const handler: Handler = async (request) => {
  if (request.method === 'GET') return bytesResponse(200, 'application/octet-stream', large)
  return textResponse(200, `read ${(await readBody(request, 100_000)).length} octets`)
}

let pki: TestPki
let server: RunningServer
beforeAll(async () => {
  pki = await makeTestPki()
  server = await serve(handler, { tls: { key: pki.server.key, cert: pki.server.chain } })
})
afterAll(async () => {
  await server.close({ graceMs: 0 })
  await pki.remove()
})

it('reads a body that comes while the answer before it is still on its way', async () => {
  const client = openTls(server.port, { ca: pki.root })
  client.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(client.socket, 'data')
  client.socket.pause()
  client.socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\nConnection: close\r\n\r\n')
  for (let sent = 0; sent < 60_000; sent += 10_000) client.socket.write('a'.repeat(10_000))
  client.socket.resume()
  expect((await client.closed).slice(-100)).toMatch(/\r\n\r\nread 60000 octets\n$/)
})
