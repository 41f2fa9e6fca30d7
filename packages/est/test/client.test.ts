import { beforeAll, describe, expect, it } from 'vitest'
import { buildEnrollRequest, estClient } from '../src/index.js'
import { encodeCertificates } from '../src/messages/index.js'
import { makeRequest, type TestRequest } from './support/openssl.js'
import { makeWorld, peerWith, type World } from './support/world.js'

let world: World
let request: TestRequest
beforeAll(async () => {
  world = await makeWorld()
  request = await makeRequest()
})

const url = 'https://est.example'
const answering = (body: string | Uint8Array, init: ResponseInit = {}) => ({
  url,
  fetch: async () => new Response(typeof body === 'string' ? body : body.slice(), init),
})

describe('estClient against our server', () => {
  const client = (password: string, certificate?: Uint8Array) =>
    estClient({
      url,
      credentials: { username: 'line-3', password },
      fetch: (sent) => world.handler(sent, certificate === undefined ? peerWith() : peerWith(certificate)),
    })

  it('gets the CA certificates, a certificate, and its successor', async () => {
    expect(await client(world.password).cacerts()).toHaveLength(2)
    const first = await client(world.password).simpleenroll(request.der)
    if (first.kind !== 'issued') throw new Error('not issued')
    const second = await client('wrong', first.certificate).simplereenroll(request.der)
    expect(second).toMatchObject({ kind: 'issued' })
  })

  it('tells a refusal with its status and reason', async () => {
    await expect(client('wrong').simpleenroll(request.der)).rejects.toMatchObject({
      code: 'http',
      status: 401,
      reason: expect.stringMatching(/not accepted/),
    })
  })
})

describe('requests', () => {
  it.each([
    ['https://h', undefined, 'https://h/.well-known/est/simpleenroll'],
    ['https://h:8443/', ['a', 'b/c'], 'https://h:8443/.well-known/est/a/b%2Fc/simpleenroll'],
    ['https://h/.well-known/est/x/', undefined, 'https://h/.well-known/est/x/simpleenroll'],
  ])('%s with label %j', (base, label, expected) => {
    const target = { url: base, ...(label === undefined ? {} : { label }) }
    expect(buildEnrollRequest(target, 'simpleenroll', request.der).url).toBe(expected)
  })

  it.each([
    ['plain HTTP, over which a password could be read', { url: 'http://est.example' }],
    ['what is no URL', { url: 'est.example' }],
    ['a label that leads elsewhere', { url, label: ['a', '..'] }],
    ['an empty label', { url, label: [''] }],
    ['a username with a colon', { url, credentials: { username: 'a:b', password: 'c' } }],
  ])('refuse %s', (_, target) => {
    const refused = expect.objectContaining({ code: 'configuration' })
    expect(() => buildEnrollRequest(target, 'simpleenroll', request.der)).toThrow(refused)
  })

  it('carry credentials in UTF-8 and the request in base64', async () => {
    const sent = buildEnrollRequest(
      { url, credentials: { username: 'jörg', password: 'ü' } },
      'simplereenroll',
      request.der,
    )
    expect(sent.headers.get('authorization')).toBe(`Basic ${Buffer.from('jörg:ü').toString('base64')}`)
    expect(sent.headers.get('content-type')).toBe('application/pkcs10')
    expect(await sent.text()).toBe(Buffer.from(request.der).toString('base64'))
  })
})

describe('answers', () => {
  it('202 is pending, with seconds, a date, or a minute where nothing is said', async () => {
    const pending = (headers: Record<string, string>) =>
      estClient(answering('wait', { status: 202, headers })).simpleenroll(request.der)
    expect(await pending({ 'retry-after': '30' })).toEqual({ kind: 'pending', retryAfter: 30 })
    expect(await pending({})).toEqual({ kind: 'pending', retryAfter: 60 })
    expect(await pending({ 'retry-after': 'Fri, 20 Nov 2026 12:00:00 GMT' })).toEqual({
      kind: 'pending',
      retryAfter: new Date('2026-11-20T12:00:00Z'),
    })
  })

  it.each([
    ['a redirect', '', { status: 302, headers: { location: 'https://elsewhere' } }, 302, /^$/],
    ['an unavailable server', 'later', { status: 503, headers: { 'retry-after': '9' } }, 503, /^later$/],
    ['text with status 200', 'hello world', { status: 200 }, 200, /not readable/],
    ['an empty answer', '', { status: 200 }, 200, /not readable/],
    ['more than the limit', 'a'.repeat(2_000_000), { status: 200 }, 200, /larger than 1048576 bytes/],
    ['a long error page', 'x'.repeat(100_000), { status: 500 }, 500, /larger than 65536/],
  ])('%s is an error', async (_, body, init, status, reason) => {
    const client = estClient(answering(body, init))
    await expect(client.cacerts()).rejects.toMatchObject({ status, reason: expect.stringMatching(reason) })
    await expect(client.simpleenroll(request.der)).rejects.toMatchObject({ status })
  })

  it('a certificate for another key is an error; ours is found among others', async () => {
    const chain = await world.issuing.certificates()
    await expect(estClient(answering(encodeCertificates(chain))).simpleenroll(request.der)).rejects.toMatchObject({
      reason: 'the answer holds no certificate for the key of the request',
    })
    const { der } = request
    const issued = await estClient({
      url,
      credentials: { username: 'line-3', password: world.password },
      fetch: (sent) => world.handler(sent, peerWith()),
    }).simpleenroll(der)
    if (issued.kind !== 'issued') throw new Error('not issued')
    const mixed = answering(encodeCertificates([...chain, issued.certificate]))
    expect(await estClient(mixed).simpleenroll(der)).toEqual(issued)
  })

  it('what fetch throws passes through', async () => {
    const fetch = async (): Promise<Response> => {
      throw new TypeError('no route to host')
    }
    await expect(estClient({ url, fetch }).cacerts()).rejects.toThrow('no route to host')
  })
})
