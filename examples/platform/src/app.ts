import { type CertificateAuthority, CertwrightError, type Peer } from '@certwright/core'
import { bytesResponse, type Handler, textResponse } from '@certwright/core/http'
import { Hono } from 'hono'

/** What the platform serves over one listener. */
export interface AppParts {
  /** By their names in URLs, `organization/name`. */
  readonly authorities: ReadonlyMap<string, CertificateAuthority>
  /** Absent on plain HTTP, where EST is not allowed (RFC 7030 section 3.3). */
  readonly est?: Handler
  /** Throws when the database does not answer. */
  readonly checkReady: () => Promise<void>
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** Told of every answer. */
  readonly observe: (service: string, status: number) => void
}

/** Routes of the reference platform as one handler. */
export function createApp({ authorities, est, checkReady, metrics, observe }: AppParts): Handler {
  const app = new Hono<{ Bindings: { readonly peer: Peer } }>()

  app.all('/.well-known/est/*', (c) =>
    est === undefined ? textResponse(403, 'EST is served over HTTPS only') : est(c.req.raw, c.env.peer),
  )
  app.get('/crl/:organization/:ca/:file{.+\\.crl}', async (c) => {
    const ca = authorities.get(`${c.req.param('organization')}/${c.req.param('ca')}`)
    return ca === undefined
      ? textResponse(404, 'there is no such CA')
      : crlResponse(ca, c.req.param('file').slice(0, -'.crl'.length))
  })
  app.get('/ca/:organization/:file{.+\\.cer}', (c) => {
    const ca = authorities.get(`${c.req.param('organization')}/${c.req.param('file').slice(0, -'.cer'.length)}`)
    if (ca === undefined) return textResponse(404, 'there is no such CA')
    return bytesResponse(200, 'application/pkix-cert', ca.certificate, { 'cache-control': 'max-age=86400' })
  })
  app.get('/health/live', () => textResponse(200, 'live'))
  app.get('/health/ready', () =>
    checkReady().then(
      () => textResponse(200, 'ready'),
      () => textResponse(503, 'not ready'),
    ),
  )
  app.get('/metrics', async () => {
    const { contentType, text } = await metrics()
    return bytesResponse(200, contentType, new TextEncoder().encode(text))
  })
  app.notFound(() => textResponse(404, 'there is nothing at this address'))
  app.onError((error) => {
    throw error // the adapter logs it and answers 500
  })

  return async (request, peer) => {
    let status = 500
    try {
      const response = await app.fetch(request, { peer })
      status = response.status
      return response
    } finally {
      observe(serviceOf(new URL(request.url).pathname), status)
    }
  }
}

/** A complete CRL may be kept for an hour, a delta for five minutes: a revocation is on both at once, and caches follow. */
async function crlResponse(ca: CertificateAuthority, list: string): Promise<Response> {
  try {
    const { crl, base } = await ca.crl(list)
    const headers = { 'cache-control': `max-age=${base === undefined ? 3600 : 300}` }
    return bytesResponse(200, 'application/pkix-crl', crl, headers)
  } catch (error) {
    if (!(error instanceof CertwrightError && error.code === 'ca')) throw error
    if (!(await ca.crlLists()).includes(list)) return textResponse(404, 'there is no such CRL')
    return textResponse(503, 'the CRL cannot be made now', { 'retry-after': '60' })
  }
}

/** A label for metrics: one of a fixed set, whatever path a client invents. */
function serviceOf(path: string): string {
  const [, first = ''] = path.split('/')
  if (first === '.well-known') return 'est'
  return ['crl', 'ca', 'health', 'metrics'].includes(first) ? first : 'other'
}
