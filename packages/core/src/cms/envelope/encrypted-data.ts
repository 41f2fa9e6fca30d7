import {
  type CipherName,
  cipherAlgorithm,
  cipherIdentifier,
  cipherKeyLength,
  cipherSchemeOf,
} from '../../algorithms/index.js'
import type { DecodeOptions } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { EncryptionBackend } from '../../ports/index.js'
import { contentOfType } from '../content.js'
import { ContentInfo, contentTypeOid } from '../content-info.js'
import { EncryptedData } from './enveloped-data.js'
import { cannotDecrypt } from './open-recipient.js'
import type { EnvelopeDeps } from './recipients.js'

/**
 * Encrypts content under a key that the reader has already: a ContentInfo with EncryptedData (RFC 5652 section 8).
 *
 * @param options `cipher`, one in CBC mode, default `aes-256-cbc`; `key`, as long as the cipher wants
 * @throws CertwrightError `algorithm` for a legacy or an authenticated cipher, which EncryptedData has no place for;
 * `key` for a key of another length.
 */
export async function encodeEncryptedData(
  deps: EnvelopeDeps,
  options: {
    readonly content: Uint8Array
    readonly key: Uint8Array
    readonly contentType?: string
    readonly cipher?: CipherName
  },
): Promise<Uint8Array> {
  const { content, key, contentType = contentTypeOid.data, cipher = 'aes-256-cbc' } = options
  const { mode, legacy, ivLength } = cipherAlgorithm(cipher)
  if (mode !== 'cbc' || legacy) throw new CertwrightError('algorithm', `EncryptedData is not written with ${cipher}`)
  const iv = deps.random.bytes(ivLength)
  const value = EncryptedData.encode({
    version: 0,
    encryptedContentInfo: {
      contentType,
      contentEncryptionAlgorithm: cipherIdentifier({ name: cipher, iv }),
      encryptedContent: await deps.crypto.encrypt(cipher, { key, iv }, content),
    },
  })
  return ContentInfo.encode({ contentType: contentTypeOid.encryptedData, content: value })
}

/**
 * Opens a ContentInfo with EncryptedData.
 *
 * @throws Asn1Error when the message is malformed.
 * @throws CertwrightError `decryption` when the key is wrong or the content was changed.
 */
export async function openEncryptedData(
  { crypto }: { readonly crypto: EncryptionBackend },
  bytes: Uint8Array,
  key: Uint8Array,
  options: DecodeOptions = {},
): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const { encryptedContentInfo } = EncryptedData.decode(contentOfType(bytes, 'encryptedData', options), options)
  const { contentType, contentEncryptionAlgorithm, encryptedContent } = encryptedContentInfo
  const scheme = cipherSchemeOf(contentEncryptionAlgorithm)
  if (encryptedContent === undefined) {
    throw new CertwrightError('configuration', 'the encrypted content is not in the message')
  }
  if (key.length !== cipherKeyLength(scheme) || scheme.tagLength !== undefined) throw cannotDecrypt()
  return { content: await crypto.decrypt(scheme.name, { key, iv: scheme.iv }, encryptedContent), contentType }
}
