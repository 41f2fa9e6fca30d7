import type { KeyType } from '../../ports/index.js'
import { extendedKeyUsageOid, extensionOid } from '../../x509/index.js'
import { derive, type ProfileChange, type ProfileConfig } from '../config/index.js'
import type { KeyUsageBit } from '../key-usage.js'
import { waiversFor } from './waivers.js'

/** The six types of key that every profile of the reference certifies. */
export const referenceKeyTypes: readonly KeyType[] = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
]

/** Purposes by their short names. */
export const purpose = {
  any: extendedKeyUsageOid.anyExtendedKeyUsage,
  client: extendedKeyUsageOid.clientAuth,
  codeSigning: extendedKeyUsageOid.codeSigning,
  email: extendedKeyUsageOid.emailProtection,
  server: extendedKeyUsageOid.serverAuth,
  smartcardLogon: extendedKeyUsageOid.msSmartcardLogon,
} as const

/** Key usages by the letters of the reference's tables. */
const letters = {
  dS: 'digitalSignature',
  nR: 'nonRepudiation',
  kE: 'keyEncipherment',
  dE: 'dataEncipherment',
  kA: 'keyAgreement',
} as const satisfies Readonly<Record<string, KeyUsageBit>>

/** Key usages as the reference writes them: `dS+kE`. */
export const usage = (text: string): readonly KeyUsageBit[] =>
  text.split('+').flatMap((letter) => Object.entries(letters).flatMap(([name, bit]) => (name === letter ? [bit] : [])))

/** The sets of extensions that the profiles of the reference copy from requests, beside extendedKeyUsage. */
export const requestSets = {
  none: [],
  policies: [extensionOid.certificatePolicies],
  tls: [extensionOid.certificatePolicies, extensionOid.msApplicationPolicies],
  smartcard: [extensionOid.pivInterim, extensionOid.ntdsSecurity],
  device: [
    extensionOid.certificatePolicies,
    extensionOid.msApplicationPolicies,
    extensionOid.smimeCapabilities,
    extensionOid.msTemplate,
    extensionOid.msTemplateName,
    extensionOid.ntdsSecurity,
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** What every subscriber profile of the reference says. */
const subscriber: Omit<ProfileConfig, 'id' | 'description' | 'keyUsage'> = {
  kind: 'end-entity',
  validity: { default: 'P1Y', backdate: 'PT5M' },
  keys: { allowed: referenceKeyTypes },
  subject: { empty: 'allowed' },
  subjectAlternativeName: { use: 'from-request', homographs: 'log' },
  basicConstraints: { cA: false },
  crlDistributionPoints: { use: 'if-published' },
  authorityInfoAccess: { use: 'if-published' },
  override: [
    'subject',
    'subjectAlternativeName',
    'validity',
    'keyUsage',
    'extendedKeyUsage',
    'extensions',
    'privateKeyUsagePeriod',
  ],
}

/** One row of a family: the end of its id, its key usages by letters, and its purposes. */
export interface FamilyRow {
  readonly id: string
  readonly keyUsage: string
  readonly purposes?: readonly string[]
  /** Whether the request may name purposes. */
  readonly request?: boolean
  /** Settings of this row alone. */
  readonly change?: ProfileChange<ProfileConfig>
}

/** The profiles of a family: each row over what the family has in common. */
export function family(
  title: string,
  { pass, change = {} }: { readonly pass: readonly string[]; readonly change?: ProfileChange<ProfileConfig> },
  rows: readonly FamilyRow[],
): readonly ProfileConfig[] {
  return rows.map((row) => {
    const keyUsage = usage(row.keyUsage)
    const base: ProfileConfig = { ...subscriber, id: row.id, description: `${title}: ${keyUsage.join(', ')}`, keyUsage }
    const waive = waiversFor(keyUsage)
    const own: ProfileChange<ProfileConfig> = {
      ...(pass.length === 0 ? {} : { requestExtensions: { pass } }),
      ...(row.purposes === undefined && row.request !== true
        ? {}
        : {
            extendedKeyUsage: {
              ...(row.purposes === undefined ? {} : { always: row.purposes }),
              ...(row.request === true ? { request: 'allowed' } : {}),
            },
          }),
      ...(Object.keys(waive).length === 0 ? {} : { lint: { waive } }),
    }
    return derive(derive(derive(base, own), change), row.change ?? {})
  })
}
