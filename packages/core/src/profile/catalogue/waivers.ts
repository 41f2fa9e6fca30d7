import type { KeyUsageBit } from '../key-usage.js'

/**
 * The lint rules that profiles of the catalogue waive, each with the reason that goes to the audit. There are no others:
 * a test compares this file with the catalogue.
 */
export const catalogueWaivers = {
  'ec-key-usage':
    'the profile it replaces gives every key type the same usage; clients of it look for keyEncipherment also with EC keys',
  'rsa-key-usage':
    'the profile it replaces gives every key type the same usage; clients of it look for keyAgreement also with RSA keys',
} as const

/** The waivers that a key usage for every type of key needs. */
export const waiversFor = (keyUsage: readonly KeyUsageBit[]): Readonly<Record<string, string>> => ({
  ...(keyUsage.includes('keyEncipherment') || keyUsage.includes('dataEncipherment')
    ? { 'ec-key-usage': catalogueWaivers['ec-key-usage'] }
    : {}),
  ...(keyUsage.includes('keyAgreement') ? { 'rsa-key-usage': catalogueWaivers['rsa-key-usage'] } : {}),
})
