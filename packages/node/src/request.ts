import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { HttpError } from '@certwright/core/http'

/** Called once, when something begins to read the body. */
export type OnRead = () => void

/**
 * The Fetch request of a Node request. The body is a stream that reads from the socket only as fast as it is read.
 *
 * @throws HttpError 400 when the target or the Host field make no URL; 501 for a method that Fetch cannot represent.
 */
export function toRequest(incoming: IncomingMessage, onRead: OnRead): Request {
  const method = incoming.method ?? 'GET'
  if (method === 'CONNECT' || method === 'TRACE' || method === 'TRACK') {
    throw new HttpError(501, `the method ${method} is not supported`)
  }
  const url = targetUrl(incoming)
  const headers = headersOf(incoming)
  if (method === 'GET' || method === 'HEAD' || !hasBody(incoming)) return new Request(url, { method, headers })
  return new Request(url, { method, headers, body: bodyStream(incoming, onRead), duplex: 'half' })
}

/** Whether a request announces a body (RFC 9112 section 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true
  const length = headers['content-length']
  return length !== undefined && length !== '0'
}

/** Origin form, absolute form and `*` (RFC 9112 section 3.2); of an absolute form only path and query count. */
function targetUrl(incoming: IncomingMessage): URL {
  const scheme = incoming.socket instanceof TLSSocket ? 'https' : 'http'
  const target = incoming.url ?? '/'
  const origin = parseUrl(`${scheme}://${incoming.headers.host ?? 'localhost'}/`)
  if (origin === undefined || origin.pathname !== '/' || origin.username !== '' || origin.search !== '') {
    throw new HttpError(400, 'the Host field is not a host')
  }
  if (target.startsWith('/')) return requireUrl(`${origin.origin}${target}`)
  if (target === '*') return origin
  const absolute = parseUrl(target)
  if (absolute === undefined || !/^https?:$/.test(absolute.protocol)) {
    throw new HttpError(400, 'the request target is neither a path nor an http URL')
  }
  return requireUrl(`${origin.origin}${absolute.pathname}${absolute.search}`)
}

function requireUrl(text: string): URL {
  const url = parseUrl(text)
  if (url === undefined) throw new HttpError(400, 'the request target is not a valid path')
  return url
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** All fields in the order they came, duplicates too: two Authorization fields must not become the first one. */
function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }
  return headers
}

function bodyStream(incoming: IncomingMessage, onRead: OnRead): ReadableStream<Uint8Array> {
  let started = false
  let iterator: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!started) onRead()
        started = true
        // `destroyOnReturn: false`: giving up the body must not cut the connection, the answer still has to go out.
        iterator ??= incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>
        const { done, value } = await iterator.next()
        if (done === true) controller.close()
        else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      },
      async cancel() {
        await iterator?.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
