import { join } from 'node:path'
import { sqliteStore } from '@certwright/store-sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { recordedEvents } from './support/audit.js'
import { dataFolder, type PlatformProcess, startProcess } from './support/child.js'
import { type AskOptions, ask } from './support/est-requests.js'

const folder = dataFolder()
let platform: PlatformProcess
let store: Awaited<ReturnType<typeof sqliteStore>>

beforeAll(async () => {
  platform = await startProcess(folder.path)
  store = await sqliteStore(join(folder.path, 'certwright.db'))
})
afterAll(async () => {
  await store.close()
  await platform.stop('SIGKILL')
  folder.remove()
})

const good = opensslRequest('p256', '/CN=device-1')
const forNames = (names: string): Uint8Array =>
  opensslRequest('p256', '/CN=device-1', ['-addext', `subjectAltName=${names}`])
const flip = (der: Uint8Array, at: number): Uint8Array => der.map((octet, i) => (i === at ? octet ^ 1 : octet))
const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
const lines = (text: string, length: number, end: string): string =>
  (text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join(end)
const pem = (der: Uint8Array, label = 'CERTIFICATE REQUEST'): string =>
  `-----BEGIN ${label}-----\n${lines(base64(der), 64, '\n')}\n-----END ${label}-----\n`

const state = async () => ({
  certificates: (await store.certificates.find({ issuer: 'demo~issuing' }, { limit: 1000 })).items.length,
  refusals: (await recordedEvents(store)).filter(({ type }) => type === 'enrollment.refused').length,
})

describe('bad input', () => {
  const table: readonly (readonly [string, number, () => AskOptions])[] = [
    [
      'a wrong password',
      401,
      () => ({ body: good, login: { username: platform.credentials.username, password: 'wrong' } }),
    ],
    [
      'an unknown user',
      401,
      () => ({ body: good, login: { username: 'nobody', password: platform.credentials.password } }),
    ],
    ['no credential', 401, () => ({ body: good, login: null })],
    ['no body', 400, () => ({ body: '' })],
    ['no request', 400, () => ({ body: 'hello, world' })],
    ['random octets', 400, () => ({ body: Uint8Array.from({ length: 300 }, (_, i) => (i * 151 + 7) & 255) })],
    ['a truncated request', 400, () => ({ body: good.slice(0, -7) })],
    ['a request with more behind it', 400, () => ({ body: Buffer.concat([good, Buffer.from([0])]) })],
    ['a broken signature', 400, () => ({ body: flip(good, good.length - 3) })],
    ['a changed subject', 400, () => ({ body: flip(good, good.indexOf(0x2d)) })],
    ['an RSA key of 1024 bits', 400, () => ({ body: opensslRequest('rsa1024', '/CN=weak') })],
    ['more than the limit', 413, () => ({ body: 'A'.repeat(2_000_000) })],
    ["the platform's own name", 403, () => ({ body: forNames('DNS:LocalHost') })],
    ["the platform's own address", 403, () => ({ body: forNames('IP:0:0:0:0:0:0:0:1') })],
    ["the platform's own name as common name", 403, () => ({ body: opensslRequest('p256', '/CN=localhost') })],
    ['another content type', 415, () => ({ body: good, contentType: 'text/html' })],
    ['an unknown label', 404, () => ({ body: good, path: '/.well-known/est/no-such-label/simpleenroll' })],
  ]
  it.each(table)(
    '%s is answered %i, in plain text, with one event and no certificate',
    async (_what, status, options) => {
      const before = await state()
      const answer = await ask(platform, options())
      expect(answer.status).toBe(status)
      expect(answer.headers['content-type']).toMatch(/^text\/plain/)
      expect(answer.body.toString()).toMatch(/\S/)
      if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="/)
      const after = await state()
      expect(after).toEqual({ certificates: before.certificates, refusals: before.refusals + 1 })
      expect((await fetch(`${platform.http}/health/ready`)).status).toBe(200)
    },
  )

  it('never writes a password, right or wrong, to log or audit', async () => {
    await ask(platform, { body: good, login: { username: 'demo', password: 'a-wrong-secret' } })
    const events = JSON.stringify(await recordedEvents(store))
    for (const text of [events, platform.output()]) {
      expect(text).not.toContain('a-wrong-secret')
      expect(text).not.toContain(platform.credentials.password)
    }
  })
})

describe('every form that clients send', () => {
  const forms: readonly (readonly [string, string | Uint8Array])[] = [
    ['base64 on one line', base64(good)],
    ['base64 in lines of 64', lines(base64(good), 64, '\n')],
    ['base64 in lines of 76 with CRLF', lines(base64(good), 76, '\r\n')],
    ['PEM', pem(good)],
    ['PEM with the old label', pem(good, 'NEW CERTIFICATE REQUEST')],
    ['PEM with CRLF', pem(good).replaceAll('\n', '\r\n')],
    ['DER', good],
  ]
  for (const contentType of ['application/pkcs10', 'application/octet-stream', 'application/pkcs10; charset=utf-8']) {
    it.each(forms)(`accepts %s as ${contentType}`, async (_what, body) => {
      expect((await ask(platform, { body, contentType })).status).toBe(200)
    })
  }
})
