import type { ProfileConfig } from '../config/index.js'
import { family, purpose, requestSets } from './common.js'

const { client, server } = purpose
const fill = { subjectAlternativeName: { fillFromCommonName: true } } as const

/** TLS inside an organization. Those that supply the SAN copy domain names among the CNs into it. */
export const privateSsl: readonly ProfileConfig[] = family('Private TLS', { pass: requestSets.tls }, [
  { id: 'privatessl-tls-client', keyUsage: 'dS', purposes: [client] },
  { id: 'privatessl-tls-client-server', keyUsage: 'dS', purposes: [client, server] },
  { id: 'privatessl-tls-client-server-data-encipherment', keyUsage: 'dS+dE', purposes: [client, server] },
  { id: 'privatessl-tls-client-server-supply-san', keyUsage: 'dS', purposes: [client, server], change: fill },
  { id: 'privatessl-tls-server', keyUsage: 'dS', purposes: [server] },
  { id: 'privatessl-tls-server-supply-san', keyUsage: 'dS', purposes: [server], change: fill },
])
