import { HttpError } from './http-error.js'

/**
 * Reads the body of a request, or of a response, into memory, up to `limit` octets. A body whose Content-Length says that it is larger is refused
 * before any of it is read; a body without one is refused when it passes the limit, and the rest is not read.
 *
 * @param limit largest accepted body, octets
 * @throws HttpError 413 when the body is larger than `limit`; 400 when it ends early.
 */
export async function readBody(message: Request | Response, limit: number): Promise<Uint8Array> {
  const announced = message.headers.get('content-length')
  if (announced !== null && Number(announced) > limit) throw tooLarge(limit)
  if (message.body === null) return new Uint8Array(0)
  const reader: ReadableStreamDefaultReader<Uint8Array> = message.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const chunk = await nextChunk(reader)
    if (chunk === undefined) return join(chunks, length)
    length += chunk.length
    if (length > limit) {
      // Not awaited: what the sender does about it must not hold up the refusal.
      reader.cancel().catch(() => undefined)
      throw tooLarge(limit)
    }
    chunks.push(chunk)
  }
}

async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read()
    return done ? undefined : value
  } catch (cause) {
    throw new HttpError(400, 'the body ended before its announced end', { cause })
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  const whole = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

const tooLarge = (limit: number): HttpError => new HttpError(413, `the body is larger than the limit of ${limit} bytes`)
