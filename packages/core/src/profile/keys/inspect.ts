import { describePublicKey, type PublicKeyDescription } from '../../algorithms/index.js'
import { equalBytes, toHex } from '../../asn1/index.js'
import type { CryptoBackend, KeyBlocklist } from '../../ports/index.js'
import { RsaPublicKey, SubjectPublicKeyInfo } from '../../x509/index.js'
import type { KeyFinding } from './finding.js'
import { rsaWeakness } from './rsa-weakness.js'

/** What a key is compared with. */
export interface KeyInspection {
  readonly blocklist?: KeyBlocklist | undefined
  /** DER SubjectPublicKeyInfo of keys that CAs sign with. */
  readonly caKeys?: readonly Uint8Array[]
  /** What `describePublicKey` says of the key, where that is known. */
  readonly description?: PublicKeyDescription
}

/**
 * Looks for what is known against a key: RSA moduli with small factors, close primes or the ROCA weakness; a blocklist;
 * the keys of CAs.
 *
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws CertwrightError as `describePublicKey`
 */
export async function inspectKey(
  publicKey: Uint8Array,
  { blocklist, caKeys = [], description = describePublicKey(publicKey) }: KeyInspection,
): Promise<readonly KeyFinding[]> {
  const findings: KeyFinding[] = []
  if (description.family === 'rsa') {
    const { bytes } = SubjectPublicKeyInfo.decode(publicKey).subjectPublicKey
    const weakness = rsaWeakness(RsaPublicKey.decode(bytes).modulus)
    if (weakness !== undefined) findings.push(weakness)
  }
  const listed = await blocklist?.find(publicKey)
  if (listed !== undefined) findings.push({ kind: 'blocklist', message: listed })
  if (caKeys.some((key) => equalBytes(key, publicKey))) {
    findings.push({ kind: 'ca-key', message: 'the key is that of a CA, which signs with it' })
  }
  return findings
}

/** Lists of keys in the forms in which they are published. */
export interface KeyLists {
  /** SHA-256 of SubjectPublicKeyInfo in hexadecimal, as lists of compromised keys have it. */
  readonly spki?: Iterable<string>
  /** The last 80 bits of SHA-1 over `Modulus=...`, as Debian's `openssl-blacklist` has it (CVE-2008-0166). */
  readonly debian?: Iterable<string>
}

/** A blocklist in memory. */
export function createKeyBlocklist(
  { crypto }: { readonly crypto: Pick<CryptoBackend, 'digest'> },
  lists: KeyLists,
): KeyBlocklist {
  const normalized = (texts: Iterable<string> = []) => new Set(Array.from(texts, (text) => text.trim().toLowerCase()))
  const spki = normalized(lists.spki)
  const debian = normalized(lists.debian)
  return Object.freeze({
    async find(publicKey: Uint8Array): Promise<string | undefined> {
      if (spki.size > 0 && spki.has(toHex(await crypto.digest('sha256', publicKey)))) {
        return 'the key is on the list of compromised keys'
      }
      const line = debian.size === 0 ? undefined : modulusLine(publicKey)
      if (line === undefined) return undefined
      const digest = toHex(await crypto.digest('sha1', new TextEncoder().encode(line)))
      return debian.has(digest.slice(20))
        ? 'the key was made by the broken generator of Debian (CVE-2008-0166)'
        : undefined
    },
  })
}

/** What `openssl rsa -modulus` prints, which the Debian list is made of. */
function modulusLine(publicKey: Uint8Array): string | undefined {
  if (describePublicKey(publicKey).family !== 'rsa') return undefined
  const { bytes } = SubjectPublicKeyInfo.decode(publicKey).subjectPublicKey
  return `Modulus=${RsaPublicKey.decode(bytes).modulus.toString(16).toUpperCase()}\n`
}
