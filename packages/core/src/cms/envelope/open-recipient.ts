import {
  cipherKeyLength,
  type DerivationLimits,
  derivationOf,
  deriveFromPassword,
  hkdfHashOf,
  keyAgreementOf,
  keyWrapAlgorithm,
  keyWrapOf,
  parameterSetOf,
  passwordWrapOf,
  rsaEncryptionOf,
} from '../../algorithms/index.js'
import { Asn1Error, equalBytes } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { DecryptionKey, EncryptionBackend, RandomSource } from '../../ports/index.js'
import { AlgorithmIdentifier, Certificate, SubjectPublicKeyInfo, type TBSCertificate } from '../../x509/index.js'
import { type CertificateIdentifier, identifies } from '../identifiers.js'
import { unwrapWithPassword } from './password-wrap.js'
import {
  KemRecipientInfo,
  type KeyAgreeRecipientIdentifier,
  type KeyAgreeRecipientInfo,
  type KeyTransRecipientInfo,
  kemRecipientType,
  type RecipientInfo,
} from './recipient-info.js'
import { agreementKeys, kemKey } from './shared-secret.js'

/** What somebody opens an envelope with. */
export type Opener =
  | {
      readonly kind: 'private-key'
      readonly key: DecryptionKey
      /** DER Certificate of the key: finds the recipient in the message. Without it the first few that fit are tried. */
      readonly certificate?: Uint8Array
    }
  | {
      readonly kind: 'key'
      readonly key: Uint8Array
      /** Without it every recipient with a symmetric key is tried, up to a few. */
      readonly keyIdentifier?: Uint8Array
    }
  | { readonly kind: 'password'; readonly password: string }

/** What opening an envelope needs. */
export interface OpenDeps {
  readonly crypto: EncryptionBackend
  /** Makes the key that stands in for one that is not there, so that the difference does not show. */
  readonly random: RandomSource
}

/** A recipient is tried at most so often: each attempt is a private-key operation or a key derivation. */
const maxAttempts = 4

/** Gives the content-encryption keys that may be the right one, most likely only one. */
export async function* candidateKeys(
  deps: OpenDeps,
  infos: readonly RecipientInfo[],
  opener: Opener,
  options: { readonly keyLength: number; readonly limits: DerivationLimits },
): AsyncGenerator<Uint8Array> {
  const certificate =
    opener.kind === 'private-key' && opener.certificate !== undefined
      ? Certificate.decode(opener.certificate).tbsCertificate.value
      : undefined
  let attempts = 0
  let unknown: unknown
  for (const info of infos) {
    if (!isFor(info, opener, certificate)) continue
    attempts += 1
    if (attempts > maxAttempts) break
    try {
      yield* keysFrom(deps, info, opener, options, certificate)
    } catch (error) {
      if (isUnknown(error)) unknown = error
      else if (!isOrdinary(error)) throw error
    }
  }
  if (unknown !== undefined) throw unknown
}

/** What one recipient's part can be wrong with; the next one may still be right. */
const isOrdinary = (error: unknown): boolean =>
  error instanceof Asn1Error ||
  (error instanceof CertwrightError && (error.code === 'decryption' || error.code === 'key'))

/** An algorithm that the tables do not have, or too much work: said if no other recipient's part helps. */
const isUnknown = (error: unknown): boolean =>
  error instanceof CertwrightError && (error.code === 'algorithm' || error.code === 'limit')

function isFor(info: RecipientInfo, opener: Opener, certificate: TBSCertificate | undefined): boolean {
  if (opener.kind === 'password') return info.type === 'pwri'
  if (opener.kind === 'key') {
    const { keyIdentifier } = opener
    if (info.type !== 'kekri') return false
    return keyIdentifier === undefined || equalBytes(info.value.kekid.keyIdentifier, keyIdentifier)
  }
  const { key } = opener
  const isNamed = (rid: CertificateIdentifier) => certificate === undefined || identifies(rid, certificate)
  if (info.type === 'ktri') return key.decryptRsa !== undefined && isNamed(info.value.rid)
  if (info.type === 'kari') {
    return key.agree !== undefined && info.value.recipientEncryptedKeys.some(({ rid }) => isNamed(toIdentifier(rid)))
  }
  // A malformed recipient of another kind is not looked into until it is tried.
  return info.type === 'ori' && info.value.oriType === kemRecipientType && key.decapsulate !== undefined
}

const toIdentifier = (rid: KeyAgreeRecipientIdentifier): CertificateIdentifier =>
  rid.type === 'issuerAndSerialNumber' ? rid : { type: 'subjectKeyIdentifier', value: rid.value.subjectKeyIdentifier }

