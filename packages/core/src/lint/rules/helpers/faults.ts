import { equalBytes } from '../../../asn1/index.js'
import type { KeyUsage, Name } from '../../../x509/index.js'

/** The first fault among several things; `undefined` when there is none. */
export function firstFault<T>(items: Iterable<T>, faultOf: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = faultOf(item)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** What occurs a second time. */
export function repeated(items: readonly string[]): string | undefined {
  if (items.length < 2) return undefined
  const seen = new Set<string>()
  for (const item of items) {
    if (seen.has(item)) return item
    seen.add(item)
  }
  return undefined
}

/** Names the key usages that are not among those allowed. */
export function otherUsages(usage: KeyUsage | undefined, allowed: readonly string[]): string | undefined {
  const others = [...(usage ?? [])].filter((bit) => !allowed.includes(bit))
  return others.length === 0 ? undefined : others.join(', ')
}

/** Names the key usages that are among those forbidden. */
export function forbiddenUsages(usage: KeyUsage | undefined, forbidden: readonly string[]): string | undefined {
  const found = [...(usage ?? [])].filter((bit) => forbidden.includes(bit))
  return found.length === 0 ? undefined : found.join(', ')
}

/** Key usages of a signature key that certifies nothing confidential. */
export const signingUsages = ['digitalSignature', 'nonRepudiation', 'keyCertSign', 'cRLSign'] as const

/** Key usages that encrypt or agree on keys. */
export const encryptionUsages = [
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'encipherOnly',
  'decipherOnly',
] as const

/** Whether octets occur in others. */
export function includesBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  const first = part[0]
  if (first === undefined) return true
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let length = 1
    while (length < part.length && bytes[at + length] === part[length]) length++
    if (length === part.length) return true
  }
  return false
}

/** Whether two names have the same octets: DER leaves no choice but the values. */
export const sameName = (one: Name, other: Name): boolean =>
  one.length === other.length &&
  one.every((rdn, at) => {
    const its = other[at]
    return (
      rdn.length === its?.length &&
      rdn.every(({ type, value }, place) => {
        const attribute = its[place]
        return type === attribute?.type && equalBytes(value, attribute.value)
      })
    )
  })
