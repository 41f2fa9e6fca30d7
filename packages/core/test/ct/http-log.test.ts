import { httpCtLog } from '@certwright/core'
import { CtError, type CtFailureKind, createHttpCtLog, type HttpCtLogOptions } from '@certwright/core/ct'
import { nodeCrypto as crypto } from '@certwright/core/defaults'
import { type FixedClock, fixedClock, startTestLog, type TestLog, type TestLogFault } from '@certwright/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { delegated, sample } from './vectors.js'

const chain = [sample.precertificate, sample.ca]
let clock: FixedClock
let log: TestLog
let waits: number[]

beforeEach(async () => {
  clock = fixedClock(new Date('2020-01-01T00:00:00Z'))
  log = await startTestLog({ clock, roots: [sample.ca, delegated.ca] })
  waits = []
})
afterEach(() => log.close())

const wait = async (milliseconds: number) => void waits.push(milliseconds)
const client = (options: Partial<HttpCtLogOptions> = {}) =>
  createHttpCtLog({ crypto, clock, wait }, { url: log.url, publicKey: log.publicKey, name: 'test', ...options })
const never = new AbortController().signal

/** How it fails. */
async function failure(options: Partial<HttpCtLogOptions> = {}, signal = never): Promise<CtError> {
  const submitted = (await client(options)).addPreChain(chain, { signal })
  const error = await submitted.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof CtError) return error
  throw error ?? new Error('expected a CtError')
}

describe('a client of a log', () => {
  it('submits a precertificate and a certificate', async () => {
    const one = await client()
    const sct = await one.addPreChain(chain, { signal: never })
    expect(sct).toMatchObject({ type: 'v1', timestamp: clock.now(), hashAlgorithm: 4, signatureAlgorithm: 3 })
    expect((await one.addChain([sample.leaf, sample.ca], { signal: never })).signature).not.toEqual(sct.signature)
    expect(log.logged().map(({ type, chain }) => [type, chain])).toEqual([
      ['precertificate', chain],
      ['x509', [sample.leaf, sample.ca]],
    ])
  })

  it('has the defaults of this machine, works with RSA, and gets the same timestamp again', async () => {
    const other = await startTestLog({ clock, roots: [sample.ca], keyType: 'rsa-2048' })
    try {
      const one = await httpCtLog({ url: other.url, publicKey: other.publicKey, operator: 'we' })
      expect(one).toMatchObject({ name: other.url.slice('http://'.length), operator: 'we' })
      const first = await one.addPreChain(chain, { signal: never })
      expect(first.signatureAlgorithm).toBe(1)
      clock.advance(1000)
      expect(await one.addPreChain(chain, { signal: never })).toEqual(first)
    } finally {
      await other.close()
    }
  })

  it('submits what a precertificate signing certificate has signed', async () => {
    const { precertificate, signing, ca } = delegated
    const sct = await (await client()).addPreChain([precertificate, signing, ca], { signal: never })
    expect(sct.timestamp).toEqual(clock.now())
  })

  it.each<[TestLogFault, CtFailureKind, boolean, RegExp]>([
    ['failed', 'failed', true, /status 500/],
    ['refused', 'refused', false, /status 400/],
    ['redirect', 'refused', false, /status 302/],
    ['broken', 'unreachable', true, /connection/],
    ['garbage', 'faulty', true, /not a JSON object/],
    ['huge', 'faulty', true, /larger than 65536/],
    ['wrong-key', 'faulty', true, /does not verify/],
    ['other-entry', 'faulty', true, /does not verify/],
    ['other-log', 'faulty', true, /another log/],
    ['version-2', 'faulty', true, /version 1/],
    ['future', 'faulty', true, /in the future/],
  ])('tells a log that is %s: %s', async (fault, kind, temporary, reason) => {
    log.misbehave(fault)
    const error = await failure()
    expect(error).toMatchObject({ code: 'ct', temporary, failures: [{ log: 'test', kind }] })
    expect(error.message).toMatch(reason)
    expect(log.requests()).toBe(1)
    expect((await (await client()).addPreChain(chain, { signal: never })).type).toBe('v1')
  })

  it('comes again to a log that is busy, after as long as it says', async () => {
    log.misbehave('busy', 'busy')
    expect((await (await client()).addPreChain(chain, { signal: never })).type).toBe('v1')
    expect(waits).toEqual([7000, 7000])
    log.misbehave('busy', 'busy', 'busy')
    expect((await failure()).failures).toMatchObject([{ kind: 'busy' }])
    expect(log.requests()).toBe(6)
  })

  it('does not wait longer than a submission may take', async () => {
    log.misbehave('busy')
    expect((await failure({ timeout: 6999 })).failures).toMatchObject([{ kind: 'busy' }])
    expect(waits).toEqual([])
  })

  it.each([
    ['nothing', undefined, 1000],
    ['a date', 'Wed, 01 Jan 2020 00:00:03 GMT', 3000],
    ['a date of the past', 'Wed, 01 Jan 2019 00:00:03 GMT', 0],
    ['words', 'soon', 1000],
    ['too many digits', '1'.repeat(400), 1000],
  ])('understands %s as Retry-After', async (_what, value, milliseconds) => {
    const headers = value === undefined ? undefined : { 'retry-after': value }
    const answers = [new Response('', { status: 429, ...(headers && { headers }) }), new Response('{}')]
    await failure({ fetch: async () => answers.shift() ?? new Response() })
    expect(waits).toEqual([milliseconds])
  })

  it('ends when it takes too long, when nobody waits any more, and when nobody answers', async () => {
    log.misbehave('silent')
    expect((await failure({ timeout: 20 })).failures).toMatchObject([{ kind: 'timeout' }])
    expect((await failure({ timeout: 20, fetch: () => new Promise(() => {}) })).failures[0]?.kind).toBe('timeout')
    expect((await failure({}, AbortSignal.abort())).failures).toMatchObject([{ kind: 'timeout' }])
    await log.close()
    expect(await failure()).toMatchObject({ temporary: true, failures: [{ kind: 'unreachable' }] })
  })

  it('is refused a chain that does not end at a root of the log', async () => {
    const stray = await startTestLog({ clock, roots: [delegated.ca] })
    try {
      expect((await failure({ url: stray.url, publicKey: stray.publicKey })).failures[0]?.kind).toBe('refused')
    } finally {
      await stray.close()
    }
  })
})

