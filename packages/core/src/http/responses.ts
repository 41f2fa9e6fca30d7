import type { HttpError } from './http-error.js'

const encoder = new TextEncoder()

/**
 * A response whose whole body is at hand. It states its Content-Length: some clients (strongSwan `pki --est`) read
 * nothing without one.
 *
 * @param status HTTP status, 200 to 599
 * @param body not copied, since a large one, such as a CRL, may be on its way to many slow clients at once: leave it as it is
 */
export function bytesResponse(
  status: number,
  contentType: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(streamOf(body), {
    status,
    headers: { ...headers, 'content-type': contentType, 'content-length': String(body.length) },
  })
}

/** A Response of octets would copy them. */
const streamOf = (body: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      if (body.length > 0) controller.enqueue(body)
      controller.close()
    },
  })

/** A plain text response; a line feed is added to `text`. */
export function textResponse(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return bytesResponse(status, 'text/plain; charset=utf-8', encoder.encode(`${text}\n`), headers)
}

/** The answer to an `HttpError`: its status and headers, its message as plain text. */
export function errorResponse(error: HttpError): Response {
  return textResponse(error.status, error.message, error.headers)
}