async function* keysFrom(
  deps: OpenDeps,
  info: RecipientInfo,
  opener: Opener,
  options: { readonly keyLength: number; readonly limits: DerivationLimits },
  certificate: TBSCertificate | undefined,
): AsyncGenerator<Uint8Array> {
  if (opener.kind === 'password') {
    if (info.type === 'pwri') yield openPassword(deps.crypto, info.value, opener.password, options.limits)
    return
  }
  if (opener.kind === 'key') {
    if (info.type !== 'kekri') return
    const wrap = keyWrapOf(info.value.keyEncryptionAlgorithm)
    yield deps.crypto.unwrapKey(wrap, opener.key, info.value.encryptedKey)
    return
  }
  if (info.type === 'ktri') yield openTransport(deps, info.value, opener.key, options.keyLength)
  if (info.type === 'kari') yield* openAgreement(deps.crypto, info.value, opener.key, certificate)
  if (info.type === 'ori') {
    const value = KemRecipientInfo.decode(info.value.oriValue)
    if (certificate === undefined || identifies(value.rid, certificate)) yield openKem(deps.crypto, value, opener.key)
  }
}

/**
 * RFC 3218 section 2.3: a key of another length than the cipher's gives way to a random one, so that the content fails to
 * decrypt like with any other wrong key. The backend has already made wrong padding look like a key.
 */
async function openTransport(
  { random }: OpenDeps,
  { keyEncryptionAlgorithm, encryptedKey }: KeyTransRecipientInfo,
  key: DecryptionKey,
  keyLength: number,
): Promise<Uint8Array> {
  const encryption = rsaEncryptionOf(keyEncryptionAlgorithm)
  const substitute = random.bytes(keyLength)
  if (key.decryptRsa === undefined) return substitute
  const decrypted = await key.decryptRsa(encryption, encryptedKey)
  return decrypted.length === keyLength ? decrypted : substitute
}

async function* openAgreement(
  crypto: EncryptionBackend,
  { originator, ukm, keyEncryptionAlgorithm, recipientEncryptedKeys }: KeyAgreeRecipientInfo,
  key: DecryptionKey,
  certificate: TBSCertificate | undefined,
): AsyncGenerator<Uint8Array> {
  if (originator.type !== 'originatorKey' || key.agree === undefined) {
    throw new CertwrightError('algorithm', 'key agreement is supported with an ephemeral key of the sender')
  }
  const own = SubjectPublicKeyInfo.decode(key.publicKey)
  const { algorithm, publicKey } = originator.value
  if (algorithm.algorithm !== own.algorithm.algorithm) throw cannotDecrypt()
  // The curve may be left out (RFC 5753 section 3.1.1): it is the recipient's, and the backend checks the point.
  const peer = SubjectPublicKeyInfo.encode({ algorithm: own.algorithm, subjectPublicKey: publicKey })
  const scheme = keyAgreementOf(keyEncryptionAlgorithm)
  const wrap = AlgorithmIdentifier.decode(keyEncryptionAlgorithm.parameters ?? new Uint8Array(0))
  const secret = await key.agree(peer)
  const keks = await agreementKeys(crypto, scheme, secret, { wrap, ukm })
  const mine = recipientEncryptedKeys.filter(
    ({ rid }) => certificate === undefined || identifies(toIdentifier(rid), certificate),
  )
  for (const { encryptedKey } of mine.slice(0, maxAttempts)) {
    for (const kek of keks) {
      try {
        yield await crypto.unwrapKey(scheme.wrap, kek, encryptedKey)
      } catch (error) {
        if (!isOrdinary(error)) throw error
      }
    }
  }
}

async function openKem(crypto: EncryptionBackend, info: KemRecipientInfo, key: DecryptionKey): Promise<Uint8Array> {
  const { kem, kemct, kdf, kekLength, ukm, wrap, encryptedKey } = info
  const set = parameterSetOf(kem.algorithm)
  const wrapName = keyWrapOf(wrap)
  const isKnown = set?.family === 'ml-kem' && kem.parameters === undefined
  if (!isKnown || key.decapsulate === undefined) {
    throw new CertwrightError('algorithm', `key encapsulation ${kem.algorithm} is not supported`)
  }
  if (keyWrapAlgorithm(wrapName).keyLength !== kekLength || kemct.length !== set.output) throw cannotDecrypt()
  const secret = await key.decapsulate(kemct)
  const other = { wrap, kekLength, ...(ukm === undefined ? {} : { ukm }) }
  return crypto.unwrapKey(wrapName, await kemKey(crypto, hkdfHashOf(kdf), secret, other), encryptedKey)
}

async function openPassword(
  crypto: EncryptionBackend,
  info: Extract<RecipientInfo, { type: 'pwri' }>['value'],
  password: string,
  limits: DerivationLimits,
): Promise<Uint8Array> {
  const { keyDerivationAlgorithm, keyEncryptionAlgorithm, encryptedKey } = info
  if (keyDerivationAlgorithm === undefined) {
    throw new CertwrightError('algorithm', 'a password recipient without key derivation is not supported')
  }
  const scheme = passwordWrapOf(keyEncryptionAlgorithm)
  const derivation = derivationOf(keyDerivationAlgorithm, limits)
  const octets = new TextEncoder().encode(password)
  const kek = await deriveFromPassword(crypto, octets, derivation, cipherKeyLength(scheme))
  return unwrapWithPassword(crypto, scheme, kek, encryptedKey)
}

/** Whatever was wrong, the answer is this one. */
export const cannotDecrypt = (): CertwrightError =>
  new CertwrightError('decryption', 'the content cannot be decrypted with this key')