describe('answers', () => {
  const good = { sct_version: 0, id: Buffer.alloc(32).toString('base64'), timestamp: 1, extensions: '' }
  const signature = Buffer.from('0403000101', 'hex').toString('base64')
  it.each<[string, unknown]>([
    ['null', null],
    ['an array', [good]],
    ['a number', 5],
    ['no version', { ...good, sct_version: undefined, signature }],
    ['no signature', good],
    ['a signature of no structure', { ...good, signature: 'AAAA' }],
    ['a signature with more octets', { ...good, signature: Buffer.from('04030001010000', 'hex').toString('base64') }],
    ['a short id', { ...good, id: 'AAAA', signature }],
    ['an id that is no base64', { ...good, id: '!', signature }],
    ['a number as id', { ...good, id: 7, signature }],
    ['a time before all times', { ...good, timestamp: -1, signature }],
    ['half a millisecond', { ...good, timestamp: 0.5, signature }],
    ['a time as text', { ...good, timestamp: '1', signature }],
    ['a time beyond all times', { ...good, timestamp: Number.MAX_SAFE_INTEGER, signature }],
    ['extensions that are none', { ...good, extensions: null, signature }],
  ])('that are %s are faulty', async (_what, answer) => {
    const error = await failure({ fetch: async () => new Response(JSON.stringify(answer)) })
    expect(error.failures).toMatchObject([{ kind: 'faulty' }])
    expect(error.message).toMatch(/answer|another log/)
  })

  it('that are no UTF-8 are faulty, and extensions of logs are kept', async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0x22])
    expect((await failure({ fetch: async () => new Response(bytes) })).failures[0]?.kind).toBe('faulty')
    const answer = { ...good, extensions: 'AAEC', unknown: 1, signature }
    const error = await failure({ fetch: async () => new Response(JSON.stringify(answer)) })
    expect(error.message).toMatch(/another log/)
  })
})

describe('the settings of a log', () => {
  it.each<[string, Partial<HttpCtLogOptions>]>([
    ['no URL', { url: 'log.example' }],
    ['another scheme', { url: 'ftp://log.example' }],
    ['a query', { url: 'https://log.example/?a' }],
    ['no time', { timeout: 0 }],
    ['too much time', { timeout: 600_001 }],
  ])('%s is refused', async (_what, options) => {
    await expect(client(options)).rejects.toMatchObject({ code: 'configuration' })
  })

  it('a key that no log has is refused, and so are chains without end', async () => {
    await expect(client({ publicKey: new Uint8Array() })).rejects.toMatchObject({ code: 'asn1' })
    for (const long of [[], Array(21).fill(sample.ca)]) {
      await expect((await client()).addChain(long, { signal: never })).rejects.toMatchObject({ code: 'limit' })
    }
  })

  it('a URL without a slash at its end is a prefix as well', async () => {
    const one = await client({ url: log.url.slice(0, -1) })
    expect((await one.addPreChain(chain, { signal: never })).type).toBe('v1')
  })
})
