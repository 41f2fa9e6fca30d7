import type { IncomingMessage, ServerResponse } from 'node:http'
import { errorResponse, type Handler, HttpError, textResponse } from '@certwright/core/http'
import type { Logger } from '@certwright/core/ports'
import { defaultLimits } from './limits.js'
import { peerOf } from './peer.js'
import { toRequest } from './request.js'
import { sendResponse } from './response.js'

/** What `toNodeListener` may be told. */
export interface ListenerOptions {
  /** Gets an entry for every error that a handler throws. Default: none. */
  readonly logger?: Logger
  /** See `Limits.writeTimeoutMs`. */
  readonly writeTimeoutMs?: number
  /** See `Limits.headerFields`. */
  readonly headerFields?: number
  /** Whether connections are to end after their present answer; asked at each answer. Default: never. */
  readonly closing?: () => boolean
}

/** A listener for the `request` and `checkContinue` events of `node:http` and `node:https` servers. */
export interface NodeListener {
  (incoming: IncomingMessage, outgoing: ServerResponse): void
  /**
   * For the `checkContinue` event: `100 Continue` is sent when the handler begins to read the body, so that a request
   * which is refused by its header fields never sends one (RFC 9110 section 10.1.1).
   */
  readonly checkContinue: (incoming: IncomingMessage, outgoing: ServerResponse) => void
}

/**
 * Serves a handler through `node:http` or `node:https`, or as Express or Connect middleware. An error that the handler
 * throws is logged and answered with status 500 and no detail; an `HttpError` with its own status and text.
 */
export function toNodeListener(handler: Handler, options: ListenerOptions = {}): NodeListener {
  const run = (incoming: IncomingMessage, outgoing: ServerResponse, expectsContinue: boolean): void => {
    // `answer` catches what handlers throw; what is left is a connection that broke while the answer was sent.
    answer(handler, options, incoming, outgoing, expectsContinue).catch((error: unknown) => {
      options.logger?.warn('an answer could not be sent', { error })
      outgoing.destroy()
    })
  }
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => run(incoming, outgoing, false)
  const checkContinue = (incoming: IncomingMessage, outgoing: ServerResponse): void => run(incoming, outgoing, true)
  return Object.assign(listener, { checkContinue })
}

async function answer(
  handler: Handler,
  options: ListenerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  expectsContinue: boolean,
): Promise<void> {
  let awaitsContinue = expectsContinue
  const onRead = (): void => {
    if (!awaitsContinue) return
    awaitsContinue = false
    outgoing.writeContinue()
  }
  const response = await respond(handler, options, incoming, onRead)
  await sendResponse(outgoing, response, {
    incoming,
    awaitsContinue,
    closing: options.closing?.() ?? false,
    writeTimeoutMs: options.writeTimeoutMs ?? defaultLimits.writeTimeoutMs,
  })
}

async function respond(
  handler: Handler,
  { logger, headerFields }: ListenerOptions,
  incoming: IncomingMessage,
  onRead: () => void,
): Promise<Response> {
  try {
    return await handler(toRequest(incoming, onRead, headerFields), peerOf(incoming))
  } catch (error) {
    if (error instanceof HttpError) return errorResponse(error)
    logger?.error('a handler failed', { method: incoming.method, target: incoming.url, error })
    return textResponse(500, 'internal error')
  }
}
