import {
  type CipherName,
  type CipherScheme,
  cipherAlgorithm,
  cipherIdentifier,
  cipherKeyLength,
  cipherSchemeOf,
  type DerivationLimits,
} from '../../algorithms/index.js'
import { concatBytes, type DecodeOptions, equalBytes, objectIdentifier } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { Attribute } from '../../x509/index.js'
import { attribute, attributeTypeOid } from '../attributes.js'
import { contentOfAnyType } from '../content.js'
import { ContentInfo, contentTypeOid } from '../content-info.js'
import { Attributes, AuthEnvelopedData, type EncryptedContentInfo, EnvelopedData } from './enveloped-data.js'
import { candidateKeys, cannotDecrypt, type OpenDeps, type Opener } from './open-recipient.js'
import type { RecipientInfo } from './recipient-info.js'
import { type EnvelopeDeps, type Recipient, recipientInfo } from './recipients.js'

/** What to put into an envelope, and for whom. */
export interface EnvelopeOptions {
  readonly content: Uint8Array
  /** OID of the content's type. Default: data. */
  readonly contentType?: string
  /** At least one. */
  readonly recipients: readonly Recipient[]
  /**
   * Default `aes-256-gcm`. An authenticated cipher makes AuthEnvelopedData (RFC 5083), whose content cannot be changed
   * unnoticed; one in CBC mode makes EnvelopedData (RFC 5652 section 6), for readers that know nothing else.
   */
  readonly cipher?: CipherName
  /**
   * Attributes that everybody can read: authenticated with an authenticated cipher, else not. The content type is put among
   * the authenticated ones where it is not data.
   */
  readonly attributes?: readonly Attribute[]
}

/**
 * Encrypts content to recipients: a ContentInfo with AuthEnvelopedData or EnvelopedData, in DER.
 *
 * @throws CertwrightError `configuration` without recipients; `algorithm` for a legacy cipher or a key that cannot be
 * encrypted to.
 */
export async function encodeEnvelope(deps: EnvelopeDeps, options: EnvelopeOptions): Promise<Uint8Array> {
  const { content, contentType = contentTypeOid.data, recipients, cipher = 'aes-256-gcm', attributes } = options
  const { mode, legacy, keyLength, ivLength } = cipherAlgorithm(cipher)
  if (legacy) throw new CertwrightError('algorithm', `the cipher ${cipher} is for reading only`)
  if (recipients.length === 0) throw new CertwrightError('configuration', 'an envelope needs at least one recipient')
  const key = deps.random.bytes(keyLength)
  const recipientInfos: RecipientInfo[] = []
  for (const recipient of recipients) recipientInfos.push(await recipientInfo(deps, recipient, key))
  const scheme: CipherScheme = { name: cipher, iv: deps.random.bytes(ivLength) }
  const authAttrs = mode === 'aead' ? authenticated(contentType, attributes) : undefined
  const additionalData = authAttrs === undefined ? {} : { additionalData: authAttrs.der }
  const encrypted = await deps.crypto.encrypt(cipher, { key, iv: scheme.iv, ...additionalData }, content)
  const info = { contentType, contentEncryptionAlgorithm: cipherIdentifier(scheme) }
  if (mode === 'cbc') {
    const value = EnvelopedData.encode({
      version: versionOf(recipientInfos, attributes !== undefined),
      recipientInfos,
      encryptedContentInfo: { ...info, encryptedContent: encrypted },
      ...(attributes === undefined ? {} : { unprotectedAttrs: attributes }),
    })
    return ContentInfo.encode({ contentType: contentTypeOid.envelopedData, content: value })
  }
  const split = encrypted.length - 16
  const value = AuthEnvelopedData.encode({
    version: 0,
    recipientInfos,
    authEncryptedContentInfo: { ...info, encryptedContent: encrypted.subarray(0, split) },
    ...(authAttrs === undefined ? {} : { authAttrs: authAttrs.value }),
    mac: encrypted.subarray(split),
  })
  return ContentInfo.encode({ contentType: contentTypeOid.authEnvelopedData, content: value })
}

/**
 * Attributes are authenticated as the DER of a SET OF, and sent as [1] IMPLICIT (RFC 5083 section 2.2). Content other than
 * data has some (section 2.1): the content type, which nothing else protects.
 */
function authenticated(contentType: string, given: readonly Attribute[] = []) {
  const isNamed = contentType === contentTypeOid.data || contentTypesOf(given).length > 0
  const typed = attribute(attributeTypeOid.contentType, objectIdentifier, contentType)
  const attributes = isNamed ? given : [typed, ...given]
  if (attributes.length === 0) return undefined
  const der = Attributes.encode(attributes)
  const bytes = Uint8Array.from(der)
  bytes[0] = 0xa1
  return { der, value: { bytes, value: attributes } }
}

const contentTypesOf = (attributes: readonly Attribute[]): readonly Uint8Array[] =>
  attributes.flatMap(({ type, values }) => (type === attributeTypeOid.contentType ? values : []))

/** Whether the content type is the authenticated one, or that of plain data. */
function isOfItsType(contentType: string, attributes: readonly Attribute[]): boolean {
  const types = contentTypesOf(attributes)
  if (types.length === 0) return contentType === contentTypeOid.data
  return types.every((type) => equalBytes(type, objectIdentifier.encode(contentType)))
}

/** RFC 5652 section 6.1. */
function versionOf(infos: readonly RecipientInfo[], hasAttributes: boolean): number {
  if (infos.some(({ type }) => type === 'pwri' || type === 'ori')) return 3
  const isPlain = infos.every(({ type, value }) => type === 'ktri' && 'version' in value && value.version === 0)
  return isPlain && !hasAttributes ? 0 : 2
}

