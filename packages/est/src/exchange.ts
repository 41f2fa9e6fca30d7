import { encodeBase64, equalBytes } from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'
import { HttpError, readBody } from '@certwright/core/http'
import { Certificate, CertificationRequest, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { decodeCertificates, encodeCertificationRequest, pkcs10Type } from './messages/index.js'
import type { Operation } from './routes.js'

/** Where an EST server is and who we are to it. */
export interface EstTarget {
  /** `https://host[:port]`, or the whole URL up to the operation: `https://host/.well-known/est/label`. */
  readonly url: string
  /** Label segments between `est` and the operation; each is percent-encoded. */
  readonly label?: readonly string[]
  /** For HTTP Basic authentication, sent with enrollments only. */
  readonly credentials?: { readonly username: string; readonly password: string }
}

/** What came of an enrollment. */
export type EnrollResult =
  | {
      readonly kind: 'issued'
      /** DER Certificate for the key of the request. */
      readonly certificate: Uint8Array
    }
  /** Send the same request again after so many seconds, or at that moment. */
  | { readonly kind: 'pending'; readonly retryAfter: number | Date }

/** An answer that is no success: the server's refusal, or something that is not EST. */
export class EstResponseError extends CertwrightError {
  override readonly name = 'EstResponseError'

  /**
   * @param status HTTP status of the answer
   * @param reason the server's text, at most 1000 characters, unchecked
   * @param retryAfter when to try again, where the server says so
   */
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly retryAfter?: number | Date,
    options?: { readonly cause?: unknown },
  ) {
    super('http', `the EST server answered with status ${status}: ${reason}`, options)
  }
}

/**
 * Asks for the CA certificates (RFC 7030 section 4.1.2).
 *
 * @throws CertwrightError `configuration` when the URL is not one of `https:`, or a label segment is empty or dots.
 */
export function buildCacertsRequest(target: EstTarget): Request {
  return new Request(operationUrl(target, 'cacerts'), { method: 'GET', redirect: 'manual' })
}

/**
 * The DER CA certificates of an answer to cacerts. Nothing about them is checked: a client without a trust anchor compares
 * one with a fingerprint from elsewhere (RFC 7030 section 4.1.1).
 *
 * @param limit largest accepted answer, octets
 * @throws EstResponseError when the answer is no success or no certificates.
 */
export async function processCacertsResponse(response: Response, limit: number): Promise<readonly Uint8Array[]> {
  const body = await successBody(response, limit)
  return decodeAnswer(response, () => decodeCertificates(body))
}

/**
 * Asks for a certificate (RFC 7030 section 4.2).
 *
 * @param request DER certification request
 * @throws CertwrightError `configuration` as `buildCacertsRequest`, and for a username with a colon (RFC 7617 section 2).
 */
export function buildEnrollRequest(
  target: EstTarget,
  operation: 'simpleenroll' | 'simplereenroll',
  request: Uint8Array,
): Request {
  const { credentials } = target
  const headers = new Headers({ 'content-type': pkcs10Type })
  if (credentials !== undefined) {
    if (credentials.username.includes(':')) throw new CertwrightError('configuration', 'a username has no colon')
    const pair = new TextEncoder().encode(`${credentials.username}:${credentials.password}`)
    headers.set('authorization', `Basic ${encodeBase64(pair)}`)
  }
  const body = encodeCertificationRequest(request)
  return new Request(operationUrl(target, operation), { method: 'POST', headers, body, redirect: 'manual' })
}

/**
 * Reads the answer to simpleenroll or simplereenroll.
 *
 * @param request the DER certification request that was sent: the certificate has to be for its key
 * @param limit largest accepted answer, octets
 * @throws EstResponseError when the answer is a refusal, or no certificate for that key.
 */
export async function processEnrollResponse(
  response: Response,
  request: Uint8Array,
  limit: number,
): Promise<EnrollResult> {
  if (response.status === 202) {
    await response.body?.cancel()
    return { kind: 'pending', retryAfter: retryAfterOf(response) ?? 60 }
  }
  const body = await successBody(response, limit)
  const wanted = SubjectPublicKeyInfo.encode(
    CertificationRequest.decode(request).certificationRequestInfo.value.subjectPKInfo,
  )
  const certificate = decodeAnswer(response, () =>
    decodeCertificates(body).find((der) => equalBytes(keyOf(der), wanted)),
  )
  if (certificate === undefined) {
    throw new EstResponseError(response.status, 'the answer holds no certificate for the key of the request')
  }
  return { kind: 'issued', certificate }
}

function operationUrl({ url, label = [] }: EstTarget, operation: Operation): URL {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new CertwrightError('configuration', 'the URL of an EST server starts with https:// (RFC 7030 section 3.3)')
  }
  if (label.some((segment) => /^\.{0,2}$/.test(segment))) {
    throw new CertwrightError('configuration', 'a label segment is a name, not empty and not dots')
  }
  const base = new URL(url)
  const root = base.pathname.replace(/\/+$/, '')
  const start = root === '' ? '/.well-known/est' : root
  base.pathname = [start, ...label.map(encodeURIComponent), operation].join('/')
  return base
}

async function successBody(response: Response, limit: number): Promise<Uint8Array> {
  if (response.status === 200) {
    return readAnswer(response, limit)
  }
  const text = new TextDecoder().decode(await readAnswer(response, 65_536))
  throw new EstResponseError(response.status, text.trim().slice(0, 1000), retryAfterOf(response))
}

async function readAnswer(response: Response, limit: number): Promise<Uint8Array> {
  try {
    return await readBody(response, limit)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    const reason = error.status === 413 ? `the answer is larger than ${limit} bytes` : 'the answer broke off'
    throw new EstResponseError(response.status, reason, undefined, { cause: error })
  }
}

function decodeAnswer<T>(response: Response, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    if (!(cause instanceof CertwrightError)) throw cause
    throw new EstResponseError(response.status, `the answer is not readable: ${cause.message}`, undefined, { cause })
  }
}

const keyOf = (certificate: Uint8Array): Uint8Array =>
  SubjectPublicKeyInfo.encode(Certificate.decode(certificate).tbsCertificate.value.subjectPublicKeyInfo)

/** RFC 9110 section 10.2.3: seconds, or a date. */
function retryAfterOf({ headers }: Response): number | Date | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date
}
