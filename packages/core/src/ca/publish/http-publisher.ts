import { CertwrightError } from '../../errors.js'
import type { CrlPublication, CrlPublisher } from '../../ports/index.js'

/** Where and how CRLs are put. */
export interface HttpCrlPublisherOptions {
  /**
   * `https://` or `http://`; `{issuer}` (the id of the CA) and `{list}` stand for what is published, and `{list}` must be
   * in the path. Without user and password: these go into `authorization`.
   */
  readonly url: string
  /** Value of the Authorization header, such as `Bearer ...`: it is in no log and no error. */
  readonly authorization?: string
  /** Other headers, such as `x-ms-blob-type`. Their values are in no log and no error either. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for a request with its answer; see `CrlPublisher.timeoutMs`. */
  readonly timeoutMs?: number
  /** Sends a request; `globalThis.fetch` when absent. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** `http` when absent. */
  readonly name?: string
}

/** A server did not take a CRL. */
export class CrlUploadError extends CertwrightError {
  override readonly name = 'CrlUploadError'

  /** @param status HTTP status of the answer */
  constructor(readonly status: number) {
    super('publish', `the server answered the upload of a CRL with status ${status}`)
  }
}

/**
 * Puts CRLs (HTTP PUT, `application/pkix-crl`, RFC 5280 section 4.2.1.13 and RFC 2585 section 4.2) to a server that hands
 * them out: object storage, a CDN's origin, a WebDAV folder. Any status from 200 to 299 is success. The answer's body is not read, redirects
 * are not followed: the secret goes to the server that was named and no other.
 *
 * @throws CertwrightError `configuration` for an unusable URL or header; from `publish`: CrlUploadError, or CertwrightError
 *   `publish` when there is no answer.
 */
export function httpCrlPublisher(options: HttpCrlPublisherOptions): CrlPublisher {
  const { url, timeoutMs, name = 'http' } = options
  checkUrl(url)
  const headers = checkedHeaders(options)
  const send = options.fetch ?? ((request: Request) => fetch(request))
  return Object.freeze({
    name,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    async publish(crl, { signal }) {
      // A Request takes no view of shared memory, and a copy is what it would make anyway.
      const body = Uint8Array.from(crl.der)
      const request = new Request(urlOf(url, crl), { method: 'PUT', headers, body, redirect: 'manual', signal })
      const response = await answer(send, request, signal)
      // Not awaited: what the server goes on sending is nothing to wait for.
      response.body?.cancel().catch(() => undefined)
      if (!response.ok) throw new CrlUploadError(response.status)
    },
  } satisfies CrlPublisher)
}

/**
 * Waits for the answer no longer than the signal allows, whatever `send` makes of it: the signal of a Request follows the one
 * it was made with through weak references, and on some versions of Node.js it does not when these were collected.
 */
async function answer(
  send: (request: Request) => Promise<Response>,
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
  })
  signal.addEventListener('abort', stop)
  try {
    signal.throwIfAborted()
    return await Promise.race([send(request), aborted])
  } catch (error) {
    const why = signal.aborted ? 'in time' : `(${codeOf(error)})`
    // Without the error as cause: a fetch of somebody else's may put the request with its headers into it.
    throw new CertwrightError('publish', `the server did not answer the upload of a CRL ${why}`)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The system's code of a failed request, such as `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'the request failed'
}

const urlOf = (url: string, { issuer, list }: Pick<CrlPublication, 'issuer' | 'list'>): string =>
  url.replaceAll('{issuer}', encodeURIComponent(issuer)).replaceAll('{list}', encodeURIComponent(list))

/** What is wrong is told without the URL: it may hold a signature that grants access. */
function checkUrl(url: string): void {
  const example = urlOf(url, { issuer: 'acme~devices', list: 'crl' })
  if (!URL.canParse(example)) throw refused('it is not a URL')
  const { protocol, username, password } = new URL(example)
  if (protocol !== 'https:' && protocol !== 'http:') throw refused('it does not begin with https:// or http://')
  if (username !== '' || password !== '') throw refused('user and password belong into `authorization`')
  const other = urlOf(url, { issuer: 'acme~devices', list: 'delta' })
  if (new URL(example).pathname === new URL(other).pathname) throw refused('{list} is not in its path')
}

const refused = (why: string): CertwrightError =>
  new CertwrightError('configuration', `the URL to which CRLs are published cannot be used: ${why}`)

function checkedHeaders({ headers = {}, authorization }: HttpCrlPublisherOptions): Headers {
  try {
    const all = new Headers(headers)
    if (authorization !== undefined) all.set('authorization', authorization)
    all.set('content-type', 'application/pkix-crl')
    return all
  } catch {
    // The error that was thrown shows the value.
    throw new CertwrightError('configuration', 'a header for the upload of CRLs has a name or value that HTTP forbids')
  }
}
