import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { CertwrightError } from '@certwright/core/errors'
import type { Handler } from '@certwright/core/http'
import type { Logger } from '@certwright/core/ports'
import { type Connections, watchConnections } from './connections.js'
import { type Limits, withDefaultLimits } from './limits.js'
import { listenAll } from './listen.js'
import { type NodeListener, toNodeListener } from './listener.js'
import { type TlsOptions, tlsServerOptions } from './tls.js'

/** Where and how to serve. */
export interface ServeOptions {
  /** Host name or address, or several. `localhost` (the default) is 127.0.0.1 and, where there is IPv6, ::1. */
  readonly host?: string | readonly string[]
  /** TCP port, 0 to 65535; 0 (the default) takes a free one. The same on every address. */
  readonly port?: number
  /** Present for HTTPS, absent for HTTP. */
  readonly tls?: TlsOptions
  readonly limits?: Partial<Limits>
  readonly logger?: Logger
}

/** A listener that accepts requests. */
export interface RunningServer {
  readonly port: number
  /** Base URLs without a trailing slash, one for each host of the options, in their order. */
  readonly urls: readonly string[]
  /**
   * Replaces key, certificate and the other TLS options for connections from now on; those that stand go on as they are.
   *
   * @throws CertwrightError `configuration` when they do not fit, or the listener is plain HTTP. Nothing has changed then.
   */
  setTls(tls: TlsOptions): void
  /**
   * Stops: no new connections, idle ones are closed, running requests finish. Those that run for longer than `graceMs`
   * (default 10 000) are cut off. Resolves when every connection is gone; a second call may shorten the first.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/** Serves a handler over HTTP or HTTPS until it is closed. */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<RunningServer> {
  const limits = withDefaultLimits(options.limits)
  const host = options.host ?? 'localhost'
  let closing = false
  const listener = toNodeListener(handler, {
    ...(options.logger === undefined ? {} : { logger: options.logger }),
    writeTimeoutMs: limits.writeTimeoutMs,
    headerFields: limits.headerFields,
    closing: () => closing,
  })
  const watched = new Map<Server, Connections>()
  const create = (): Server => {
    const server = createOne(listener, limits, options)
    watched.set(server, watchConnections(server))
    return server
  }
  const { port, servers } = await listenAll(create, host, options.port ?? 0)
  for (const server of servers) server.on('error', (error) => options.logger?.error('the listener failed', { error }))
  const connections = servers.flatMap((server) => watched.get(server) ?? [])
  let closed: Promise<unknown> | undefined
  return {
    port,
    urls: (typeof host === 'string' ? [host] : host).map((name) => baseUrl(name, port, options.tls !== undefined)),
    setTls: (tls) => replaceTls(servers, tls),
    async close({ graceMs = 10_000 } = {}) {
      closing = true
      closed ??= Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
      for (const each of connections) each.closeIdle()
      const force = setTimeout(() => {
        for (const each of connections) each.closeAll()
      }, graceMs)
      await closed
      clearTimeout(force)
    },
  }
}

function createOne(listener: NodeListener, limits: Limits, { tls, logger }: ServeOptions): Server {
  const common: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    // How precisely the two timeouts above are kept.
    connectionsCheckingInterval: Math.min(1_000, Math.ceil(limits.headersTimeoutMs / 4)),
  }
  const server: Server = tls === undefined ? createServer(common) : secureServer(common, tls, limits, logger)
  server.maxHeadersCount = limits.headerFields
  server.maxConnections = limits.connections
  server.maxRequestsPerSocket = limits.requestsPerConnection
  server.on('request', listener)
  server.on('checkContinue', listener.checkContinue)
  return server
}

function secureServer(common: ServerOptions, tls: TlsOptions, limits: Limits, logger: Logger | undefined): TlsServer {
  const server = createTlsServer({ ...common, ...tlsServerOptions(tls, limits) })
  server.on('tlsClientError', (error, { remoteAddress }) => {
    logger?.debug('a TLS handshake failed', { address: remoteAddress, reason: error.message })
  })
  return server
}

function replaceTls(servers: readonly Server[], tls: TlsOptions): void {
  const context = tlsServerOptions(tls)
  for (const server of servers) {
    if (!('setSecureContext' in server)) {
      throw new CertwrightError('configuration', 'a listener without TLS has no certificate to replace')
    }
    ;(server as TlsServer).setSecureContext(context)
  }
}

function baseUrl(host: string, port: number, secure: boolean): string {
  const wildcard: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }
  const name = wildcard[host] ?? (host.includes(':') ? `[${host}]` : host)
  return `${secure ? 'https' : 'http'}://${name}:${port}`
}
