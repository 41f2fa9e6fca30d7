import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import { SubjectPublicKeyInfo } from '../x509/index.js'
import type { HashName } from './names.js'

/**
 * How the identifier of a public key is made from it.
 *
 * | method | identifier |
 * |---|---|
 * | `rfc7093-1` | the leftmost 160 bits of the SHA-256 hash of the subjectPublicKey's value (RFC 7093 section 2) |
 * | `rfc7093-2` | the same of the SHA-384 hash |
 * | `rfc7093-3` | the same of the SHA-512 hash |
 * | `rfc7093-4` | the SHA-256 hash of the whole SubjectPublicKeyInfo, 32 octets |
 * | `sha1` | the SHA-1 hash of the subjectPublicKey's value, 20 octets (RFC 5280 section 4.2.1.2, method 1) |
 * | `sha1-64` | four bits 0100, then the last 60 bits of that hash: 8 octets (method 2) |
 *
 * An identifier is a name and no proof, so SHA-1 is as good here as any; it is what most older software makes.
 */
export type KeyIdentifierMethod = 'rfc7093-1' | 'rfc7093-2' | 'rfc7093-3' | 'rfc7093-4' | 'sha1' | 'sha1-64'

interface MethodRule {
  readonly hash: HashName
  readonly of: 'key' | 'info'
  readonly finish: (hash: Uint8Array) => Uint8Array
}

const leftmost160 = (hash: Uint8Array): Uint8Array => hash.slice(0, 20)
const whole = (hash: Uint8Array): Uint8Array => hash.slice()
const typed60 = (hash: Uint8Array): Uint8Array => {
  const last = hash.slice(-8)
  last[0] = 0x40 | ((last[0] ?? 0) & 0x0f)
  return last
}

const methods: ReadonlyMap<string, MethodRule> = new Map<KeyIdentifierMethod, MethodRule>([
  ['rfc7093-1', { hash: 'sha256', of: 'key', finish: leftmost160 }],
  ['rfc7093-2', { hash: 'sha384', of: 'key', finish: leftmost160 }],
  ['rfc7093-3', { hash: 'sha512', of: 'key', finish: leftmost160 }],
  ['rfc7093-4', { hash: 'sha256', of: 'info', finish: whole }],
  ['sha1', { hash: 'sha1', of: 'key', finish: whole }],
  ['sha1-64', { hash: 'sha1', of: 'key', finish: typed60 }],
])

/** The names of all methods; the first is the default. */
export const keyIdentifierMethods = [...methods.keys()] as readonly KeyIdentifierMethod[]

/**
 * The key identifier of a public key, for the subjectKeyIdentifier extension. An authorityKeyIdentifier is never
 * computed: it repeats the subjectKeyIdentifier that the issuer's certificate has.
 *
 * @param publicKey DER SubjectPublicKeyInfo
 * @param method RFC 7093 method 1 when absent
 * @returns 8, 20 or 32 octets, as the method says
 * @throws Asn1Error when the key is no SubjectPublicKeyInfo; CertwrightError `configuration` for an unknown method.
 */
export async function keyIdentifier(
  crypto: CryptoBackend,
  publicKey: Uint8Array,
  method: KeyIdentifierMethod = 'rfc7093-1',
): Promise<Uint8Array> {
  const rule = methods.get(method)
  if (rule === undefined) {
    const known = keyIdentifierMethods.join(', ')
    throw new CertwrightError('configuration', `the key identifier method "${method}" is none of ${known}`)
  }
  const { subjectPublicKey } = SubjectPublicKeyInfo.decode(publicKey)
  return rule.finish(await crypto.digest(rule.hash, rule.of === 'key' ? subjectPublicKey.bytes : publicKey))
}
