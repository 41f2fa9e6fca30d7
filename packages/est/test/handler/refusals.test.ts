import type { Peer } from '@certwright/core/http'
import { fixedClock } from '@certwright/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EstOptions } from '../../src/index.js'
import { makeRequest, type TestRequest } from '../support/openssl.js'
import { basic, get, makeWorld, peerWith, post, type World } from '../support/world.js'

let world: World
let request: TestRequest
let weak: TestRequest
beforeAll(async () => {
  world = await makeWorld({ clock: fixedClock(new Date()) })
  request = await makeRequest()
  weak = await makeRequest('/CN=weak', { newkey: ['-newkey', 'rsa:1024'] })
})

const flipped = (der: Uint8Array): Uint8Array => {
  const copy = der.slice()
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1
  return copy
}

interface Case {
  readonly name: string
  readonly request: () => Request
  readonly peer?: Peer
  readonly status: number
  readonly text: RegExp
  readonly code: string
  readonly actor?: string
  readonly headers?: Readonly<Record<string, string | RegExp>>
}

const actor = 'passcode:line-3'
const signed = (): Record<string, string> => ({ authorization: world.basic })
const challenge = { 'www-authenticate': 'Basic realm="EST", charset="UTF-8"' }

const table: readonly Case[] = [
  {
    name: 'plain HTTP',
    request: () => get('cacerts'),
    peer: { secure: false, clientCertificates: [] },
    status: 403,
    text: /HTTPS only/,
    code: 'insecure',
  },
  {
    name: 'no operation',
    request: () => get(''),
    status: 404,
    text: /no such EST operation/,
    code: 'unknown-operation',
  },
  {
    name: 'unknown operation',
    request: () => get('fullcmc'),
    status: 404,
    text: /no such EST operation/,
    code: 'unknown-operation',
  },
  {
    name: 'a name of Object.prototype',
    request: () => get('constructor'),
    status: 404,
    text: /no such EST operation/,
    code: 'unknown-operation',
  },
  {
    name: 'broken percent-encoding',
    request: () => get('%zz/cacerts'),
    status: 404,
    text: /no such EST operation/,
    code: 'unknown-operation',
  },
  {
    name: 'unknown label',
    request: () => get('nobody/cacerts'),
    status: 404,
    text: /no such EST label/,
    code: 'unknown-label',
  },
  {
    name: 'a label of Object.prototype',
    request: () => get('__proto__/cacerts'),
    status: 404,
    text: /label/,
    code: 'unknown-label',
  },
  {
    name: 'half of a label',
    request: () => post('acme/simpleenroll', request.der, signed()),
    status: 404,
    text: /label/,
    code: 'unknown-label',
  },
  {
    name: 'POST to cacerts',
    request: () => post('cacerts', 'x'),
    status: 405,
    text: /cacerts is asked for with GET/,
    code: 'method',
    headers: { allow: 'GET, HEAD' },
  },
  {
    name: 'GET of simpleenroll',
    request: () => get('simpleenroll'),
    status: 405,
    text: /with POST/,
    code: 'method',
    headers: { allow: 'POST' },
  },
  {
    name: 'no credentials',
    request: () => post('simpleenroll', request.der),
    status: 401,
    text: /authentication is required/,
    code: 'unauthenticated',
    headers: challenge,
  },
  {
    name: 'wrong password',
    request: () => post('simpleenroll', request.der, { authorization: basic('line-3', 'wrong') }),
    status: 401,
    text: /not accepted/,
    code: 'unauthenticated',
    headers: challenge,
  },
  {
    name: 'unknown user',
    request: () => post('simpleenroll', request.der, { authorization: basic('nobody', 'x') }),
    status: 401,
    text: /not accepted/,
    code: 'unauthenticated',
    headers: challenge,
  },
  {
    name: 'another scheme',
    request: () => post('simpleenroll', request.der, { authorization: 'Bearer x' }),
    status: 401,
    text: /not accepted/,
    code: 'unauthenticated',
    headers: challenge,
  },
  {
    name: 'a certificate that is none',
    request: () => post('simpleenroll', request.der),
    peer: peerWith(Uint8Array.of(0x30, 0)),
    status: 401,
    text: /not accepted/,
    code: 'unauthenticated',
    headers: challenge,
  },
  {
    name: 'the root as client',
    request: () => post('simplereenroll', request.der),
    peer: undefined as never,
    status: 401,
    text: /not accepted/,
    code: 'unauthenticated',
    headers: challenge,
  },
  {
    name: 'a form',
    request: () => post('simpleenroll', request.der, signed(), 'application/x-www-form-urlencoded'),
    status: 415,
    text: /application\/pkcs10/,
    code: 'content-type',
    actor,
    headers: { accept: /application\/pkcs10/ },
  },
  {
    name: 'a content type that is none',
    request: () => post('simpleenroll', request.der, signed(), '???'),
    status: 415,
    text: /application\/pkcs10/,
    code: 'content-type',
    actor,
  },
  {
    name: 'a body above the limit',
    request: () => post('simpleenroll', new Uint8Array(65_537), signed()),
    status: 413,
    text: /larger than the limit of 65536 bytes/,
    code: 'too-large',
    actor,
  },
  {
    name: 'an empty body',
    request: () => post('simpleenroll', '', signed()),
    status: 400,
    text: /the body is empty/,
    code: 'bad-request',
    actor,
  },
  {
    name: 'no certification request',
    request: () => post('simpleenroll', 'hello', signed()),
    status: 400,
    text: /not readable/,
    code: 'bad-request',
    actor,
  },
  {
    name: 'a truncated request',
    request: () => post('simpleenroll', request.der.subarray(0, 100), signed()),
    status: 400,
    text: /not readable: .*offset \d+/,
    code: 'bad-request',
    actor,
  },
  {
    name: 'trailing octets',
    request: () => post('simpleenroll', Uint8Array.of(...request.der, 0), signed()),
    status: 400,
    text: /trailing/,
    code: 'bad-request',
    actor,
  },
  {
    name: 'a broken signature',
    request: () => post('simpleenroll', flipped(request.der), signed()),
    status: 400,
    text: /signature/,
    code: 'bad-proof',
    actor,
  },
  {
    name: 'a weak key',
    request: () => post('simpleenroll', weak.der, signed()),
    status: 400,
    text: /RSA|1024|2048/,
    code: 'weak-key',
    actor,
  },
  {
    name: 'renewal of nothing',
    request: () => post('simplereenroll', request.der, signed()),
    status: 403,
    text: /no certificate with this subject/,
    code: 'not-authorized',
    actor,
  },
]

