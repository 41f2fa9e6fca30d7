import type { ProfileConfig } from '../config/index.js'
import { type FamilyRow, family, purpose, requestSets } from './common.js'

const { client, server } = purpose

const row = (name: string, keyUsage: string, ...purposes: readonly string[]): FamilyRow => ({
  id: `multiuse-p12-${name}`,
  keyUsage,
  ...(purposes.length === 0 ? { request: true } : { purposes }),
})

/** The multi-purpose profiles: the request may name purposes in those that end in `custom`. */
export const multiuse: readonly ProfileConfig[] = family(
  'Multiple uses',
  { pass: requestSets.tls, change: { p12: { keyType: 'rsa-2048' } } },
  [
    row('client', 'dS+kA', client),
    row('client-server', 'dS+kA', client, server),
    row('custom', 'dS+kA'),
    row('key-data-encipherment-non-repudiation-client', 'dS+nR+kE+dE', client),
    row('key-data-encipherment-non-repudiation-client-server', 'dS+nR+kE+dE', client, server),
    row('key-encipherment-client', 'dS+kA+kE', client),
    row('key-encipherment-client-server', 'dS+kA+kE', client, server),
    row('key-encipherment-custom', 'dS+kA+kE'),
    row('key-encipherment-non-repudiation-client', 'dS+kA+kE+nR', client),
    row('key-encipherment-non-repudiation-client-server', 'dS+kA+kE+nR', client, server),
    row('key-encipherment-non-repudiation-custom', 'dS+kA+kE+nR'),
    row('key-encipherment-non-repudiation-server', 'dS+kA+kE+nR', server),
    row('key-encipherment-server', 'dS+kA+kE', server),
    row('non-repudiation-client', 'dS+kA+nR', client),
    row('non-repudiation-client-server', 'dS+kA+nR', client, server),
    row('non-repudiation-custom', 'dS+kA+nR'),
    row('non-repudiation-server', 'dS+kA+nR', server),
    row('server', 'dS+kA', server),
  ],
)
