import type {
  Enrollment,
  EnrollmentOutcome,
  EnrollmentPolicy,
  RequestContext,
  Requester,
} from '@certwright/core/enrollment'
import { CertwrightError } from '@certwright/core/errors'
import {
  basicChallenge,
  basicCredentials,
  bytesResponse,
  errorResponse,
  type Handler,
  HttpError,
  type Peer,
  parseContentType,
  readBody,
  textResponse,
} from '@certwright/core/http'
import type { Logger } from '@certwright/core/ports'
import { EstRefusal, statusOf } from './errors.js'
import { cacertsType, encodeCertificates, issuedType, requestTypes, type TextLayout } from './messages/index.js'
import { isOperation, type Operation, operations, parseRoute } from './routes.js'
import { enroll } from './service/enroll.js'

/** What EST works with. */
export interface EstHandlerDeps {
  /** The door. Its policies are the labels: `''` is the URL without one. */
  readonly enrollment: Enrollment
  readonly logger?: Logger
}

/** How EST answers. */
export interface EstOptions {
  /** Realm of the HTTP Basic challenge. Default `EST`. */
  readonly realm?: string
  /** Largest request body, octets. Default 65 536. */
  readonly maxBodyBytes?: number
  /** Retry-After of status 503, seconds. Default 60. */
  readonly retryAfter?: number
}

/** An EST server (RFC 7030) as a handler for everything below `/.well-known/est/`. */
export interface Est {
  readonly handler: Handler
}

/** One request on its way. */
interface Exchange {
  readonly request: Request
  readonly peer: Peer
  readonly context: RequestContext
  readonly deps: EstHandlerDeps
  readonly options: Required<EstOptions>
  /** Known once authentication succeeded. */
  actor?: string
}

/**
 * An EST server: cacerts, simpleenroll and simplereenroll (RFC 7030 with RFC 8951). Every refused request leaves one audit
 * event; every answer names its request in `X-Request-Id`.
 */
export function createEstHandler(deps: EstHandlerDeps, options: EstOptions = {}): Est {
  // Defaults here and not by spreading: an option that is there and undefined would take the limit away.
  const { realm = 'EST', maxBodyBytes = 65_536, retryAfter = 60 } = options
  const complete = { realm, maxBodyBytes, retryAfter }
  return Object.freeze({
    async handler(request, peer) {
      const route = parseRoute(new URL(request.url).pathname)
      const context: RequestContext = {
        protocol: 'est',
        operation: route?.operation ?? 'unknown',
        policy: route?.label ?? '',
        ...(peer.address === undefined ? {} : { address: peer.address }),
        requestId: deps.enrollment.newRequestId(),
      }
      const exchange: Exchange = { request, peer, context, deps, options: complete }
      const response = await answer(exchange).catch((error: unknown) => refuse(exchange, error))
      response.headers.set('x-request-id', context.requestId)
      return response
    },
  } satisfies Est)
}

async function answer(exchange: Exchange): Promise<Response> {
  const { request, peer, context, deps } = exchange
  if (!peer.secure) throw new EstRefusal('insecure', 'EST is served over HTTPS only (RFC 7030 section 3.3)')
  const { operation } = context
  if (!isOperation(operation)) throw new EstRefusal('unknown-operation', 'there is no such EST operation here')
  const policy = deps.enrollment.policy(context.policy)
  if (policy === undefined) throw new EstRefusal('unknown-label', 'there is no such EST label here')
  checkMethod(request, operation)
  if (operation === 'cacerts') return cacerts(exchange, policy)
  const requester = await authenticate(exchange, policy)
  exchange.actor = requester.name
  checkContentType(request)
  const body = await readBody(request, exchange.options.maxBodyBytes)
  const renewal = operation === 'simplereenroll'
  return outcomeResponse(exchange, await enroll(deps.enrollment, { policy, context, requester, body, renewal }))
}

