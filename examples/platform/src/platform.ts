import { isIP, isIPv6 } from 'node:net'
import { join } from 'node:path'
import {
  anyOf,
  clientCertificate,
  type Logger,
  type Passcodes,
  passcodes,
  type Store,
  softwareKeys,
} from '@certwright/core'
import { type Handler, textResponse } from '@certwright/core/http'
import { encodePem } from '@certwright/core/x509'
import { createEst } from '@certwright/est'
import { type RunningServer, serve } from '@certwright/node'
import { type AppParts, createApp } from './app.js'
import { openAudit } from './audit-trail.js'
import { type Authorities, openAuthorities } from './authorities.js'
import { publishAll, scheduleAll } from './crls.js'
import { openDatabase } from './database.js'
import { type DemoFiles, writeDemoFiles } from './demo-file.js'
import { makePrivateFolder } from './files.js'
import { logging } from './log.js'
import { createMetrics, type Metrics } from './metrics.js'
import type { PlatformOptions } from './options.js'
import { keepOwnNames } from './own-names.js'
import { keystorePassphrase } from './secrets.js'
import { serverCertificate } from './server-certificate.js'

/** A platform that serves. */
export interface Platform {
  /** Base URLs that clients use, without a slash at the end. */
  readonly urls: { readonly http: string; readonly https: string }
  readonly files: DemoFiles
  readonly authorities: Authorities
  /** Stops serving, finishes what is running, closes the store. */
  close(): Promise<void>
}

/** The name of the profile and policy that devices enroll under. */
const deviceProfile = 'est-digital-signature'

/** How often the end of the server certificate is looked at. */
const certificateCheckMs = 6 * 3_600_000

/** Assembles every package and serves. Whatever fails on the way, what was opened is closed again. */
export async function startPlatform(
  options: PlatformOptions,
  { logger, env }: { readonly logger: Logger; readonly env: NodeJS.ProcessEnv },
): Promise<Platform> {
  await makePrivateFolder(options.data)
  const passphrase = await keystorePassphrase(options.data, env)
  const opened: { close(): Promise<unknown> }[] = []
  const closeAll = async (): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.close()
  }
  try {
    const database = await openDatabase(options, logger)
    opened.push(database)
    const keys = softwareKeys({ dir: join(options.data, 'keys'), passphrase })
    const audited = await openAudit(database, options, { keys, logger })
    opened.push(audited)
    const metrics = createMetrics()
    const http = await listenPlain(options, logger)
    opened.push(http.server)
    const audit = metrics.counting(logging(audited.trail, logger))
    const store: Store = { certificates: database.certificates, records: database.records, audit }
    const httpBase = `http://${urlHost(options.host)}:${http.server.port}`
    const crls = { store, logger, metrics }
    const publishing = publishAll(crls, options.crlDir)
    opened.push(publishing)
    const authorities = await openAuthorities({ store, keys, crlIssued: publishing.crlIssued }, { httpBase })
    opened.push(scheduleAll(crls, authorities))
    const login = passcodes(store)
    const files = await writeDemoFiles(options.data, await trustAnchor(authorities), login)
    const parts = appParts(store, authorities, metrics)
    http.attach(createApp(parts))
    const est = deviceEst({ store, logger }, authorities, login, options.host)
    const https = await serveTls(options, createApp({ ...parts, est }), { authorities, passphrase, logger })
    opened.push(https)
    const urls = { http: httpBase, https: `https://${urlHost(options.host)}:${https.server.port}` }
    return { urls, files, authorities, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/**
 * Plain HTTP comes first, because certificates name its port, which may be a free one; until the CAs are open it says
 * that it is starting.
 */
async function listenPlain(
  { host, http }: PlatformOptions,
  logger: Logger,
): Promise<{ readonly server: RunningServer; attach(handler: Handler): void }> {
  let handler: Handler = async () => textResponse(503, 'starting', { 'retry-after': '1' })
  const server = await serve((request, peer) => handler(request, peer), { host: bindAddress(host), port: http, logger })
  return {
    server,
    attach(next) {
      handler = next
    },
  }
}

const appParts = (store: Store, { root, issuing }: Authorities, metrics: Metrics): AppParts => ({
  authorities: new Map([root, issuing].map((ca) => [ca.id.replace('~', '/'), ca])),
  checkReady: async () => {
    await store.records.get('health', 'ready', new Date())
  },
  metrics: metrics.text,
  observe: metrics.observe,
})

/** EST without a label, and under the label that names organization, CA and profile as the other protocols do. */
function deviceEst(
  { store, logger }: { readonly store: Store; readonly logger: Logger },
  { issuing }: Authorities,
  login: Passcodes,
  host: string,
): Handler {
  const authenticate = anyOf(clientCertificate(issuing), login)
  const policy = { issuer: issuing, profile: deviceProfile, authenticate, authorize: keepOwnNames(host) }
  const policies = { '': policy, [`${issuing.id.replace('~', '/')}/${deviceProfile}`]: policy }
  return createEst({ store, logger }, policies).handler
}

async function serveTls(
  { data, host, https }: PlatformOptions,
  handler: Handler,
  {
    authorities,
    passphrase,
    logger,
  }: { readonly authorities: Authorities; readonly passphrase: string; readonly logger: Logger },
): Promise<{ readonly server: RunningServer; close(): Promise<void> }> {
  const tlsOptions = async () => {
    const { key, chain } = await serverCertificate(data, host, { issuing: authorities.issuing, passphrase }, new Date())
    return { key, cert: chain, clientCertificateAuthorities: await trustAnchor(authorities) }
  }
  const server = await serve(handler, { host: bindAddress(host), port: https, tls: await tlsOptions(), logger })
  const renew = async (): Promise<void> => {
    try {
      server.setTls(await tlsOptions())
    } catch (error) {
      logger.error('the server certificate could not be renewed', { error })
    }
  }
  const timer = setInterval(renew, certificateCheckMs)
  return {
    server,
    async close() {
      clearInterval(timer)
      await server.close()
    },
  }
}

/** The root first, then the issuing CA: see SECURITY in the README for why both. */
async function trustAnchor({ root, issuing }: Authorities): Promise<string> {
  return [root.certificate, issuing.certificate].map((der) => encodePem('CERTIFICATE', der)).join('')
}

/** Loopback and literal addresses are bound as they are; a public name may belong to a proxy, so all addresses are. */
const bindAddress = (host: string): string | readonly string[] =>
  host === 'localhost' || isIP(host) !== 0 ? host : ['0.0.0.0', '::']

const urlHost = (host: string): string => (isIPv6(host) ? `[${host}]` : host)
