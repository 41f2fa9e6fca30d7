import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { errorResponse, type Handler, HttpError, readBody, textResponse } from '@certwright/core/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, serve } from '../src/index.js'
import { exchange, openRaw } from './support/raw.js'

const run = promisify(execFile)
const limit = 65_536

/** What the handler saw last, for tests of what never reaches it. */
let seen: string[] = []

const handler: Handler = async (request) => {
  const { pathname, search } = new URL(request.url)
  seen.push(`${request.method} ${pathname}${search}`)
  if (pathname === '/refuse') return textResponse(401, 'who are you?', { 'www-authenticate': 'Basic realm="x"' })
  if (pathname === '/auth') return textResponse(200, request.headers.get('authorization') ?? 'none')
  try {
    const body = await readBody(request, limit)
    return textResponse(200, `${body.length} octets`)
  } catch (error) {
    if (error instanceof HttpError) return errorResponse(error)
    throw error
  }
}

let server: RunningServer
beforeAll(async () => {
  server = await serve(handler, { host: '127.0.0.1' })
})
afterAll(() => server.close({ graceMs: 0 }))

const alive = async (): Promise<void> => {
  expect((await fetch(`http://127.0.0.1:${server.port}/alive`)).status).toBe(200)
}

describe('malformed requests are answered and the server lives', () => {
  const table: readonly [string, string, RegExp][] = [
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00', /^HTTP\/1\.1 400 /],
    ['no Host field', 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a Host that is no host', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a Host with user data', 'GET / HTTP/1.1\r\nHost: u@h\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a Host with a password', 'GET / HTTP/1.1\r\nHost: :p@h\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a Host with a fragment', 'GET / HTTP/1.1\r\nHost: a#b\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a target that is no path', 'GET ftp://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a TRACE', 'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 501 /],
    [
      'header fields above the limit',
      `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'more header fields than the limit',
      `GET / HTTP/1.1\r\nHost: x\r\n${'A: a\r\n'.repeat(100)}Connection: close\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'a coding besides chunked',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 501 /,
    ],
  ]
  it.each(table)('%s', async (_, request, expected) => {
    expect(await exchange(server.port, request)).toMatch(expected)
    await alive()
  })

  it('CONNECT is closed', async () => {
    expect(await exchange(server.port, 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('')
    await alive()
  })

  it('chunks that are none end the request with 400', async () => {
    const connection = openRaw(server.port)
    connection.socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')
    expect(await connection.closed).toMatch(/^(HTTP\/1\.1 400 |$)/)
    await alive()
  })
})

describe('odd requests that are right', () => {
  const table: readonly [string, string, string][] = [
    ['absolute form', 'GET http://other.example/a?b HTTP/1.1\r\nHost: x\r\n', 'GET /a?b'],
    ['IPv6 host', 'GET /six HTTP/1.1\r\nHost: [::1]:8080\r\n', 'GET /six'],
    ['HTTP/1.0 without Host', 'GET /old HTTP/1.0\r\n', 'GET /old'],
    ['double slash', 'GET //evil.example/x HTTP/1.1\r\nHost: x\r\n', 'GET //evil.example/x'],
    ['dot segments', 'GET /a/../b HTTP/1.1\r\nHost: x\r\n', 'GET /b'],
    ['asterisk form', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n', 'OPTIONS /'],
    ['broken percent-encoding', 'GET /%zz%00 HTTP/1.1\r\nHost: x\r\n', 'GET /%zz%00'],
  ]
  it.each(table)('%s', async (_, request, expected) => {
    seen = []
    expect(await exchange(server.port, `${request}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /)
    expect(seen).toEqual([expected])
  })

  it('joins two Authorization fields, so that neither counts alone', async () => {
    const fields = 'Authorization: Basic YTpi\r\nAuthorization: Basic Yzpk\r\n'
    const text = await exchange(server.port, `GET /auth HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields}\r\n`)
    expect(text).toMatch(/\r\n\r\nBasic YTpi, Basic Yzpk\n$/)
  })

  it('serves requests that come in one go, in order', async () => {
    seen = []
    const one = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
    const text = await exchange(server.port, one('/1') + one('/2') + one('/3', 'Connection: close\r\n'))
    expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(3)
    expect(seen).toEqual(['GET /1', 'GET /2', 'GET /3'])
  })
})

describe('bodies', () => {
  it('a body that announces too much is refused without being read', async () => {
    const connection = openRaw(server.port)
    connection.socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n')
    const text = await connection.until(/bytes\n$/)
    expect(text).toMatch(/^HTTP\/1\.1 413 .*connection: close/is)
    connection.socket.destroy()
    await alive()
  })

  it('a body that grows too large is refused and the connection closed before its end', async () => {
    const connection = openRaw(server.port)
    connection.socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`
    let sent = 0
    const feed = (): void => {
      while (!connection.socket.destroyed && connection.socket.write(chunk)) sent += 0x4000
    }
    connection.socket.on('drain', feed)
    feed()
    await connection.closed
    expect(connection.text()).toMatch(/^HTTP\/1\.1 413 .*connection: close/is)
    expect(sent).toBeLessThan(50_000_000)
    await alive()
  })

  it('a refusal that leaves a small body unread keeps the connection', async () => {
    const connection = openRaw(server.port)
    connection.socket.write(`POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n${'a'.repeat(1000)}`)
    await connection.until(/who are you\?\n$/)
    connection.socket.write('GET /again HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(await connection.closed).toMatch(/401 [\s\S]*200 OK/)
  })

  it('`Expect: 100-continue` gets 100 when the handler reads', async () => {
    const connection = openRaw(server.port)
    connection.socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    )
    await connection.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/)
    connection.socket.write('12345')
    expect(await connection.closed).toMatch(/5 octets/)
  })

  it('`Expect: 100-continue` gets the refusal, and no 100, when the handler does not read', async () => {
    for (const path of ['/refuse', '/']) {
      const length = path === '/' ? limit + 1 : 5
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`
      expect(await exchange(server.port, head)).toMatch(path === '/' ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 401 /)
    }
  })

  it('an unknown expectation is refused', async () => {
    const text = await exchange(
      server.port,
      'GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
    )
    expect(text).toMatch(/^HTTP\/1\.1 417 /)
  })

  it('curl sees a refusal of a large upload, with and without Expect', async () => {
    const url = `http://127.0.0.1:${server.port}/`
    for (const header of ['Expect:', 'Expect: 100-continue']) {
      const args = ['-sS', '-o', '-', '-w', '%{http_code}', '-H', header, '--data-binary', '@-', url]
      const curl = run('curl', args)
      curl.child.stdin?.on('error', () => undefined)
      curl.child.stdin?.end(Buffer.alloc(8_000_000))
      expect((await curl).stdout).toMatch(/larger than the limit of 65536 bytes\n413$/)
    }
  })
})

describe('clients that are slow or leave', () => {
  it('a body that does not arrive in time ends with 408', async () => {
    const impatient = await serve(handler, {
      host: '127.0.0.1',
      limits: { requestTimeoutMs: 200, headersTimeoutMs: 100 },
    })
    const connection = openRaw(impatient.port)
    connection.socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1')
    expect(await connection.closed).toMatch(/^HTTP\/1\.1 (408|400) /)
    const silent = openRaw(impatient.port)
    silent.socket.write('POST / HTTP/1.1\r\nHost:')
    expect(await silent.closed).toMatch(/^HTTP\/1\.1 408 /)
    await impatient.close({ graceMs: 0 })
  })

  it('a handler that reads learns that the client has gone', async () => {
    let gone: (error: unknown) => void = () => undefined
    const failure = new Promise<unknown>((resolve) => {
      gone = resolve
    })
    let reading: () => void = () => undefined
    const started = new Promise<void>((resolve) => {
      reading = resolve
    })
    const reader: Handler = async (request) => {
      reading()
      return readBody(request, limit).then(
        () => textResponse(200, 'ok'),
        (error: unknown) => {
          gone(error)
          throw error
        },
      )
    }
    const other = await serve(reader, { host: '127.0.0.1' })
    const connection = openRaw(other.port)
    connection.socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123')
    await started
    connection.socket.destroy()
    expect(await failure).toMatchObject({ status: 400 })
    await other.close()
  })

  it('an answer that nobody reads is cut off', async () => {
    let cancelled: () => void = () => undefined
    const cut = new Promise<void>((resolve) => {
      cancelled = resolve
    })
    const endless: Handler = async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
          cancel: () => cancelled(),
        }),
      )
    const other = await serve(endless, { host: '127.0.0.1', limits: { writeTimeoutMs: 100 } })
    const connection = openRaw(other.port)
    connection.socket.pause()
    connection.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await cut
    connection.socket.destroy()
    await other.close()
  })
})
