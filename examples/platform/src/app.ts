import type { CertificateAuthority, CrlRecord, Peer } from '@certwright/core'
import { bytesResponse, type Handler, textResponse } from '@certwright/core/http'
import { Hono } from 'hono'

/** What the platform serves over one listener. */
export interface AppParts {
  /** By their names in URLs, `organization/name`. */
  readonly authorities: ReadonlyMap<string, CertificateAuthority>
  /** Absent on plain HTTP, where EST is not allowed (RFC 7030 section 3.3). */
  readonly est?: Handler
  /** Throws when the platform could not issue now. */
  readonly checkReady: () => Promise<void>
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** Told of every answer. */
  readonly observe: (service: string, status: number) => void
}

/** Routes of the reference platform as one handler. */
export function createApp({ authorities, est, checkReady, metrics, observe }: AppParts): Handler {
  const app = new Hono<{ Bindings: { readonly peer: Peer } }>()

  app.use(async (c, next) => {
    await next()
    observe(serviceOf(c.req.path), c.res.status)
  })
  app.all('/.well-known/est/*', (c) =>
    est === undefined ? textResponse(403, 'EST is served over HTTPS only') : est(c.req.raw, c.env.peer),
  )
  app.get('/crl/:organization/:ca/crl.crl', async (c) => {
    const ca = authorities.get(`${c.req.param('organization')}/${c.req.param('ca')}`)
    return ca === undefined ? textResponse(404, 'there is no such CA') : crlResponse(await ca.crl())
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

  return async (request, peer) => app.fetch(request, { peer })
}

/** A CRL may be kept for an hour: a revocation is on the list at once, and caches follow within that hour. */
const crlResponse = ({ crl }: CrlRecord): Response =>
  bytesResponse(200, 'application/pkix-crl', crl, { 'cache-control': 'max-age=3600' })

/** A label for metrics: one of a fixed set, whatever path a client invents. */
function serviceOf(path: string): string {
  const [, first = ''] = path.split('/')
  if (first === '.well-known') return 'est'
  return ['crl', 'ca', 'health', 'metrics'].includes(first) ? first : 'other'
}
