import {
  CmsOriForKemOtherInfo,
  EccCmsSharedInfo,
  type HashName,
  hkdf,
  type KeyAgreementScheme,
  keyWrapAlgorithm,
  x963Kdf,
} from '../../algorithms/index.js'
import type { EncryptionBackend } from '../../ports/index.js'
import type { AlgorithmIdentifier } from '../../x509/index.js'

/**
 * The key-encryption keys that a shared secret and the parameters of the message give, RFC 5753 section 7.2 and RFC 8418
 * section 2: one, or for HKDF with user keying material two, because writers disagree whether that is also the salt.
 *
 * @param wrap the AlgorithmIdentifier of the key wrap, exactly as the message has it
 */
export async function agreementKeys(
  crypto: EncryptionBackend,
  scheme: KeyAgreementScheme,
  secret: Uint8Array,
  { wrap, ukm }: { readonly wrap: AlgorithmIdentifier; readonly ukm?: Uint8Array | undefined },
): Promise<readonly Uint8Array[]> {
  const length = keyWrapAlgorithm(scheme.wrap).keyLength
  const bits = length * 8
  const sharedInfo = EccCmsSharedInfo.encode({
    keyInfo: wrap,
    ...(ukm === undefined ? {} : { entityUInfo: ukm }),
    suppPubInfo: Uint8Array.of(bits >>> 24, bits >>> 16, bits >>> 8, bits),
  })
  if (scheme.derivation === 'x963') return [await x963Kdf(crypto, scheme.hash, secret, { sharedInfo, length })]
  const plain = await hkdf(crypto, scheme.hash, secret, { info: sharedInfo, length })
  if (ukm === undefined) return [plain]
  return [plain, await hkdf(crypto, scheme.hash, secret, { salt: ukm, info: sharedInfo, length })]
}

/** The key-encryption key of a KEM recipient, RFC 9629 section 5. */
export function kemKey(
  crypto: EncryptionBackend,
  hash: HashName,
  secret: Uint8Array,
  other: CmsOriForKemOtherInfo,
): Promise<Uint8Array> {
  return hkdf(crypto, hash, secret, { info: CmsOriForKemOtherInfo.encode(other), length: other.kekLength })
}
