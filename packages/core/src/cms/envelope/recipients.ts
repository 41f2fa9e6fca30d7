import {
  cipherIdentifier,
  derivationIdentifier,
  deriveFromPassword,
  describePublicKey,
  type HashName,
  hkdfIdentifier,
  type KeyWrapName,
  keyAgreementIdentifier,
  keyWrapAlgorithms,
  keyWrapIdentifier,
  type PasswordDerivation,
  parameterSetNamed,
  passwordWrapIdentifier,
  type RsaEncryption,
  rsaEncryptionIdentifier,
} from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import type { EncryptionBackend, RandomSource } from '../../ports/index.js'
import { Certificate, SubjectPublicKeyInfo } from '../../x509/index.js'
import { type CertificateIdentifier, certificateIdentifier, type IdentifierKind } from '../identifiers.js'
import { wrapWithPassword } from './password-wrap.js'
import { KemRecipientInfo, kemRecipientType, type RecipientInfo } from './recipient-info.js'
import { agreementKeys, kemKey } from './shared-secret.js'

/** Somebody who can open an envelope. */
export type Recipient =
  | {
      /** Whoever holds the private key of a certificate: RSA, elliptic curve, X25519, X448 or ML-KEM. */
      readonly kind: 'certificate'
      /** DER Certificate. */
      readonly certificate: Uint8Array
      /** How the message names the certificate. Default `issuerAndSerialNumber`. */
      readonly identifiedBy?: IdentifierKind
      /** For RSA keys. Default: RSAES-OAEP with SHA-256 and an empty label. */
      readonly rsa?: RsaEncryption
      /** For other keys: the hash of the key derivation. Default SHA-256. */
      readonly hash?: 'sha256' | 'sha384' | 'sha512'
      /** For X25519 and X448. Default `hkdf` (RFC 8418); elliptic curves have `x963`. */
      readonly derivation?: 'x963' | 'hkdf'
    }
  | {
      /** Whoever holds a symmetric key: 16, 24 or 32 octets. */
      readonly kind: 'key'
      readonly keyIdentifier: Uint8Array
      readonly key: Uint8Array
    }
  | {
      /** Whoever knows a password. */
      readonly kind: 'password'
      readonly password: string
      /** PBKDF2 iterations with HMAC-SHA-256. Default 600,000. */
      readonly iterations?: number
    }

/** What making an envelope needs. */
export interface EnvelopeDeps {
  readonly crypto: EncryptionBackend
  readonly random: RandomSource
}

/**
 * The RecipientInfo that gives a content-encryption key to a recipient.
 *
 * @throws CertwrightError `algorithm` when the recipient's key cannot be encrypted to.
 */
export function recipientInfo(deps: EnvelopeDeps, recipient: Recipient, key: Uint8Array): Promise<RecipientInfo> {
  if (recipient.kind === 'key') return kekInfo(deps, recipient, key)
  if (recipient.kind === 'password') return passwordInfo(deps, recipient, key)
  return certificateInfo(deps, recipient, key)
}

type CertificateRecipient = Extract<Recipient, { kind: 'certificate' }>

