import {
  type HashName,
  hashAlgorithm,
  hashAlgorithmIdentifier,
  signatureAlgorithm,
  signatureAlgorithmIdentifier,
  signerAlgorithmIdentifier,
} from '../algorithms/index.js'
import {
  compareBytes,
  concatBytes,
  equalBytes,
  implicit,
  objectIdentifier,
  setOf,
  smallInteger,
} from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Awaitable, CryptoBackend, Signer } from '../ports/index.js'
import { AlgorithmIdentifier, Attribute, Certificate, SubjectPublicKeyInfo } from '../x509/index.js'
import {
  attribute,
  attributeTypeOid,
  CmsAlgorithmProtection,
  SigningCertificate,
  SigningCertificateV2,
  SigningTime,
} from './attributes.js'
import { type Content, type Digests, digestContent } from './content.js'
import { contentTypeOid } from './content-info.js'
import { type Element, element, encodeElement, setOfElements } from './element.js'
import { CertificateIdentifier, certificateIdentifier, type IdentifierKind } from './identifiers.js'

const UnsignedAttributes = implicit(1, setOf(Attribute, { min: 1 }))

/** Who signs, and how its signatures look; the same for every message. */
export interface CmsSignerOptions {
  readonly signer: Signer
  /** DER Certificate of the signer's key. */
  readonly certificate: Uint8Array
  /** How messages name the certificate. Default `issuerAndSerialNumber`. */
  readonly identifiedBy?: IdentifierKind
  /** The hash of the content. Default: the one of the signature algorithm. */
  readonly digest?: HashName
  /**
   * Which of the attributes that bind the signature to the certificate is written (RFC 5035). Default `v2`; `v1` uses
   * SHA-1, which timestamp clients of old ask for.
   */
  readonly signingCertificate?: 'v1' | 'v2' | 'none'
  /** Whether the algorithms are among what is signed (RFC 6211). Default true. */
  readonly algorithmProtection?: boolean
  /**
   * Whether RSA signatures name the kind of key alone, as RFC 3370 section 3.2 has it and all readers understand, or the
   * hash too. Default `key`.
   */
  readonly rsaIdentifier?: 'key' | 'key-and-hash'
}

/** What one signature adds to what its signer always writes. */
export interface MessageSigner {
  readonly signer: CmsSigner
  /** When it was signed, if that is to be said; a fraction of a second is dropped. */
  readonly signingTime?: Date
  /** More signed attributes; not contentType or messageDigest, which are made here. */
  readonly signedAttributes?: readonly Attribute[]
  /** Attributes outside of the signature. */
  readonly unsignedAttributes?: readonly Attribute[]
  /**
   * Signs the content itself, without signed attributes: for readers that know none. Only content of type `data` that
   * is in memory.
   */
  readonly withoutSignedAttributes?: boolean
}

/** A signer whose constant parts are encoded once. */
export interface CmsSigner {
  readonly options: CmsSignerOptions
  readonly digest: HashName
  /** @internal */
  readonly version: 1 | 3
  /** DER of what comes in a SignerInfo before the signed attributes, and between them and the signature. @internal */
  readonly encoded: {
    readonly head: Uint8Array
    readonly digestAlgorithm: Uint8Array
    readonly signatureAlgorithm: Uint8Array
  }
  /** Attributes that are the same in every message, by their types, in DER. @internal */
  readonly attributes: ReadonlyMap<string, Uint8Array>
  /** The signed attributes of plain content, a SET OF, and where in them the content's hash is to be. @internal */
  readonly plain: { readonly set: Uint8Array; readonly digestAt: number }
}

/**
 * Prepares a signer: what does not change from message to message is made here.
 *
 * @throws CertwrightError `key` when the certificate is not for the signer's key.
 */