describe('every refusal has its status, a reason in plain text and one audit event', () => {
  it.each(table)('$name: $status', async (row) => {
    const before = world.auditEvents.length
    const peer = row.name === 'the root as client' ? peerWith(world.root.certificate) : (row.peer ?? peerWith())
    const response = await world.handler(row.request(), peer)
    const text = await response.text()
    expect([response.status, text]).toEqual([row.status, expect.stringMatching(row.text)])
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    for (const [name, value] of Object.entries(row.headers ?? {})) expect(response.headers.get(name)).toMatch(value)
    const events = world.auditEvents.slice(before)
    expect(events).toMatchObject([
      {
        type: 'enrollment.refused',
        actor: row.actor ?? null,
        requestId: response.headers.get('x-request-id'),
        details: { protocol: 'est', code: row.code, reason: text.trimEnd() },
      },
    ])
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`${world.password}|Authorization|Basic `))
  })

  it('leaves nothing issued', async () => {
    const { items } = await world.store.certificates.find({ issuer: 'test~issuing' })
    expect(items).toEqual([])
    expect(world.logged).toEqual([])
  })

  it('keeps line breaks of a path out of the audit', async () => {
    await world.handler(get('a%0Ab/cacerts'), peerWith())
    expect(JSON.stringify(world.auditEvents.at(-1))).not.toContain('\\n')
  })
})

it('keeps the limit of a body when an option is there and undefined', async () => {
  const options = { maxBodyBytes: undefined } as unknown as EstOptions
  const { handler, basic: authorization } = await makeWorld({ options })
  const response = await handler(post('simpleenroll', 'A'.repeat(70_000), { authorization }), peerWith())
  expect(response.status).toBe(413)
})

describe('faults of the server', () => {
  const enrollWith = (broken: World): Promise<Response> =>
    broken.handler(post('simpleenroll', request.der, { authorization: broken.basic }), peerWith())

  it('a failing store: 503 with Retry-After and no detail, a log entry, one audit event of the CA and one of the door', async () => {
    const broken = await makeWorld({ options: { retryAfter: 7 } })
    const before = broken.auditEvents.length
    broken.faults.reserve = true
    const response = await enrollWith(broken)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7'])
    expect(await response.text()).toBe('the server cannot do this at present\n')
    expect(broken.logged).toMatchObject([{ message: 'an EST request failed', fields: { error: { code: 'store' } } }])
    expect(broken.auditEvents.slice(before)).toMatchObject([
      { type: 'certificate.refused', actor, details: { code: 'store' } },
      { type: 'enrollment.refused', actor, details: { code: 'unavailable' } },
    ])
    broken.faults.reserve = false
    expect((await enrollWith(broken)).status).toBe(200)
  })

  it('a failing audit: no certificate is handed out, and a refusal stays a refusal', async () => {
    const broken = await makeWorld()
    broken.faults.audit = true
    expect((await enrollWith(broken)).status).toBe(503)
    expect((await broken.handler(get('nobody/cacerts'), peerWith())).status).toBe(404)
    expect(broken.logged.map(({ message }) => message)).toEqual([
      'an EST request failed',
      'a refusal could not be recorded',
      'a refusal could not be recorded',
    ])
  })
})