async function certificateInfo(deps: EnvelopeDeps, recipient: CertificateRecipient, key: Uint8Array) {
  const { certificate, identifiedBy = 'issuerAndSerialNumber' } = recipient
  const { subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
  const publicKey = SubjectPublicKeyInfo.encode(subjectPublicKeyInfo)
  const rid = certificateIdentifier(certificate, identifiedBy)
  const { family, parameterSet } = describePublicKey(publicKey)
  if (family === 'rsa') return transportInfo(deps, recipient, { rid, publicKey, key })
  if (family === 'ecdsa' || family === 'x25519' || family === 'x448') {
    const derivation = family === 'ecdsa' ? 'x963' : (recipient.derivation ?? 'hkdf')
    return agreementInfo(deps, recipient.hash ?? 'sha256', derivation, { rid, publicKey, key })
  }
  if (parameterSet !== undefined && family === 'ml-kem') {
    return kemInfo(deps, recipient.hash ?? 'sha256', { rid, publicKey, key }, parameterSet)
  }
  throw new CertwrightError('algorithm', `nothing can be encrypted to an ${family} key`)
}

interface To {
  readonly rid: CertificateIdentifier
  readonly publicKey: Uint8Array
  readonly key: Uint8Array
}

const oaepSha256: RsaEncryption = { scheme: 'oaep', hash: 'sha256', mgfHash: 'sha256', label: new Uint8Array(0) }

async function transportInfo(deps: EnvelopeDeps, { rsa = oaepSha256 }: CertificateRecipient, to: To) {
  const { rid, publicKey, key } = to
  const value = {
    version: rid.type === 'issuerAndSerialNumber' ? 0 : 2,
    rid,
    keyEncryptionAlgorithm: rsaEncryptionIdentifier(rsa),
    encryptedKey: await deps.crypto.encryptRsa(rsa, publicKey, key),
  }
  return { type: 'ktri', value } as const
}

/** The key wrap that is as strong as the key it wraps. */
function wrapFor(key: Uint8Array): KeyWrapName {
  const found = keyWrapAlgorithms.find(({ legacy, keyLength }) => !legacy && keyLength >= key.length)
  return found?.name ?? 'aes-256-wrap'
}

async function agreementInfo(deps: EnvelopeDeps, hash: HashName, derivation: 'x963' | 'hkdf', to: To) {
  const wrapName = wrapFor(to.key)
  const wrap = keyWrapIdentifier(wrapName)
  const scheme = { derivation, hash, wrap: wrapName } as const
  const { sent, secret } = await deps.crypto.agree(to.publicKey)
  const [kek = new Uint8Array(0)] = await agreementKeys(deps.crypto, scheme, secret, { wrap })
  const { algorithm, subjectPublicKey } = SubjectPublicKeyInfo.decode(sent)
  const encryptedKey = await deps.crypto.wrapKey(wrapName, kek, to.key)
  const value = {
    version: 3,
    originator: { type: 'originatorKey', value: { algorithm, publicKey: subjectPublicKey } },
    keyEncryptionAlgorithm: keyAgreementIdentifier(scheme),
    recipientEncryptedKeys: [{ rid: agreementIdentifier(to.rid), encryptedKey }],
  } as const
  return { type: 'kari', value } as const
}

const agreementIdentifier = (rid: CertificateIdentifier) =>
  rid.type === 'issuerAndSerialNumber' ? rid : ({ type: 'rKeyId', value: { subjectKeyIdentifier: rid.value } } as const)

async function kemInfo(deps: EnvelopeDeps, hash: HashName, to: To, parameterSet: string) {
  const { sent, secret } = await deps.crypto.encapsulate(to.publicKey)
  const wrap = keyWrapIdentifier('aes-256-wrap')
  const kek = await kemKey(deps.crypto, hash, secret, { wrap, kekLength: 32 })
  const info = KemRecipientInfo.encode({
    version: 0,
    rid: to.rid,
    kem: { algorithm: parameterSetNamed(parameterSet)?.oid ?? '' },
    kemct: sent,
    kdf: hkdfIdentifier(hash),
    kekLength: 32,
    wrap,
    encryptedKey: await deps.crypto.wrapKey('aes-256-wrap', kek, to.key),
  })
  return { type: 'ori', value: { oriType: kemRecipientType, oriValue: info } } as const
}

async function kekInfo(
  deps: EnvelopeDeps,
  { keyIdentifier, key: kek }: Extract<Recipient, { kind: 'key' }>,
  key: Uint8Array,
) {
  const wrap = keyWrapAlgorithms.find(({ legacy, keyLength }) => !legacy && keyLength === kek.length)
  if (wrap === undefined) throw new CertwrightError('algorithm', 'a key-encryption key has 16, 24 or 32 octets')
  const value = {
    version: 4,
    kekid: { keyIdentifier },
    keyEncryptionAlgorithm: keyWrapIdentifier(wrap.name),
    encryptedKey: await deps.crypto.wrapKey(wrap.name, kek, key),
  }
  return { type: 'kekri', value } as const
}

async function passwordInfo(
  deps: EnvelopeDeps,
  { password, iterations = 600_000 }: Extract<Recipient, { kind: 'password' }>,
  key: Uint8Array,
) {
  const derivation: PasswordDerivation = { kind: 'pbkdf2', hash: 'sha256', salt: deps.random.bytes(16), iterations }
  const kek = await deriveFromPassword(deps.crypto, new TextEncoder().encode(password), derivation, 32)
  const scheme = { name: 'aes-256-cbc', iv: deps.random.bytes(16) } as const
  const value = {
    version: 0,
    keyDerivationAlgorithm: derivationIdentifier(derivation),
    keyEncryptionAlgorithm: passwordWrapIdentifier(cipherIdentifier(scheme)),
    encryptedKey: await wrapWithPassword(deps, scheme, kek, key),
  }
  return { type: 'pwri', value } as const
}
