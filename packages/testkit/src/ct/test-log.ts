import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '@certwright/core/ports'
import { Refusal, readSubmission } from './submission.js'
import { logKeyPair, type SubmissionAnswer, signedAnswer } from './timestamp.js'

/** How a log is started. */
export interface TestLogOptions {
  /** The time that its timestamps tell. */
  readonly clock: Clock
  /** DER certificates that chains must end at, or be certified by. */
  readonly roots: readonly Uint8Array[]
  /** `ecdsa-p256` when absent. */
  readonly keyType?: 'ecdsa-p256' | 'rsa-2048'
}

/**
 * How a log misbehaves.
 *
 * | fault | |
 * |---|---|
 * | `silent` | it never answers |
 * | `failed` | status 500 |
 * | `busy` | status 503, `Retry-After: 7` |
 * | `refused` | status 400 |
 * | `redirect` | status 302 to itself |
 * | `broken` | the connection ends amid the answer |
 * | `garbage` | status 200 and no JSON |
 * | `huge` | status 200 and an endless answer |
 * | `wrong-key` | it signs with another key |
 * | `other-entry` | it signs another certificate's timestamp |
 * | `other-log` | the timestamp names another log |
 * | `version-2` | the timestamp is of another version |
 * | `future` | the timestamp is of tomorrow |
 */
export type TestLogFault =
  | 'silent'
  | 'failed'
  | 'busy'
  | 'refused'
  | 'redirect'
  | 'broken'
  | 'garbage'
  | 'huge'
  | 'wrong-key'
  | 'other-entry'
  | 'other-log'
  | 'version-2'
  | 'future'

/** A submission that a log has answered with a timestamp of its own. */
export interface LoggedSubmission {
  readonly type: 'x509' | 'precertificate'
  /** DER, as submitted. */
  readonly chain: readonly Uint8Array[]
  readonly answer: SubmissionAnswer
}

/** A log of Certificate Transparency (RFC 6962 sections 3 and 4) without a tree: it checks chains and signs timestamps. */
export interface TestLog {
  /** Prefix, as logs are listed with. */
  readonly url: string
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** What was logged, each entry once, in the order of time. */
  logged(): readonly LoggedSubmission[]
  /** Submissions that came in, answered or not. */
  requests(): number
  /** What it does with the next submissions, one each; afterwards it behaves. */
  misbehave(...faults: readonly TestLogFault[]): void
  close(): Promise<void>
}

const maxBody = 1024 * 1024
const day = 86_400_000

/**
 * Starts a log on a free port of this machine.
 *
 * @example
 * ```ts
 * import { fixedClock, startTestLog } from '@certwright/testkit'
 *
 * const roots = [new Uint8Array()] // DER certificates
 * const log = await startTestLog({ clock: fixedClock(new Date('2030-01-01T00:00:00Z')), roots })
 * console.log(log.url)
 * await log.close()
 * ```
 */
export async function startTestLog(options: TestLogOptions): Promise<TestLog> {
  const { keyType = 'ecdsa-p256', clock, roots } = options
  const [key, other] = [logKeyPair(keyType), logKeyPair(keyType)]
  const logged = new Map<string, LoggedSubmission>()
  const faults: TestLogFault[] = []
  let requests = 0

  /** The timestamp of an entry, the same as before where there is one (RFC 6962 section 3). */
  const answer = async (operation: string, body: Uint8Array): Promise<SubmissionAnswer> => {
    const { chain, entry, id } = await readSubmission(operation, body, roots)
    const known = logged.get(id)
    if (known !== undefined) return known.answer
    const submission = { type: entry.type, chain, answer: signedAnswer(key, clock.now().getTime(), entry) }
    logged.set(id, submission)
    return submission.answer
  }
  const wrongAnswer = async (operation: string, body: Uint8Array, fault: TestLogFault): Promise<SubmissionAnswer> => {
    const { entry } = await readSubmission(operation, body, roots)
    const now = clock.now().getTime()
    const right = signedAnswer(key, now, entry)
    switch (fault) {
      case 'wrong-key':
        return { ...signedAnswer(other, now, entry), id: right.id }
      case 'other-log':
        return signedAnswer(other, now, entry)
      case 'other-entry':
        return signedAnswer(key, now, { type: 'x509', certificate: Uint8Array.of(0) })
      case 'future':
        return signedAnswer(key, now + day, entry)
      default:
        return { ...right, sct_version: 1 }
    }
  }

  const server = createServer(async (request, response) => {
    requests += 1
    const fault = faults.shift()
    try {
      const body = await readAll(request)
      if (fault !== undefined && misbehaves(fault, request, response)) return
      const operation = /\/ct\/v1\/(add-chain|add-pre-chain)$/.exec(request.url ?? '')?.[1]
      if (request.method !== 'POST' || operation === undefined) throw new Refusal(404, 'not found')
      const told = await (fault === undefined ? answer(operation, body) : wrongAnswer(operation, body, fault))
      response.setHeader('content-type', 'application/json').end(JSON.stringify(told))
    } catch (error) {
      response.statusCode = error instanceof Refusal ? error.status : 400
      response.end(error instanceof Error ? error.message : '')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.freeze({
    url: `http://127.0.0.1:${port}/log/`,
    publicKey: key.publicKey,
    logged: () => [...logged.values()],
    requests: () => requests,
    misbehave: (...given) => void faults.push(...given),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  } satisfies TestLog)
}

const statuses: ReadonlyMap<TestLogFault, number> = new Map([
  ['failed', 500],
  ['busy', 503],
  ['refused', 400],
  ['redirect', 302],
])

/** Faults that need no submission to be looked at; whether this is one of them. */
function misbehaves(fault: TestLogFault, request: IncomingMessage, response: ServerResponse): boolean {
  const status = statuses.get(fault)
  if (fault === 'busy') response.setHeader('retry-after', '7')
  if (fault === 'redirect') response.setHeader('location', request.url ?? '/')
  if (status !== undefined) response.writeHead(status).end('no')
  else if (fault === 'garbage') response.end('<html>')
  else if (fault === 'huge') flood(response)
  else if (fault === 'broken') breakOff(response)
  else return fault === 'silent'
  return true
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '1000' })
  response.write('{"sct_version":', () => response.destroy())
}

/** Writes on until nobody reads any more. */
function flood(response: ServerResponse): void {
  const part = Buffer.alloc(65_536, '{"a":')
  const more = () => {
    while (!response.destroyed && response.write(part)) {}
  }
  response.on('drain', more)
  more()
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > maxBody) throw new Refusal(413, 'too large')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
