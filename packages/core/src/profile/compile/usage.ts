import { keyTypeRule } from '../../algorithms/index.js'
import { extendedKeyUsageOid } from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { KeyUsageBit } from '../key-usage.js'
import type { ReportFault } from '../shape/index.js'

/**
 * Purposes that make their holder an authority for others, or name every purpose: never for a requester to claim. By
 * cmcRA, for one, EST clients know their server (RFC 7030 section 3.6.1).
 */
export const reservedPurposes: ReadonlyMap<string, string> = new Map([
  [extendedKeyUsageOid.ocspSigning, 'OCSPSigning'],
  [extendedKeyUsageOid.timeStamping, 'timeStamping'],
  [extendedKeyUsageOid.cmcCA, 'cmcCA'],
  [extendedKeyUsageOid.cmcRA, 'cmcRA'],
  [extendedKeyUsageOid.cmKGA, 'cmKGA'],
  [extendedKeyUsageOid.msEnrollmentAgent, 'msEnrollmentAgent'],
  [extendedKeyUsageOid.anyExtendedKeyUsage, 'anyExtendedKeyUsage'],
  [extendedKeyUsageOid.msAnyApplicationPolicy, 'msAnyApplicationPolicy'],
])

const agreement: readonly KeyUsageBit[] = ['keyAgreement', 'encipherOnly', 'decipherOnly']
const encryption: readonly KeyUsageBit[] = ['keyEncipherment', 'dataEncipherment']
const signing: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation', 'keyCertSign', 'cRLSign']

/** What keys of a family cannot be used for, and the lint rule that would refuse every such certificate. */
const unusable: ReadonlyMap<string, { readonly bits: readonly KeyUsageBit[]; readonly rule: string }> = new Map([
  ['rsa', { bits: agreement, rule: 'rsa-key-usage' }],
  ['ecdsa', { bits: encryption, rule: 'ec-key-usage' }],
  ['ed25519', { bits: [...agreement, ...encryption], rule: 'eddsa-key-usage' }],
  ['ed448', { bits: [...agreement, ...encryption], rule: 'eddsa-key-usage' }],
  ['x25519', { bits: [...signing, ...encryption], rule: 'x25519-key-usage' }],
  ['x448', { bits: [...signing, ...encryption], rule: 'x25519-key-usage' }],
  ['ml-dsa', { bits: [...agreement, ...encryption], rule: 'ml-dsa-key-usage' }],
  ['slh-dsa', { bits: [...agreement, ...encryption], rule: 'slh-dsa-key-usage' }],
  ['ml-kem', { bits: [...signing, ...agreement, 'dataEncipherment'], rule: 'ml-kem-key-usage' }],
])

/** The key usage that keys of a family get. */
export const keyUsageFor = ({ keyUsage, keyUsageByFamily }: ProfileConfig, family: string): readonly KeyUsageBit[] =>
  keyUsageByFamily?.[family] ?? keyUsage

export function checkKeyUsage(config: ProfileConfig, fault: ReportFault): void {
  const { keyUsage, keyUsageByFamily = {}, basicConstraints, keys, lint, suppress = [] } = config
  const families = new Set(keys.allowed.map((type) => keyTypeRule(type).family as string))
  checkBits(keyUsage, 'keyUsage', basicConstraints.cA, fault)
  for (const [family, bits] of Object.entries(keyUsageByFamily)) {
    checkBits(bits, `keyUsageByFamily.${family}`, basicConstraints.cA, fault)
    if (!families.has(family)) fault(`keyUsageByFamily.${family}`, 'is not used: no such key is allowed')
  }
  if (families.size > 0 && [...families].every((family) => keyUsageByFamily[family] !== undefined)) {
    fault('keyUsageByFamily', 'leaves nothing to keyUsage; leave one family out')
  }
  if (suppress.includes('keyUsage')) return
  for (const family of families) {
    const { bits, rule } = unusable.get(family) ?? { bits: [], rule: '' }
    const found = keyUsageFor(config, family).filter((bit) => bits.includes(bit))
    if (found.length === 0 || lint?.waive?.[rule] !== undefined) continue
    const message = `${family} keys cannot be used for ${found.join(', ')}: set keyUsageByFamily.${family} or waive ${rule}`
    fault('keyUsage', message)
  }
}

function checkBits(bits: readonly KeyUsageBit[], path: string, cA: boolean, fault: ReportFault): void {
  if (bits.includes('keyCertSign') !== cA) {
    fault(path, 'keyCertSign and basicConstraints.cA go together (RFC 5280 section 4.2.1.9)')
  }
  const only = bits.includes('encipherOnly') || bits.includes('decipherOnly')
  if (only && !bits.includes('keyAgreement')) fault(path, 'encipherOnly and decipherOnly need keyAgreement')
  if (bits.includes('encipherOnly') && bits.includes('decipherOnly'))
    fault(path, 'encipherOnly and decipherOnly contradict')
}

export function checkPurposes({ extendedKeyUsage: rule, kind }: ProfileConfig, fault: ReportFault): void {
  const always = rule?.always ?? []
  checkKindPurposes(kind, always, rule?.critical === true, fault)
  if (rule === undefined) return
  if (rule.allowed !== undefined && rule.request !== 'allowed') {
    fault('extendedKeyUsage.allowed', 'is not used: the request may add no purposes')
  }
  for (const oid of rule.allowed ?? []) {
    const name = reservedPurposes.get(oid)
    if (name !== undefined) fault('extendedKeyUsage.allowed', `a request may not name ${name}`)
    if (always.includes(oid)) fault('extendedKeyUsage.allowed', `${oid} is always there`)
  }
  if (always.length > 0 && rule.required === true)
    fault('extendedKeyUsage.required', 'is not used: there are purposes always')
  if (always.length === 0 && rule.request !== 'allowed') {
    if (rule.required === true) fault('extendedKeyUsage.required', 'cannot be met: there is no way to have a purpose')
    if (rule.critical !== undefined)
      fault('extendedKeyUsage.critical', 'is not used: there is no way to have a purpose')
  }
  if (rule.critical === true && always.includes(extendedKeyUsageOid.anyExtendedKeyUsage)) {
    fault('extendedKeyUsage.critical', 'must be false with anyExtendedKeyUsage (RFC 5280 section 4.2.1.12)')
  }
}

function checkKindPurposes(
  kind: ProfileConfig['kind'],
  always: readonly string[],
  critical: boolean,
  fault: ReportFault,
): void {
  const path = 'extendedKeyUsage.always'
  const { ocspSigning, timeStamping, cmcRA } = extendedKeyUsageOid
  if ((kind === 'ocsp-signer') !== always.includes(ocspSigning)) {
    fault(path, 'OCSPSigning and kind "ocsp-signer" go together (RFC 6960 section 4.2.2.2)')
  }
  if ((kind === 'tsa') !== always.includes(timeStamping)) {
    fault(path, 'timeStamping and kind "tsa" go together (RFC 3161 section 2.3)')
  }
  if (kind === 'tsa' && (always.length !== 1 || !critical)) {
    fault(path, 'timeStamping must be critical and the only purpose (RFC 3161 section 2.3)')
  }
  if ((kind === 'ra') !== always.includes(cmcRA)) fault(path, 'cmcRA and kind "ra" go together (RFC 6402 section 2.10)')
}
