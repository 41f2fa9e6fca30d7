import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  basicChallenge,
  basicCredentials,
  bytesResponse,
  errorResponse,
  HttpError,
  parseContentType,
  readBody,
  textResponse,
} from '../../src/http/index.js'

const url = 'https://est.example/'
const post = (body: string | ReadableStream<Uint8Array> | null, headers: Record<string, string> = {}): Request =>
  new Request(url, { method: 'POST', body, headers, duplex: 'half' })

/** A body of several chunks that tells how many were taken and whether it was cancelled. */
function chunked(...chunks: readonly number[]): {
  readonly stream: ReadableStream<Uint8Array>
  state: { taken: number; cancelled: boolean }
} {
  const state = { taken: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const size = chunks[state.taken]
        if (size === undefined) return controller.close()
        state.taken++
        controller.enqueue(new Uint8Array(size).fill(state.taken))
      },
      cancel() {
        state.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, state }
}

describe('readBody', () => {
  it('reads no body, an empty one and one of exactly the limit', async () => {
    expect(await readBody(new Request(url), 10)).toEqual(new Uint8Array(0))
    expect(await readBody(post(''), 10)).toEqual(new Uint8Array(0))
    expect(await readBody(post('0123456789'), 10)).toEqual(new TextEncoder().encode('0123456789'))
  })

  it('joins chunks in order', async () => {
    const { stream } = chunked(1, 2, 3)
    expect(await readBody(post(stream), 10)).toEqual(Uint8Array.of(1, 2, 2, 3, 3, 3))
  })

  it('refuses an announced size without reading', async () => {
    const { stream, state } = chunked(1)
    await expect(readBody(post(stream, { 'content-length': '11' }), 10)).rejects.toMatchObject({
      status: 413,
      code: 'http',
    })
    expect(state.taken).toBe(0)
  })

  it('stops reading when the limit is passed, whatever was announced', async () => {
    const { stream, state } = chunked(6, 5, 5, 5)
    await expect(readBody(post(stream, { 'content-length': '3' }), 10)).rejects.toMatchObject({ status: 413 })
    expect(state).toEqual({ taken: 2, cancelled: true })
  })

  it('tells a body that breaks off from one that is whole', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
    await expect(readBody(post(broken), 10)).rejects.toMatchObject({ status: 400, cause: { message: 'reset' } })
  })
})

const withAuthorization = (value: string): Request => new Request(url, { headers: { authorization: value } })
const encode = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

describe('basicCredentials', () => {
  it('reads any user name without a colon and any password', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((text) => !/[:\p{Cc}\uFEFF]/u.test(text))
    const password = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text))
    fc.assert(
      fc.property(name, password, (username, secret) => {
        expect(basicCredentials(withAuthorization(encode(`${username}:${secret}`)))).toEqual({
          username,
          password: secret,
        })
      }),
    )
  })

  it.each([
    ['lower-case scheme', 'basic YTpi', { username: 'a', password: 'b' }],
    ['several spaces', 'Basic   YTpi', { username: 'a', password: 'b' }],
    ['colons in the password', encode('a:b:c'), { username: 'a', password: 'b:c' }],
    ['empty parts', encode(':'), { username: '', password: '' }],
    ['UTF-8', encode('jörg:пароль'), { username: 'jörg', password: 'пароль' }],
  ])('%s', (_, value, expected) => {
    expect(basicCredentials(withAuthorization(value))).toEqual(expected)
  })

  it.each([
    ['another scheme', 'Bearer YTpi'],
    ['no token', 'Basic'],
    ['an empty token', 'Basic '],
    ['not base64', 'Basic a?b'],
    ['no colon', encode('ab')],
    ['not UTF-8', `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`],
    ['a control character', encode('a\u0000:b')],
    ['two fields joined', 'Basic YTpi, Basic YTpi'],
    ['unpadded base64', 'Basic YTpiYw'],
  ])('%s is no credential', (_, value) => {
    expect(basicCredentials(withAuthorization(value))).toBeUndefined()
  })

  it('is undefined without the field', () => {
    expect(basicCredentials(new Request(url))).toBeUndefined()
  })
})

describe('basicChallenge', () => {
  it('names the realm and asks for UTF-8', () => {
    expect(basicChallenge('EST "a\\b"')).toBe('Basic realm="EST \\"a\\\\b\\"", charset="UTF-8"')
  })
})

describe('parseContentType', () => {
  it.each([
    ['application/pkcs10', 'application/pkcs10', {}],
    [' Application/PKCS10 ', 'application/pkcs10', {}],
    ['text/plain;charset=utf-8', 'text/plain', { charset: 'utf-8' }],
    ['text/plain ; Charset="utf-8" ; a=b', 'text/plain', { charset: 'utf-8', a: 'b' }],
    ['a/b; q="x\\"y;z"; q=2', 'a/b', { q: 'x"y;z' }],
    ['a/b;', 'a/b', {}],
    ['a/b;;c=d;', 'a/b', { c: 'd' }],
  ])('%s', (value, type, parameters) => {
    const parsed = parseContentType(value)
    expect(parsed?.type).toBe(type)
    expect(Object.fromEntries(parsed?.parameters ?? [])).toEqual(parameters)
  })

  it.each(['', 'application', 'a/b/c', 'a b/c', '/', 'a/', 'a/b; c', 'a/b; c="', 'a/b; =d', 'a/b; c=d e'])(
    '%j is no media type',
    (value) => {
      expect(parseContentType(value)).toBeUndefined()
    },
  )

  it('never throws and never hangs', () => {
    fc.assert(fc.property(fc.string(), (value) => void parseContentType(`a/b;${value}`)))
  })
})

describe('responses', () => {
  it('state their length', async () => {
    const response = bytesResponse(200, 'application/x', Uint8Array.of(1, 2, 3), { 'x-a': 'b' })
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/x',
      'content-length': '3',
      'x-a': 'b',
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('do not copy a body, which many clients may be waiting for', async () => {
    const body = new Uint8Array(1000)
    const sent = await bytesResponse(200, 'application/x', body).body?.getReader().read()
    expect(sent?.value?.buffer).toBe(body.buffer)
    expect((await bytesResponse(200, 'application/x', new Uint8Array(0)).arrayBuffer()).byteLength).toBe(0)
  })

  it('count octets, not characters', async () => {
    const response = textResponse(400, 'naïve')
    expect(response.headers.get('content-length')).toBe('7')
    expect(await response.text()).toBe('naïve\n')
  })

  it('carry the headers of an HttpError', async () => {
    const response = errorResponse(new HttpError(405, 'use GET', { headers: { allow: 'GET' } }))
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([405, 'GET', 'use GET\n'])
  })
})