/** How much a message may ask for, and how it is encoded. */
export interface OpenOptions extends DecodeOptions {
  /** Recipients that a message may have. Default 1000. */
  readonly maxRecipients?: number
  /** Work for a password. */
  readonly derivation?: DerivationLimits
  /** The ciphers that are accepted. Default: all of the tables, the legacy ones included. */
  readonly ciphers?: readonly CipherName[]
}

/** What was in an envelope. */
export interface OpenedEnvelope {
  readonly content: Uint8Array
  readonly contentType: string
  readonly cipher: CipherName
  /** Whether the content and its type are authenticated: nobody without the key has changed them. */
  readonly authenticated: boolean
  /** Authenticated if the content is. */
  readonly attributes: readonly Attribute[]
  /** Never authenticated. */
  readonly unauthenticatedAttributes: readonly Attribute[]
}

/**
 * Opens a ContentInfo with EnvelopedData or AuthEnvelopedData.
 *
 * @throws Asn1Error when the message is malformed.
 * @throws CertwrightError `decryption` when there is no recipient for this key or password, it is wrong, or the content
 * was changed: which of them is not told; `algorithm` for what the tables do not have; `limit` when the message asks
 * for more work than allowed.
 */
export async function openEnvelope(
  deps: OpenDeps,
  bytes: Uint8Array,
  opener: Opener,
  options: OpenOptions = {},
): Promise<OpenedEnvelope> {
  const { type, content } = contentOfAnyType(bytes, ['envelopedData', 'authEnvelopedData'], options)
  const message = type === 'envelopedData' ? readEnveloped(content, options) : readAuthEnveloped(content, options)
  const maxRecipients = options.maxRecipients ?? 1000
  if (message.recipientInfos.length > maxRecipients) {
    throw new CertwrightError('limit', `the message has more than ${maxRecipients} recipients`)
  }
  const { contentType, contentEncryptionAlgorithm } = message.info
  const scheme = cipherSchemeOf(contentEncryptionAlgorithm)
  const authenticates = cipherAlgorithm(scheme.name).mode === 'aead'
  const isAllowed = options.ciphers === undefined || options.ciphers.includes(scheme.name)
  if (!isAllowed || authenticates !== (type === 'authEnvelopedData')) {
    throw new CertwrightError('algorithm', `the cipher ${scheme.name} is not accepted here`)
  }
  return {
    content: await decryptWith(deps, message, opener, scheme, options),
    contentType,
    cipher: scheme.name,
    authenticated: authenticates,
    attributes: message.attributes,
    unauthenticatedAttributes: message.unauthenticatedAttributes,
  }
}

interface Message {
  readonly recipientInfos: readonly RecipientInfo[]
  readonly info: EncryptedContentInfo
  /** Ciphertext, and tag where there is one. */
  readonly encrypted: Uint8Array
  readonly tagLength: number | undefined
  readonly additionalData: Uint8Array | undefined
  readonly attributes: readonly Attribute[]
  readonly unauthenticatedAttributes: readonly Attribute[]
}

function readEnveloped(content: Uint8Array, options: DecodeOptions): Message {
  const { recipientInfos, encryptedContentInfo: info, unprotectedAttrs } = EnvelopedData.decode(content, options)
  const encrypted = encryptedContent(info)
  const none = { tagLength: undefined, additionalData: undefined, attributes: [] }
  return { recipientInfos, info, encrypted, ...none, unauthenticatedAttributes: unprotectedAttrs ?? [] }
}

function readAuthEnveloped(content: Uint8Array, options: DecodeOptions): Message {
  const { recipientInfos, ...rest } = AuthEnvelopedData.decode(content, options)
  const { authEncryptedContentInfo: info, authAttrs, mac, unauthAttrs } = rest
  if (!isOfItsType(info.contentType, authAttrs?.value ?? [])) throw cannotDecrypt()
  return {
    recipientInfos,
    info,
    encrypted: concatBytes(encryptedContent(info), mac),
    tagLength: mac.length,
    additionalData: authAttrs === undefined ? undefined : Attributes.encode(authAttrs.value),
    attributes: authAttrs?.value ?? [],
    unauthenticatedAttributes: unauthAttrs ?? [],
  }
}

function encryptedContent({ encryptedContent: octets }: EncryptedContentInfo): Uint8Array {
  if (octets !== undefined) return octets
  throw new CertwrightError('configuration', 'the encrypted content is not in the message')
}

async function decryptWith(
  deps: OpenDeps,
  { recipientInfos, encrypted, tagLength, additionalData }: Message,
  opener: Opener,
  scheme: CipherScheme,
  options: OpenOptions,
): Promise<Uint8Array> {
  if (tagLength !== scheme.tagLength) throw cannotDecrypt()
  const limits = options.derivation ?? {}
  const keyLength = cipherKeyLength(scheme)
  const cipherOptions = {
    iv: scheme.iv,
    ...(tagLength === undefined ? {} : { tagLength }),
    ...(additionalData === undefined ? {} : { additionalData }),
  }
  for await (const key of candidateKeys(deps, recipientInfos, opener, { keyLength, limits })) {
    if (key.length !== keyLength) continue
    try {
      return await deps.crypto.decrypt(scheme.name, { key, ...cipherOptions }, encrypted)
    } catch (error) {
      if (!(error instanceof CertwrightError && error.code === 'decryption')) throw error
    }
  }
  throw cannotDecrypt()
}
