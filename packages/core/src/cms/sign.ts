import {
  type HashName,
  hashAlgorithmIdentifier,
  signatureAlgorithm,
  signatureAlgorithmIdentifier,
  signerAlgorithmIdentifier,
} from '../algorithms/index.js'
import { equalBytes, objectIdentifier, octetString } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend, Signer } from '../ports/index.js'
import { type Attribute, Certificate, SubjectPublicKeyInfo } from '../x509/index.js'
import {
  attribute,
  attributeTypeOid,
  CmsAlgorithmProtection,
  SigningCertificate,
  SigningCertificateV2,
  SigningTime,
} from './attributes.js'
import { type Content, digestContent } from './content.js'
import { ContentInfo, contentTypeOid } from './content-info.js'
import { certificateIdentifier, type IdentifierKind } from './identifiers.js'
import { SignedAttributes, SignedData, SignerInfo } from './signed-data.js'

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
  /** When it was signed, if that is to be said. */
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
  /** @internal */
  readonly template: Omit<SignerInfo, 'signature'>
  /** Attributes that are the same in every message. @internal */
  readonly attributes: readonly Attribute[]
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
  const signatureIdentifier = rsaIdentifier === 'key' ? signerAlgorithmIdentifier : signatureAlgorithmIdentifier
  const template = {
    version: sid.type === 'issuerAndSerialNumber' ? 1 : 3,
    sid,
    digestAlgorithm: hashAlgorithmIdentifier(digest),
    signatureAlgorithm: signatureIdentifier(signer.algorithm),
  } as const
  const attributes = [
    ...(await certificateAttribute(crypto, options)),
    ...(options.algorithmProtection === false ? [] : [protectionAttribute(template)]),
  ]
  return Object.freeze({ options, digest, version: template.version, template, attributes })
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

const protectionAttribute = ({ digestAlgorithm, signatureAlgorithm }: CmsSigner['template']): Attribute =>
  attribute(attributeTypeOid.algorithmProtection, CmsAlgorithmProtection, { digestAlgorithm, signatureAlgorithm })

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
  const digests = await digestContent(
    crypto,
    signers.filter((message) => message.withoutSignedAttributes !== true).map(({ signer }) => signer.digest),
    content,
  )
  const signerInfos: Uint8Array[] = []
  for (const message of signers) signerInfos.push(await signerInfo(message, contentType, content, digests))
  const own = options.signerCertificates === false ? [] : signers.map(({ signer }) => signer.options.certificate)
  const certificates = distinct([...own, ...(options.certificates ?? [])])
  const isPlain = contentType === contentTypeOid.data && signers.every(({ signer }) => signer.version === 1)
  const value = SignedData.encode({
    version: isPlain ? 1 : 3,
    digestAlgorithms: [...new Set(signers.map(({ signer }) => signer.digest))].map(hashAlgorithmIdentifier),
    encapContentInfo: {
      eContentType: contentType,
      ...(detached || !(content instanceof Uint8Array) ? {} : { eContent: octetString.encode(content) }),
    },
    ...(certificates.length === 0 ? {} : { certificates }),
    ...(crls.length === 0 ? {} : { crls: distinct(crls) }),
    signerInfos,
  })
  return ContentInfo.encode({ contentType: contentTypeOid.signedData, content: value })
}

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

async function signerInfo(
  message: MessageSigner,
  contentType: string,
  content: Content,
  digests: ReadonlyMap<HashName, Uint8Array>,
): Promise<Uint8Array> {
  const { signer, unsignedAttributes } = message
  const unsigned = unsignedAttributes === undefined ? {} : { unsignedAttrs: unsignedAttributes }
  const { sign } = signer.options.signer
  const digest = digests.get(signer.digest)
  if (message.withoutSignedAttributes === true || digest === undefined) {
    const signature = await sign(content as Uint8Array)
    return SignerInfo.encode({ ...signer.template, signature, ...unsigned })
  }
  const attributes = signedAttributes(message, contentType, digest)
  const bytes = SignedAttributes.encode(attributes)
  const signature = await sign(bytes)
  const tagged = Uint8Array.from(bytes)
  tagged[0] = 0xa0 // what is signed is a SET OF, what is sent [0] IMPLICIT (RFC 5652 section 5.4)
  const signedAttrs = { bytes: tagged, value: attributes }
  return SignerInfo.encode({ ...signer.template, signedAttrs, signature, ...unsigned })
}

const madeHere: readonly string[] = [attributeTypeOid.contentType, attributeTypeOid.messageDigest]

function signedAttributes(message: MessageSigner, contentType: string, digest: Uint8Array): readonly Attribute[] {
  const { signer, signingTime, signedAttributes: more = [] } = message
  const attributes = [
    attribute(attributeTypeOid.contentType, objectIdentifier, contentType),
    ...(signingTime === undefined ? [] : [attribute(attributeTypeOid.signingTime, SigningTime, signingTime)]),
    attribute(attributeTypeOid.messageDigest, octetString, digest),
    ...signer.attributes,
    ...more,
  ]
  const types = new Set(attributes.map(({ type }) => type))
  if (types.size !== attributes.length || more.some(({ type }) => madeHere.includes(type))) {
    throw new CertwrightError('configuration', 'a signed attribute is there twice')
  }
  return attributes
}

const distinct = (elements: readonly Uint8Array[]): readonly Uint8Array[] =>
  elements.filter((element, index) => elements.findIndex((other) => equalBytes(other, element)) === index)
