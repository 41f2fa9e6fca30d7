import { encodeBase64 } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { HttpError, readBody } from '../http/index.js'
import type { Clock, CryptoBackend } from '../ports/index.js'
import type { SignedCertificateTimestamp } from '../x509/index.js'
import { abortable, following } from './abortable.js'
import { CtError, type CtFailureKind, logError } from './ct-error.js'
import { readSubmissionAnswer } from './http-answer.js'
import type { CtLog, SubmitOptions } from './log.js'
import { type LogEntry, precertificateEntry } from './log-entry.js'
import { readLogKey } from './log-key.js'
import { retryAfterOf } from './retry-after.js'
import { latestTimestamp, verifySct } from './verify.js'

/** What a client of logs works with. */
export interface HttpCtLogDeps {
  readonly crypto: CryptoBackend
  readonly clock: Clock
  /** Resolves after so many milliseconds; rejects as soon as the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** A log and how it is reached. */
export interface HttpCtLogOptions extends Pick<CtLog, 'publicKey' | 'operator' | 'interval'> {
  /** Prefix of the log, to which `ct/v1/...` is added, such as `https://log.example/2027/`. */
  readonly url: string
  /** For people; the URL without its scheme when absent. */
  readonly name?: string
  /** Sends a request; `globalThis.fetch` when absent. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Milliseconds that a submission may take with its repetitions, 1 to 600000; 10000 when absent. */
  readonly timeout?: number
}

/** A timestamp is a few hundred octets. */
const maxAnswer = 65_536
/** Times that a submission is sent while the log says that it is busy. */
const maxAttempts = 3
/** Milliseconds to wait where the log does not say how long. */
const defaultWait = 1000
const longestChain = 20

/**
 * A log behind the interface of RFC 6962 section 4. What it answers is verified with its key before it is returned. Redirects
 * are not followed; a log that is busy (429, 503) is asked up to three times, as its Retry-After says.
 *
 * @throws CertwrightError `configuration` for a faulty URL or timeout, `algorithm` or `asn1` for a key that no log has. Its
 *   methods: CtError.
 */
export async function createHttpCtLog(deps: HttpCtLogDeps, options: HttpCtLogOptions): Promise<CtLog> {
  const url = checkedUrl(options.url)
  const { publicKey, operator, interval, timeout = 10_000, name = `${url.host}${url.pathname}` } = options
  if (!(Number.isInteger(timeout) && timeout >= 1 && timeout <= 600_000)) {
    throw new CertwrightError('configuration', 'the timeout of a log is 1 to 600000 milliseconds')
  }
  await readLogKey(deps.crypto, publicKey)
  const client: Client = { deps, name, url, timeout, send: options.fetch ?? ((request) => fetch(request)) }
  const submit = async (
    operation: string,
    chain: readonly Uint8Array[],
    { signal }: SubmitOptions,
    entryOf: () => Promise<LogEntry>,
  ): Promise<SignedCertificateTimestamp> => {
    if (chain.length === 0 || chain.length > longestChain) {
      throw new CertwrightError('limit', `a chain for a log has 1 to ${longestChain} certificates`)
    }
    const entry = await entryOf()
    const signals = [signal, AbortSignal.timeout(timeout)]
    const sct = await following(signals, (either) => post(client, operation, chain, either))
    const now = latestTimestamp(deps.clock)
    const reason = await verifySct(deps, sct, entry, { publicKey }, { now })
    if (reason !== undefined) throw logError({ log: name, kind: 'faulty', reason })
    return sct
  }
  return Object.freeze({
    name,
    publicKey,
    ...(operator === undefined ? {} : { operator }),
    ...(interval === undefined ? {} : { interval }),
    addPreChain: (chain, submission) =>
      submit('add-pre-chain', chain, submission, () => precertificateEntry(deps.crypto, chain)),
    addChain: (chain, submission) =>
      submit('add-chain', chain, submission, async () => ({
        type: 'x509',
        certificate: chain[0] ?? new Uint8Array(),
      })),
  } satisfies CtLog)
}

interface Client {
  readonly deps: HttpCtLogDeps
  readonly name: string
  readonly url: URL
  readonly timeout: number
  readonly send: (request: Request) => Promise<Response>
}

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['https:', 'http:'].includes(url.protocol) || `${url.search}${url.hash}` !== '') {
    throw new CertwrightError('configuration', 'the URL of a log is https, without query and fragment')
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

async function post(
  client: Client,
  operation: string,
  chain: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<SignedCertificateTimestamp> {
  const body = JSON.stringify({ chain: chain.map(encodeBase64) })
  const target = new URL(`ct/v1/${operation}`, client.url)
  for (let attempt = 1; ; attempt++) {
    const request = new Request(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      redirect: 'manual',
      signal,
    })
    const answer = await whileLasting(client, signal, () => exchange(client, request))
    if (!('later' in answer)) return answer
    const { later = defaultWait } = answer
    if (attempt === maxAttempts || later > client.timeout) throw failure(client, 'busy', 'it is busy')
    await whileLasting(client, signal, () => client.deps.wait(later, signal))
  }
}

/** Runs a part of the exchange; what ends it is told as what it means. */
async function whileLasting<T>(client: Client, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  try {
    return await abortable(run(), signal)
  } catch (error) {
    if (error instanceof CtError) throw error
    if (signal.aborted) throw failure(client, 'timeout', 'it did not answer in time', error)
    throw failure(client, 'unreachable', 'it cannot be reached, or the connection broke', error)
  }
}

async function exchange(
  client: Client,
  request: Request,
): Promise<SignedCertificateTimestamp | { readonly later: number | undefined }> {
  const response = await client.send(request)
  if (response.status !== 200) {
    // Not awaited: what the log writes beside its refusal is of no use here.
    response.body?.cancel().catch(() => undefined)
    if (response.status === 429 || response.status === 503) {
      return { later: retryAfterOf(response.headers, client.deps.clock.now()) }
    }
    const kind = response.status >= 500 ? 'failed' : 'refused'
    throw failure(client, kind, `it answered with status ${response.status}`)
  }
  const sct = readSubmissionAnswer(await bodyOf(client, response))
  if (typeof sct === 'string') throw failure(client, 'faulty', sct)
  return sct
}

async function bodyOf(client: Client, response: Response): Promise<Uint8Array> {
  try {
    return await readBody(response, maxAnswer)
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 413) throw error
    throw failure(client, 'faulty', `the answer is larger than ${maxAnswer} octets`, error)
  }
}

const failure = ({ name }: Client, kind: CtFailureKind, reason: string, cause?: unknown): CtError =>
  logError({ log: name, kind, reason }, cause)