export async function createCmsSigner(crypto: CryptoBackend, options: CmsSignerOptions): Promise<CmsSigner> {
  const { signer, certificate, identifiedBy = 'issuerAndSerialNumber', rsaIdentifier = 'key' } = options
  const { subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
  if (!equalBytes(SubjectPublicKeyInfo.encode(subjectPublicKeyInfo), signer.publicKey)) {
    throw new CertwrightError('key', 'the certificate is not for the key of the signer')
  }
  const digest = options.digest ?? signatureAlgorithm(signer.algorithm).messageDigest
  const { hash } = signatureAlgorithm(signer.algorithm)
  if (hash !== null && hash !== digest) {
    throw new CertwrightError('algorithm', `a signature by ${signer.algorithm} goes with the digest ${hash}`)
  }
  const sid = certificateIdentifier(certificate, identifiedBy)
  const version = sid.type === 'issuerAndSerialNumber' ? 1 : 3
  const digestAlgorithm = hashAlgorithmIdentifier(digest)
  const identifierOf = rsaIdentifier === 'key' ? signerAlgorithmIdentifier : signatureAlgorithmIdentifier
  const signatureAlgorithmIs = identifierOf(signer.algorithm)
  const protection = { digestAlgorithm, signatureAlgorithm: signatureAlgorithmIs }
  const attributes = [
    ...(await certificateAttribute(crypto, options)),
    ...(options.algorithmProtection === false
      ? []
      : [attribute(attributeTypeOid.algorithmProtection, CmsAlgorithmProtection, protection)]),
  ]
  const encodedAttributes = new Map(attributes.map((one) => [one.type, Attribute.encode(one)]))
  return Object.freeze({
    options,
    digest,
    version,
    encoded: {
      head: concatBytes(
        smallInteger.encode(version),
        CertificateIdentifier.encode(sid),
        AlgorithmIdentifier.encode(digestAlgorithm),
      ),
      digestAlgorithm: AlgorithmIdentifier.encode(digestAlgorithm),
      signatureAlgorithm: AlgorithmIdentifier.encode(signatureAlgorithmIs),
    },
    attributes: encodedAttributes,
    plain: plainAttributes(encodedAttributes, hashAlgorithm(digest).length),
  })
}

/** Attributes of different types keep their order whatever the hash is, so most messages differ in nothing else. */
function plainAttributes(attributes: ReadonlyMap<string, Uint8Array>, length: number): CmsSigner['plain'] {
  const digest = new Uint8Array(length).fill(0xd5)
  const message = messageDigestAttribute(digest)
  const set = encodeElement(setOfElements(setTag, [...attributes.values(), plainContentType, message]))
  const digestAt = indexOf(set, message) + message.length - length
  return { set, digestAt }
}

const indexOf = (bytes: Uint8Array, part: Uint8Array): number => {
  for (let at = 0; at < bytes.length; at++) if (equalBytes(bytes.subarray(at, at + part.length), part)) return at
  return -1
}

async function certificateAttribute(
  crypto: CryptoBackend,
  { certificate, signingCertificate = 'v2' }: CmsSignerOptions,
): Promise<readonly Attribute[]> {
  if (signingCertificate === 'none') return []
  if (signingCertificate === 'v1') {
    const certs = [{ certHash: await crypto.digest('sha1', certificate) }]
    return [attribute(attributeTypeOid.signingCertificate, SigningCertificate, { certs })]
  }
  const certHash = await crypto.digest('sha256', certificate)
  const certs = [{ hashAlgorithm: hashAlgorithmIdentifier('sha256'), certHash }]
  return [attribute(attributeTypeOid.signingCertificateV2, SigningCertificateV2, { certs })]
}

/** What is signed, and what goes with it. */
export interface SignedDataOptions {
  /** The content. In parts only when it is detached and all signers write signed attributes. */
  readonly content: Content
  /** OID of the content's type. Default: data. */
  readonly contentType?: string
  /** Leaves the content out of the message. Default false. */
  readonly detached?: boolean
  readonly signers: readonly MessageSigner[]
  /** DER of further certificates; those of the signers are there unless `signerCertificates` is false. */
  readonly certificates?: readonly Uint8Array[]
  /** Default true. */
  readonly signerCertificates?: boolean
  /** DER of CRLs. */
  readonly crls?: readonly Uint8Array[]
}

/**
 * Signs content: a ContentInfo with SignedData (RFC 5652 section 5), in DER.
 *
 * @throws CertwrightError `configuration` when the options contradict each other; what the signers throw.
 */
export async function encodeSignedData(crypto: CryptoBackend, options: SignedDataOptions): Promise<Uint8Array> {
  const { content, contentType = contentTypeOid.data, detached = false, signers, crls = [] } = options
  checkOptions(options)
  const hashes = signers.filter((one) => one.withoutSignedAttributes !== true).map(({ signer }) => signer.digest)
  const digested = digestContent(crypto, hashes, content)
  const digests = digested instanceof Promise ? await digested : digested
  const signerInfos: Element[] = []
  for (const message of signers) {
    const info = signerInfo(message, contentType, content, digests)
    signerInfos.push(info instanceof Promise ? await info : info)
  }
  const own = options.signerCertificates === false ? [] : signers.map(({ signer }) => signer.options.certificate)
  const certificates = distinct(options.certificates === undefined ? own : [...own, ...options.certificates])
  const isPlain = contentType === contentTypeOid.data && signers.every(({ signer }) => signer.version === 1)
  const inside = detached || !(content instanceof Uint8Array) ? [] : [element(0xa0, [element(0x04, [content])])]
  const signedData = element(sequenceTag, [
    isPlain ? version1 : version3,
    setOfElements(setTag, distinct(signers.map(({ signer }) => signer.encoded.digestAlgorithm))),
    element(sequenceTag, [contentTypeElement(contentType), ...inside]),
    ...(certificates.length === 0 ? [] : [setOfElements(0xa0, certificates)]),
    ...(crls.length === 0 ? [] : [setOfElements(0xa1, distinct(crls))]),
    element(setTag, signerInfos.length > 1 ? signerInfos.map(encodeElement).sort(compareBytes) : signerInfos),
  ])
  return encodeElement(element(sequenceTag, [signedDataType, element(0xa0, [signedData])]))
}

const sequenceTag = 0x30
const setTag = 0x31
const version1 = smallInteger.encode(1)
const version3 = smallInteger.encode(3)
const signedDataType = objectIdentifier.encode(contentTypeOid.signedData)
const dataType = objectIdentifier.encode(contentTypeOid.data)

const contentTypeElement = (type: string): Uint8Array =>
  type === contentTypeOid.data ? dataType : objectIdentifier.encode(type)

function checkOptions({ content, contentType = contentTypeOid.data, detached, signers }: SignedDataOptions): void {
  const inParts = !(content instanceof Uint8Array)
  if (inParts && detached !== true) {
    throw new CertwrightError('configuration', 'content that comes in parts can only be signed detached')
  }
  for (const { withoutSignedAttributes, signingTime, signedAttributes } of signers) {
    if (withoutSignedAttributes !== true) continue
    if (inParts) throw new CertwrightError('configuration', 'content in parts needs signed attributes')
    if (contentType !== contentTypeOid.data || signingTime !== undefined || signedAttributes !== undefined) {
      throw new CertwrightError('configuration', 'without signed attributes there is only content of type data')
    }
  }
}

function signerInfo(
  message: MessageSigner,
  contentType: string,
  content: Content,
  digests: Digests,
): Awaitable<Element> {
  const { signer, unsignedAttributes } = message
  const { head, signatureAlgorithm } = signer.encoded
  const unsigned = unsignedAttributes === undefined ? [] : [UnsignedAttributes.encode(unsignedAttributes)]
  const { sign } = signer.options.signer
  const digest = digests.get(signer.digest)
  const finish = (attributes: readonly Element[], signature: Awaitable<Uint8Array>): Awaitable<Element> => {
    if (signature instanceof Promise) return signature.then((octets) => finish(attributes, octets))
    return element(sequenceTag, [head, ...attributes, signatureAlgorithm, element(0x04, [signature]), ...unsigned])
  }
  if (message.withoutSignedAttributes === true || digest === undefined) return finish([], sign(content as Uint8Array))
  const set = attributeSet(message, contentType, digest)
  const tagged = set.slice()
  tagged[0] = 0xa0 // what is signed is a SET OF, what is sent [0] IMPLICIT (RFC 5652 section 5.4)
  return finish([tagged], sign(set))
}

/** The DER of the signed attributes as a SET OF. */
function attributeSet(message: MessageSigner, contentType: string, digest: Uint8Array): Uint8Array {
  const { signer, signingTime, signedAttributes: more } = message
  if (contentType !== contentTypeOid.data || signingTime !== undefined || more !== undefined) {
    return encodeElement(element(setTag, signedAttributes(message, contentType, digest)))
  }
  const set = signer.plain.set.slice()
  set.set(digest, signer.plain.digestAt)
  return set
}

/** The DER of the signed attributes, in the order of DER. */
function signedAttributes(
  { signer, signingTime, signedAttributes: more = [] }: MessageSigner,
  contentType: string,
  digest: Uint8Array,
): readonly Uint8Array[] {
  const { contentType: contentTypeType, messageDigest, signingTime: signingTimeType } = attributeTypeOid
  const attributes = new Map(signer.attributes)
  const add = (type: string, der: Uint8Array): void => {
    if (attributes.has(type)) throw new CertwrightError('configuration', `the signed attribute ${type} is there twice`)
    attributes.set(type, der)
  }
  add(contentTypeType, contentTypeAttribute(contentType))
  add(messageDigest, messageDigestAttribute(digest))
  if (signingTime !== undefined)
    add(signingTimeType, encoded(attribute(signingTimeType, SigningTime, wholeSecond(signingTime))))
  for (const one of more) add(one.type, Attribute.encode(one))
  return [...attributes.values()].sort(compareBytes)
}

const wholeSecond = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000)

const encoded = (value: Attribute): Uint8Array => Attribute.encode(value)

const plainContentType = encoded(attribute(attributeTypeOid.contentType, objectIdentifier, contentTypeOid.data))

const contentTypeAttribute = (type: string): Uint8Array =>
  type === contentTypeOid.data
    ? plainContentType
    : encoded(attribute(attributeTypeOid.contentType, objectIdentifier, type))

const messageDigestType = objectIdentifier.encode(attributeTypeOid.messageDigest)

const messageDigestAttribute = (digest: Uint8Array): Uint8Array =>
  encodeElement(element(sequenceTag, [messageDigestType, element(setTag, [element(0x04, [digest])])]))

const distinct = (elements: readonly Uint8Array[]): readonly Uint8Array[] =>
  elements.length === 1
    ? elements
    : elements.filter((element, index) => elements.findIndex((other) => equalBytes(other, element)) === index)
