import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { usualSpelling } from './field-names.js'
import { hasBody } from './request.js'

/** How much of an unwanted request body is read and thrown away so that the client gets to see the answer. */
const lingerBytes = 256 * 1024
/** For how long at most. */
const lingerMs = 2_000
/**
 * Octets handed to the socket at a time, fewer than make it ask to wait (16 KiB on Node.js 20, with the header fields).
 * While a TLS socket asks to wait, Node.js pauses its HTTP parser, takes a request that comes meanwhile in several records
 * for malformed ("Parse Error: Paused"), and cuts the connection.
 */
const pieceBytes = 12 * 1024

/** What the answer has to know about the request it answers. */
export interface ResponseContext {
  readonly incoming: IncomingMessage
  /** The client was told to wait with the body (`Expect: 100-continue`) and still waits. */
  readonly awaitsContinue: boolean
  /** The listener is shutting down: this is the last answer on the connection. */
  readonly closing: boolean
  /** How long the client may leave the answer unread, milliseconds. */
  readonly writeTimeoutMs: number
}

/**
 * Sends a Fetch response. Resolves when it is handed to the socket, or when the client has gone: then the body is
 * cancelled and the connection released.
 */
export async function sendResponse(
  outgoing: ServerResponse,
  response: Response,
  context: ResponseContext,
): Promise<void> {
  const { incoming } = context
  if (outgoing.destroyed || outgoing.headersSent) return abandon(response)
  const keep = keepsConnection(context)
  outgoing.setTimeout(context.writeTimeoutMs, () => outgoing.destroy())
  outgoing.writeHead(response.status, { ...nodeHeaders(response), ...(keep ? {} : { Connection: 'close' }) })
  if (incoming.method === 'HEAD' || response.body === null) {
    await abandon(response)
  } else if (!(await sendBody(outgoing, response, response.body, keep))) {
    return
  }
  if (outgoing.writableEnded) return
  if (!keep) await linger(incoming, context.awaitsContinue)
  outgoing.end()
}

/**
 * A connection can go on only when the rest of the request is certain to arrive soon and be small. After an
 * unanswered `Expect: 100-continue` nobody knows whether a body follows (RFC 9110 section 10.1.1).
 */
function keepsConnection({ incoming, awaitsContinue, closing }: ResponseContext): boolean {
  if (closing || awaitsContinue) return false
  if (incoming.complete || !hasBody(incoming)) return true
  return Number(incoming.headers['content-length'] ?? Number.POSITIVE_INFINITY) <= lingerBytes
}

function nodeHeaders(response: Response): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of response.headers) if (name !== 'set-cookie') headers[usualSpelling(name)] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers['Set-Cookie'] = cookies
  return headers
}

/** Writes the body; answers whether the connection is still there. */
async function sendBody(
  outgoing: ServerResponse,
  response: Response,
  body: ReadableStream<Uint8Array>,
  keep: boolean,
): Promise<boolean> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return true
      // Header fields and a body in one piece leave in one TLS record: strongSwan reads the answer with two calls.
      if (keep && value.length === length && length <= pieceBytes) {
        outgoing.end(value)
        return true
      }
      if (!(await writePieces(outgoing, value))) break
    }
  } catch (error) {
    outgoing.destroy()
    throw error
  }
  reader.cancel().catch(() => undefined)
  return false
}

/** Writes octets piece by piece, as fast as the socket takes them; answers whether the connection is still there. */
async function writePieces(outgoing: ServerResponse, octets: Uint8Array): Promise<boolean> {
  for (let at = 0; at < octets.length; at += pieceBytes) {
    if (!(await written(outgoing, octets.subarray(at, at + pieceBytes)))) return false
  }
  return true
}

/** Writes one piece and waits until it is gone; false when the connection went away instead. */
function written(outgoing: ServerResponse, piece: Uint8Array): Promise<boolean> {
  if (outgoing.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    const closed = (): void => resolve(false)
    outgoing.once('close', closed)
    outgoing.write(piece, (error) => {
      outgoing.off('close', closed)
      resolve(error === undefined || error === null)
    })
  })
}

/**
 * Reads on for a moment before the connection is closed: closing with unread input makes TCP reset the connection, and
 * the reset can overtake the answer.
 */
function linger(incoming: IncomingMessage, awaitsContinue: boolean): Promise<void> {
  if (incoming.complete || incoming.destroyed || awaitsContinue) return Promise.resolve()
  return new Promise((resolve) => {
    let read = 0
    const settle = (): void => {
      clearTimeout(timer)
      incoming.off('data', count).off('end', settle).off('close', settle).off('error', settle)
      resolve()
    }
    const count = (chunk: Uint8Array): void => {
      read += chunk.length
      if (read > lingerBytes) settle()
    }
    const timer = setTimeout(settle, lingerMs)
    incoming.on('data', count).on('end', settle).on('close', settle).on('error', settle)
  })
}

async function abandon(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined)
}
