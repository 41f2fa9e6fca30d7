import { connect } from 'node:net'
import { type Handler, HttpError, readBody } from '@certwright/core/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Limits, type RunningServer, serve } from '../src/index.js'
import { makeTestPki, type TestPki } from './support/pki.js'
import { exchange, openRaw, openTls } from './support/raw.js'

let pki: TestPki
beforeAll(async () => {
  pki = await makeTestPki()
})
afterAll(() => pki.remove())

async function withServer(
  handler: Handler,
  options: Parameters<typeof serve>[1],
  use: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await serve(handler, options)
  try {
    await use(server)
  } finally {
    await server.close({ graceMs: 0 })
  }
}

const echo: Handler = async (request, peer) => {
  const url = new URL(request.url)
  const body = new TextDecoder().decode(await readBody(request, 1_000_000))
  return Response.json({
    method: request.method,
    path: url.pathname + url.search,
    host: url.host,
    body,
    secure: peer.secure,
  })
}

describe('serve', () => {
  it('hands a request to the handler and its answer back', () =>
    withServer(echo, {}, async ({ urls, port }) => {
      const answer = await fetch(`${urls[0]}/a/b?c=d`, { method: 'POST', body: 'hello' })
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({
        method: 'POST',
        path: '/a/b?c=d',
        host: `localhost:${port}`,
        body: 'hello',
        secure: false,
      })
    }))

  it('listens on 127.0.0.1 and ::1 with one port when told localhost', () =>
    withServer(echo, { host: 'localhost' }, async ({ urls, port }) => {
      expect(urls).toEqual([`http://localhost:${port}`])
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
      expect((await fetch(`http://[::1]:${port}/`)).status).toBe(200)
    }))

  it('names the address and the reason when it cannot listen', () =>
    withServer(echo, { host: '127.0.0.1' }, async ({ port }) => {
      await expect(serve(echo, { host: '127.0.0.1', port })).rejects.toMatchObject({
        code: 'configuration',
        message: `cannot listen on 127.0.0.1 port ${port}: another program listens there`,
      })
    }))

  it('listens on no address when one of them is taken', () =>
    withServer(echo, { host: '::1' }, async ({ port }) => {
      await expect(serve(echo, { host: 'localhost', port })).rejects.toThrow(`cannot listen on ::1 port ${port}`)
      const refused = connect(port, '127.0.0.1')
      expect(await new Promise((resolve) => refused.once('error', resolve))).toMatchObject({ code: 'ECONNREFUSED' })
    }))

  it('tells the peer address, IPv4 also on a dual-stack listener', () =>
    withServer(
      async (_, peer) => new Response(peer.address),
      { host: '::' },
      async ({ port }) => {
        expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('127.0.0.1')
      },
    ))

  it('listens on all addresses of both families with one port', () =>
    withServer(
      async (_, peer) => new Response(peer.address),
      { host: ['0.0.0.0', '::'] },
      async ({ port }) => {
        const answers = ['127.0.0.1', '[::1]'].map(async (host) => (await fetch(`http://${host}:${port}/`)).text())
        expect(await Promise.all(answers)).toEqual(['127.0.0.1', '::1'])
      },
    ))

  it('streams a response body and stops its source when the client leaves', async () => {
    let cancelled: () => void = () => undefined
    const done = new Promise<void>((resolve) => {
      cancelled = resolve
    })
    const endless: Handler = async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
          cancel: () => cancelled(),
        }),
      )
    await withServer(endless, {}, async ({ port }) => {
      const client = openRaw(port)
      client.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      await client.until(/^HTTP\/1\.1 200/)
      client.socket.destroy()
      await done
    })
  })

  it('answers HEAD without a body and with the length of GET', () =>
    withServer(
      async () => new Response('12345', { headers: { 'content-length': '5' } }),
      {},
      async ({ port }) => {
        const text = await exchange(port, 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
        expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
        expect(text).toMatch(/content-length: 5\r\n/i)
        expect(text).toMatch(/\r\n\r\n$/)
      },
    ))

  it('spells field names as old device software compares them', () => {
    const headers = {
      'www-authenticate': 'Basic',
      'content-type': 'a/b',
      'content-length': '1',
      'x-request-id': '7',
      etag: '"1"',
    }
    return withServer(
      async () => new Response('x', { status: 401, headers }),
      {},
      async ({ port }) => {
        const text = await exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
        const lines = text.split('\r\n')
        expect(lines).toEqual(
          expect.arrayContaining([
            'WWW-Authenticate: Basic',
            'Content-Type: a/b',
            'Content-Length: 1',
            'X-Request-Id: 7',
            'ETag: "1"',
          ]),
        )
        expect(lines).toEqual(expect.arrayContaining(['Connection: close']))
      },
    )
  })

  it('sends several cookies as several fields', () =>
    withServer(
      async () =>
        new Response(null, {
          status: 204,
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
      {},
      async ({ urls }) => {
        expect((await fetch(`${urls[0]}/`)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
      },
    ))

  it('answers an HttpError with its status, and any other error with 500 and no detail', async () => {
    const logged: unknown[] = []
    const logger = {
      debug() {},
      info() {},
      warn() {},
      error: (message: string, fields?: object) => logged.push({ message, ...fields }),
    }
    const failing: Handler = async (request) => {
      if (request.url.endsWith('/teapot')) throw new HttpError(418, 'no coffee here', { headers: { 'x-pot': 'tea' } })
      throw new Error('the secret is 1234')
    }
    await withServer(failing, { logger }, async ({ urls }) => {
      const teapot = await fetch(`${urls[0]}/teapot`)
      expect([teapot.status, teapot.headers.get('x-pot'), await teapot.text()]).toEqual([
        418,
        'tea',
        'no coffee here\n',
      ])
      const broken = await fetch(`${urls[0]}/`)
      expect([broken.status, await broken.text()]).toEqual([500, 'internal error\n'])
    })
    expect(logged).toMatchObject([{ message: 'a handler failed', error: { message: 'the secret is 1234' } }])
  })

  it('replaces the certificate for new connections', () =>
    withServer(echo, { tls: { key: pki.server.key, cert: pki.server.chain } }, async (server) => {
      const subject = async (): Promise<unknown> => {
        const { socket } = openTls(server.port, { ca: pki.root })
        await new Promise((resolve) => socket.once('secureConnect', resolve))
        const { CN } = socket.getPeerCertificate().subject
        socket.destroy()
        return CN
      }
      expect(await subject()).toBe('server')
      server.setTls({ key: pki.otherServer.key, cert: pki.otherServer.chain })
      expect(await subject()).toBe('other')
      expect(() => server.setTls({ key: pki.server.key, cert: pki.otherServer.cert })).toThrow(/does not belong/)
      expect(await subject()).toBe('other')
    }))

  it('refuses unreadable TLS material and a certificate for a plain listener', async () => {
    await expect(serve(echo, { tls: { key: 'no', cert: pki.server.cert } })).rejects.toMatchObject({
      code: 'configuration',
    })
    await withServer(echo, {}, async (server) => {
      expect(() => server.setTls({ key: pki.server.key, cert: pki.server.cert })).toThrow(/without TLS/)
    })
  })

  it('closes connections above the limit and serves again when there is room', () =>
    withServer(echo, { host: '127.0.0.1', limits: { connections: 1 } }, async ({ port }) => {
      const first = openRaw(port)
      first.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      await first.until(/200 OK/)
      expect(await openRaw(port).closed).toBe('')
      first.socket.destroy()
      await first.closed
      // The server learns of the end a moment after the client does: it is asked until it answers.
      let text = ''
      while (text === '') text = await exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
      expect(text).toMatch(/200 OK/)
    }))

  it('keeps the limits that are there and undefined', () => {
    const limits = { headerFields: undefined, headersTimeoutMs: undefined } as unknown as Partial<Limits>
    return withServer(echo, { host: '127.0.0.1', limits }, async ({ port }) => {
      const fields = 'A: a\r\n'.repeat(101)
      const text = await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields}\r\n`)
      expect(text).toMatch(/^HTTP\/1\.1 431 /)
    })
  })

  it('gives one URL for each host, all with the same port', async () => {
    await withServer(echo, { host: ['127.0.0.1', '::1'] }, async ({ port, urls }) => {
      expect(urls).toEqual([`http://127.0.0.1:${port}`, `http://[::1]:${port}`])
      const socket = connect(port, '::1')
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.destroy()
    })
  })
})
