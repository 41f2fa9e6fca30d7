import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { HttpError } from '@certwright/core/http'
import { defaultLimits } from './limits.js'

/** Called once, when something begins to read the body. */
export type OnRead = () => void

/**
 * The Fetch request of a Node request. The body is a stream that reads from the socket only as fast as it is read.
 *
 * @param headerFields see `Limits.headerFields`
 * @throws HttpError 400 when the target or the Host field make no URL; 431 for too many header fields; 501 for a method
 * that Fetch cannot represent, and for a transfer coding besides `chunked`.
 */
export function toRequest(
  incoming: IncomingMessage,
  onRead: OnRead,
  headerFields: number = defaultLimits.headerFields,
): Request {
  const method = incoming.method ?? 'GET'
  // Node.js leaves those above the limit out of `headers`: who asks it for Transfer-Encoding would be told that there is none.
  if (incoming.rawHeaders.length / 2 > headerFields) {
    throw new HttpError(431, `the request has more than ${headerFields} header fields`)
  }
  if (method === 'CONNECT' || method === 'TRACE' || method === 'TRACK') {
    throw new HttpError(501, `the method ${method} is not supported`)
  }
  if ((incoming.headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') {
    throw new HttpError(501, 'the only transfer coding that is understood is chunked (RFC 9112 section 6.1)')
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

/**
 * Origin form, absolute form and `*` (RFC 9112 section 3.2); of an absolute form only path and query count. Two Host
 * fields are refused: a proxy in front may have gone by the other one.
 */
function targetUrl(incoming: IncomingMessage): URL {
  const scheme = incoming.socket instanceof TLSSocket ? 'https' : 'http'
  const target = incoming.url ?? '/'
  const origin = parseUrl(`${scheme}://${incoming.headers.host ?? 'localhost'}/`)
  const hosts = incoming.headersDistinct['host']?.length ?? 0
  if (hosts > 1 || origin === undefined || origin.href !== `${origin.origin}/`) {
    throw new HttpError(400, 'the Host field is not one host')
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