function checkMethod(request: Request, operation: Operation): void {
  const allowed: readonly string[] = operations[operation]
  if (allowed.includes(request.method)) return
  const allow = allowed.join(', ')
  throw new EstRefusal('method', `${operation} is asked for with ${allowed[0]}`, { headers: { allow } })
}

/** RFC 7030 section 4.1: for anyone, since clients ask before they trust us. */
async function cacerts({ request }: Exchange, policy: EnrollmentPolicy): Promise<Response> {
  const body = encodeCertificates(await policy.issuer.certificates(), layoutFor(request))
  return bytesResponse(200, cacertsType, body)
}

async function authenticate(
  { request, peer, context, deps, options }: Exchange,
  policy: EnrollmentPolicy,
): Promise<Requester> {
  const basic = basicCredentials(request)
  const credentials = { clientCertificates: peer.clientCertificates, ...(basic === undefined ? {} : { basic }) }
  const requester = await deps.enrollment.authenticate(policy, credentials, context)
  if (requester !== undefined) return requester
  const none = request.headers.get('authorization') === null && peer.clientCertificates.length === 0
  // Also for a certificate that is not accepted: clients with a password send it only when they are asked.
  throw new EstRefusal(
    'unauthenticated',
    none
      ? 'authentication is required: a username and password, or a client certificate'
      : 'the username and password, or the client certificate, are not accepted',
    { headers: { 'www-authenticate': basicChallenge(options.realm) } },
  )
}

/** A missing Content-Type counts as application/octet-stream (RFC 9110 section 8.3). */
function checkContentType(request: Request): void {
  const value = request.headers.get('content-type')
  if (value === null || requestTypes.has(parseContentType(value)?.type ?? '')) return
  throw new EstRefusal('content-type', 'send the certification request with Content-Type: application/pkcs10', {
    headers: { accept: [...requestTypes].join(', ') },
  })
}

function outcomeResponse({ request, options }: Exchange, outcome: EnrollmentOutcome): Response {
  switch (outcome.kind) {
    case 'issued':
      // The issued certificate alone (RFC 7030 section 4.2.3): the others come from cacerts.
      return bytesResponse(200, issuedType, encodeCertificates([outcome.certificate], layoutFor(request)))
    case 'pending':
      return textResponse(202, 'the request waits for approval: send it again later', {
        'retry-after': String(outcome.retryAfter),
      })
    case 'rejected': {
      const headers = outcome.code === 'unavailable' ? { 'retry-after': String(options.retryAfter) } : {}
      return textResponse(statusOf[outcome.code], outcome.reason, headers)
    }
  }
}

/** Programs that people use together with the openssl command. */
const layoutFor = (request: Request): TextLayout =>
  /^(curl|Wget)\//.test(request.headers.get('user-agent') ?? '') ? 'openssl' : 'line'

/** Records the refusal and answers it. What is not a refusal is a fault of ours: logged, and told to nobody. */
async function refuse(exchange: Exchange, error: unknown): Promise<Response> {
  const { deps, context, actor } = exchange
  const refusal = toRefusal(exchange, error)
  try {
    await deps.enrollment.refuse(context, {
      code: refusal.refusal,
      reason: refusal.message,
      ...(actor === undefined ? {} : { actor }),
    })
  } catch (auditError) {
    deps.logger?.error('a refusal could not be recorded', { requestId: context.requestId, error: auditError })
  }
  return errorResponse(refusal)
}

function toRefusal({ deps, options, context }: Exchange, error: unknown): EstRefusal {
  if (error instanceof EstRefusal) return error
  if (error instanceof HttpError) {
    const code = error.status === 413 ? 'too-large' : 'bad-request'
    return new EstRefusal(code, error.message, { cause: error })
  }
  deps.logger?.error('an EST request failed', { ...context, error })
  // Storage, keys and audit come back; anything else is a defect.
  if (!(error instanceof CertwrightError)) return new EstRefusal('internal', 'internal error')
  const headers = { 'retry-after': String(options.retryAfter) }
  return new EstRefusal('unavailable', 'the server cannot do this at present', { headers })
}
