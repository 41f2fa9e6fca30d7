import { encodePkcs12, type Pkcs12Options } from '../cms/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, EncryptionBackend, KeyGenerator, KeyType, RandomSource } from '../ports/index.js'
import type { CertificateOrder, Issuer } from './types.js'

/** What issuing with a key made here needs. */
export interface ServerKeyDeps {
  readonly generator: KeyGenerator
  readonly crypto: EncryptionBackend
  readonly random: RandomSource
}

/** An order for a certificate whose key is made here. */
export interface ServerKeyOrder extends Omit<CertificateOrder, 'publicKey' | 'serverKey'> {
  /** That of the profile's `p12` when absent: another one is refused. */
  readonly keyType?: KeyType
  /** Protects the file; at least 8 characters. */
  readonly password: string
  /** What people know the key by; the subject when absent. */
  readonly friendlyName?: string
  /** How the file is protected. */
  readonly pkcs12?: Pkcs12Options
}

/** A certificate with its key. */
export interface IssuedWithKey {
  /** DER PFX (PKCS #12, RFC 7292): the key, its certificate and those of the CAs above, under the password. */
  readonly pkcs12: Uint8Array
  readonly record: CertificateRecord
}

/** Shorter passwords are found from the file alone. */
const minPassword = 8

/**
 * Makes a key, has it certified, and gives both as a PKCS #12 file, under a profile that has `p12`. The key is kept nowhere:
 * who loses the file orders another one. That is also why the same `requestId` cannot be used again: it would be for
 * another key.
 *
 * @throws CertwrightError `configuration` for a password that is too short and for options that cannot be, `conflict` for a
 *   request id that was used, `algorithm` for a type of key that cannot be made; ProfileViolationError `server-key` for a
 *   profile without `p12` or with another type of key; what issuing throws. The key is made, and the options of the file
 *   are tried, before anything is recorded.
 */
export async function issueWithKey(deps: ServerKeyDeps, issuer: Issuer, order: ServerKeyOrder): Promise<IssuedWithKey> {
  const { password, friendlyName, pkcs12, ...asked } = order
  const { keyType = issuer.serverKeyType?.(asked.profile) ?? 'rsa-2048', ...rest } = asked
  if (password.length < minPassword) {
    throw new CertwrightError('configuration', `the password of the key must have at least ${minPassword} characters`)
  }
  const { publicKey, privateKey } = await deps.generator.generate(keyType)
  const fileOf = (certificates: readonly Uint8Array[], name = '') => {
    const contents = { keys: [{ privateKey, certificates, ...(name === '' ? {} : { friendlyName: name }) }] }
    return encodePkcs12(deps, contents, password, pkcs12)
  }
  // A certificate whose key cannot be delivered is good for nobody.
  await fileOf([], friendlyName)
  const { certificate, record } = await issuer.order({ ...rest, publicKey, serverKey: true })
  const file = await fileOf([certificate, ...(await issuer.certificates())], friendlyName ?? record.subject)
  return { pkcs12: file, record }
}
