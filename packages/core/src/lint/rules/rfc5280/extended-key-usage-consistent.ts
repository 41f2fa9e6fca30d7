import { extendedKeyUsageOid } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

const usagesOf: ReadonlyMap<string, readonly string[]> = new Map([
  [extendedKeyUsageOid.serverAuth, ['digitalSignature', 'keyEncipherment', 'keyAgreement']],
  [extendedKeyUsageOid.clientAuth, ['digitalSignature', 'keyAgreement']],
  [extendedKeyUsageOid.codeSigning, ['digitalSignature']],
  [extendedKeyUsageOid.emailProtection, ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement']],
  [extendedKeyUsageOid.timeStamping, ['digitalSignature', 'nonRepudiation']],
  [extendedKeyUsageOid.ocspSigning, ['digitalSignature', 'nonRepudiation']],
])

/** Nothing is known about other purposes: they may go with any usage. */
const goesWith = (purpose: string, usages: ReadonlySet<string>): boolean =>
  usagesOf.get(purpose)?.some((usage) => usages.has(usage)) ?? true

export const extendedKeyUsageConsistent: LintRule = {
  id: 'extended-key-usage-consistent',
  source: 'rfc5280',
  level: 'error',
  description: 'There is a purpose that both key usage and extended key usage allow.',
  citation: 'RFC 5280 section 4.2.1.12',
  effective: '2008-05-01',
  applies: ({ isCa, purposes, value }) => !isCa && purposes.length > 0 && value.keyUsage !== undefined,
  check: ({ purposes, value: { keyUsage = new Set() } }) =>
    purposes.some((purpose) => goesWith(purpose, keyUsage))
      ? undefined
      : 'keyUsage allows no purpose of extendedKeyUsage',
}
