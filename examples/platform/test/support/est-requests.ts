import { Agent, request } from 'node:https'
import type { PlatformProcess } from './child.js'

/** An answer over HTTPS. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** How a request differs from an ordinary enrollment with the demo credentials. */
export interface AskOptions {
  readonly method?: string
  readonly path?: string
  readonly body?: string | Uint8Array
  readonly contentType?: string
  /** `null`: none. */
  readonly login?: { readonly username: string; readonly password: string } | null
  readonly cert?: string
  readonly key?: string
  readonly agent?: Agent
}

/** Sends one request to the platform and waits for the whole answer. */
export function ask(platform: PlatformProcess, options: AskOptions = {}): Promise<Answer> {
  const { method = 'POST', path = '/.well-known/est/simpleenroll', body, contentType = 'application/pkcs10' } = options
  const login = options.login === undefined ? platform.credentials : options.login
  const { hostname, port } = new URL(platform.https)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        method,
        ca: platform.trustAnchor,
        ...(options.agent === undefined ? { agent: false } : { agent: options.agent }),
        ...(options.cert === undefined ? {} : { cert: options.cert, key: options.key }),
        ...(login === null ? {} : { auth: `${login.username}:${login.password}` }),
        headers: body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
        )
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Connections that are kept, at most `maxSockets` of them. */
export const keepAlive = (maxSockets: number): Agent => new Agent({ keepAlive: true, maxSockets })
