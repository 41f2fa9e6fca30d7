import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createCrlPublishing,
  createOrOpenCa,
  httpCrlPublisher,
  readPublishedCrl,
  storeCrlPublisher,
} from '@certwright/core/ca'
import { memoryKeys, memoryStore, systemClock, systemDefaults } from '@certwright/core/defaults'
import type { CrlPublication } from '@certwright/core/ports'
import { describe, expect, it, onTestFinished } from 'vitest'

const signal = new AbortController().signal
const secret = 'Bearer 8d1f-secret'
const crl = (number: number, der = Uint8Array.of(0x30, 0x03, 0x02, 0x01, number)): CrlPublication => ({
  issuer: 'acme~devices',
  list: '7-delta',
  number,
  thisUpdate: new Date('2026-11-20T12:00:00Z'),
  nextUpdate: new Date('2026-11-21T12:00:00Z'),
  der,
})

/** A server that does to each request what the test says. */
async function serving(answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void) {
  const requests: {
    readonly method: string
    readonly url: string
    readonly body: Buffer
    readonly headers: unknown
  }[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      answer(request, response, body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

describe('a publisher over HTTP', () => {
  it('puts the list under its own URL', async () => {
    const { url, requests } = await serving((_, response) => response.writeHead(204).end())
    const publisher = httpCrlPublisher({
      url: `${url}/crl/{issuer}/{list}.crl?v=1`,
      authorization: secret,
      headers: { 'x-kind': 'block' },
    })
    await publisher.publish(crl(5), { signal })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'PUT',
      url: '/crl/acme~devices/7-delta.crl?v=1',
      headers: {
        'content-type': 'application/pkix-crl',
        authorization: secret,
        'x-kind': 'block',
        'content-length': '5',
      },
    })
    expect(new Uint8Array(requests[0]?.body ?? [])).toEqual(crl(5).der)
  })

  it('cannot be led out of its path', async () => {
    const { url, requests } = await serving((_, response) => response.writeHead(201).end())
    const publisher = httpCrlPublisher({ url: `${url}/crl/{issuer}/{list}.crl` })
    await publisher.publish({ ...crl(1), issuer: '../../x', list: 'a?b#c/d' }, { signal })
    expect(requests[0]?.url).toBe('/crl/..%2F..%2Fx/a%3Fb%23c%2Fd.crl')
  })

  it.each([302, 400, 401, 404, 500, 503])('fails with status %i', async (status) => {
    const { url, requests } = await serving((_, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end('why '.repeat(1000)),
    )
    const publisher = httpCrlPublisher({ url: `${url}/{list}`, authorization: secret })
    await expect(publisher.publish(crl(1), { signal })).rejects.toMatchObject({ code: 'publish', status })
    expect(requests).toHaveLength(1)
  })

  it('does not wait for a body that never ends', async () => {
    const { url } = await serving((_, response) => {
      response.writeHead(200)
      const more = () => response.write('x'.repeat(65536)) && !response.destroyed && setImmediate(more)
      more()
      response.on('drain', more)
    })
    await httpCrlPublisher({ url: `${url}/{list}` }).publish(crl(1), { signal })
  })

  it('ends when it is told to', async () => {
    const told = new AbortController()
    const { url } = await serving(() => told.abort())
    const publisher = httpCrlPublisher({ url: `${url}/{list}` })
    const message = 'the server did not answer the upload of a CRL in time'
    const ended = { code: 'publish', message }
    await expect(publisher.publish(crl(1), { signal: told.signal })).rejects.toMatchObject(ended)
    await expect(publisher.publish(crl(1), { signal: told.signal })).rejects.toMatchObject(ended)
  })

  it('ends when it is told to, even if what sends does not', async () => {
    const told = new AbortController()
    const publisher = httpCrlPublisher({ url: 'https://a.example/{list}', fetch: () => new Promise(() => undefined) })
    const published = publisher.publish(crl(1), { signal: told.signal })
    told.abort()
    await expect(published).rejects.toMatchObject({ code: 'publish' })
  })

  it('says that a connection broke, and tells no secret', async () => {
    const { url } = await serving((request) => request.socket.resetAndDestroy())
    const publisher = httpCrlPublisher({ url: `${url}/{list}?sig=hush`, authorization: secret })
    const error = await publisher.publish(crl(1), { signal }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'publish', message: expect.stringContaining('(ECONNRESET)') })
    expect(error).not.toHaveProperty('cause')
    expect(String((error as Error).stack)).not.toMatch(/hush|secret/)
  })

  it('says that nobody listens', async () => {
    const { url } = await serving(() => undefined)
    const publisher = httpCrlPublisher({
      url: `${url}/{list}`,
      fetch: () => Promise.reject(new TypeError(`failed with ${secret}`)),
    })
    const error = await publisher.publish(crl(1), { signal }).catch((reason: unknown) => reason)
    expect((error as Error).message).toBe('the server did not answer the upload of a CRL (the request failed)')
  })

  it('gets every list to a server that fails in every way, in the end', async () => {
    const faults: ((request: IncomingMessage, response: ServerResponse) => unknown)[] = [
      (_, response) => response.writeHead(500).end(),
      (request) => request.socket.resetAndDestroy(),
      () => undefined,
      (request) => request.socket.write('no HTTP at all\r\n\r\n'),
    ]
    const { url, requests } = await serving((request, response) => {
      const fault = faults.shift()
      if (fault === undefined) response.writeHead(201).end()
      else fault(request, response)
    })
    const store = memoryStore()
    const failures: string[] = []
    const publishing = createCrlPublishing(
      { ...systemDefaults, store },
      {
        publishers: [httpCrlPublisher({ url: `${url}/{issuer}/{list}.crl`, authorization: secret, timeoutMs: 300 })],
        retry: { firstMs: 1, longestMs: 5 },
        onEvent: (event) => {
          if (event.kind === 'publication-failed') failures.push(event.error.message)
        },
      },
    )
    const deps = { ...systemDefaults, store, keys: memoryKeys(), crlIssued: publishing.crlIssued }
    const ca = await createOrOpenCa(deps, { id: 'acme~devices', subject: 'CN=Acme', profile: 'basic-ca-root' })
    const { crl: list } = await ca.publishCrl()
    await publishing.idle()
    await publishing.close()
    expect(failures).toEqual([
      'the server answered the upload of a CRL with status 500',
      expect.stringContaining('did not answer'),
      'the publisher did not end within 300 milliseconds',
      expect.stringContaining('did not answer'),
    ])
    expect(new Uint8Array(requests.at(-1)?.body ?? [])).toEqual(list)
    expect(requests).toHaveLength(5)
  })

  it.each([
    ['no URL', 'nonsense/{list}'],
    ['another scheme', 'ftp://a.example/{list}'],
    ['a user', 'https://u:p@a.example/{list}'],
    ['no list', 'https://a.example/x.crl'],
    ['the list outside the path', 'https://a.example/x?l={list}'],
  ])('refuses a URL with %s', (_, url) => {
    expect(() => httpCrlPublisher({ url })).toThrow(/cannot be used/)
  })

  it('refuses headers that HTTP forbids without showing them', () => {
    const make = () => httpCrlPublisher({ url: 'https://a.example/{list}', authorization: `${secret}\nX: y` })
    expect(make).toThrow(/forbids/)
    expect(make).not.toThrow(secret)
  })
})

describe('a publisher into a store', () => {
  const deps = () => ({ records: memoryStore().records, clock: systemClock })

  it('puts lists where another service finds them', async () => {
    const place = deps()
    await storeCrlPublisher(place).publish(crl(3), { signal })
    expect(await readPublishedCrl(place, 'acme~devices', '7-delta')).toEqual(crl(3))
    expect(await readPublishedCrl(place, 'acme~devices', 'crl')).toBeUndefined()
  })

  it('never goes back, whoever writes', async () => {
    const place = deps()
    const publishers = [storeCrlPublisher(place), storeCrlPublisher(place)]
    const numbers = [4, 9, 1, 7, 9, 2]
    await Promise.all(numbers.map((number, i) => publishers[i % 2]?.publish(crl(number), { signal })))
    await publishers[0]?.publish(crl(8), { signal })
    expect((await readPublishedCrl(place, 'acme~devices', '7-delta'))?.number).toBe(9)
  })

  it('says that a list is too large, or a record damaged', async () => {
    const place = deps()
    const publisher = storeCrlPublisher(place, { collection: 'lists' })
    const large = publisher.publish(crl(1, new Uint8Array(800_000)), { signal })
    await expect(large).rejects.toMatchObject({ code: 'limit' })
    await place.records.put('lists', 'acme~devices/7-delta', { number: 'x' }, 0, systemClock.now())
    await expect(publisher.publish(crl(1), { signal })).rejects.toMatchObject({ code: 'store' })
  })
})
