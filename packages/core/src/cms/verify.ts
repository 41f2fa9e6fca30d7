import {
  describePublicKey,
  type HashName,
  hashAlgorithm,
  hashAlgorithmOf,
  isSoundSignatureAlgorithm,
  signatureAlgorithm,
  signerSchemeOf,
} from '../algorithms/index.js'
import { Asn1Error, type DecodeOptions, equalBytes, objectIdentifier, octetString, type Schema } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import { AlgorithmIdentifier, type Attribute, Certificate, SubjectPublicKeyInfo } from '../x509/index.js'
import {
  attributeTypeOid,
  CmsAlgorithmProtection,
  SigningCertificate,
  SigningCertificateV2,
  SigningTime,
} from './attributes.js'
import { isX509 } from './certs-only.js'
import { type Content, contentOctets, contentOfType, type Digests, digestContent } from './content.js'
import { contentTypeOid } from './content-info.js'
import { type CertificateIdentifier, identifies } from './identifiers.js'
import { SignedAttributes, SignedData, SignerInfo } from './signed-data.js'

/** Why a signature does not count. */
export type SignerFailure =
  /** No certificate, in the message or given, is the one that the signer names. */
  | 'no-certificate'
  /** The signature, digest or key algorithm is unknown, too weak, or does not fit the key. */
  | 'algorithm'
  /** Signed attributes are missing where they have to be, there twice, malformed, or contradict the message. */
  | 'attributes'
  /** The content is not the one that was signed. */
  | 'digest'
  /** The signing-certificate attribute names another certificate. */
  | 'signing-certificate'
  /** The signature does not verify under the key. */
  | 'signature'

/** What is known of one signer. */
export interface SignerVerdict {
  /** Whether the signature is by the key of `certificate`, over this content. Trust in the certificate is another question. */
  readonly valid: boolean
  /** What failed first; absent when `valid`. */
  readonly failure?: SignerFailure
  /** One sentence for people; absent when `valid`. */
  readonly reason?: string
  readonly identifier: CertificateIdentifier
  /** DER of the signer's certificate, where it was found. */
  readonly certificate?: Uint8Array
  /** Empty where nothing but the content is signed. */
  readonly signedAttributes: readonly Attribute[]
  readonly unsignedAttributes: readonly Attribute[]
  /** What the signer says about when; it proves nothing. */
  readonly signingTime?: Date
  /** The octets of the signature, for timestamps and countersignatures over it. */
  readonly signature: Uint8Array
}

/** What a SignedData holds, and whose signatures are good. */
export interface VerifiedSignedData {
  readonly contentType: string
  /** The content of the message; absent when it is detached. */
  readonly content?: Uint8Array
  readonly signers: readonly SignerVerdict[]
  /** DER of the X.509 certificates of the message, in its order. */
  readonly certificates: readonly Uint8Array[]
  /** DER of the CRLs of the message, in its order. */
  readonly crls: readonly Uint8Array[]
}

/** How to read and verify. */
export interface VerifySignedDataOptions extends DecodeOptions {
  /** The content of a detached message. */
  readonly content?: Content
  /** DER of certificates beside those of the message. */
  readonly certificates?: readonly Uint8Array[]
  /** Whether signatures with MD5, SHA-1 and SHA-224 can be valid. Default false. */
  readonly allowBroken?: boolean
  /** Signers that are looked at; more are refused before any work is done. Default 32. */
  readonly maxSigners?: number
}

/**
 * Reads a ContentInfo with SignedData and verifies every signature in it (RFC 5652 section 5.6). Each signer gets a
 * verdict of its own that names what failed; whether a certificate is to be trusted is for path validation.
 *
 * @throws Asn1Error when the message is malformed.
 * @throws CertwrightError `limit` for more signers than `maxSigners`; `configuration` when the content is neither in
 * the message nor given, or both and different.
 */
export async function verifySignedData(
  crypto: CryptoBackend,
  bytes: Uint8Array,
  options: VerifySignedDataOptions = {},
): Promise<VerifiedSignedData> {
  const data = SignedData.decode(contentOfType(bytes, 'signedData', options), options)
  const { eContentType: contentType, eContent } = data.encapContentInfo
  const attached = eContent === undefined ? undefined : contentOctets(eContent, options)
  const certificates = (data.certificates ?? []).filter(isX509)
  const maxSigners = options.maxSigners ?? 32
  if (data.signerInfos.length > maxSigners) {
    throw new CertwrightError('limit', `the message has more than ${maxSigners} signers`)
  }
  const infos = data.signerInfos.map((info) => SignerInfo.decode(info, options))
  const content = pickContent(attached, options.content, infos.length)
  const digests = await digestContent(crypto, infos.flatMap(attributeDigest), content)
  const candidates = [...certificates, ...(options.certificates ?? [])].map(readCertificate)
  const context: Context = { crypto, options, contentType, content, digests, candidates }
  const signers: SignerVerdict[] = []
  for (const info of infos) signers.push(await verifySigner(context, info))
  return {
    contentType,
    ...(attached === undefined ? {} : { content: attached }),
    signers,
    certificates,
    crls: (data.crls ?? []).filter(isX509),
  }
}

function pickContent(attached: Uint8Array | undefined, given: Content | undefined, signers: number): Content {
  if (attached !== undefined && given !== undefined) {
    if (given instanceof Uint8Array && equalBytes(attached, given)) return attached
    throw new CertwrightError('configuration', 'the message has its content inside: give none beside it')
  }
  const content = attached ?? given
  if (content === undefined && signers > 0) {
    throw new CertwrightError('configuration', 'the content of this message is detached: give it as an option')
  }
  return content ?? new Uint8Array(0)
}

/** The hash that a signer's messageDigest was made with, if it is a known one. */
function attributeDigest({ signedAttrs, digestAlgorithm }: SignerInfo): readonly HashName[] {
  if (signedAttrs === undefined) return []
  try {
    return [hashAlgorithmOf(digestAlgorithm)]
  } catch {
    return [] // said again, as a verdict, in verifySigner
  }
}

interface Candidate {
  readonly der: Uint8Array
  readonly certificate: Certificate['tbsCertificate']['value'] | undefined
}

/** A certificate that cannot be read identifies nobody. */
function readCertificate(der: Uint8Array): Candidate {
  try {
    return { der, certificate: Certificate.decode(der).tbsCertificate.value }
  } catch (error) {
    if (error instanceof Asn1Error) return { der, certificate: undefined }
    throw error
  }
}

interface Context {
  readonly crypto: CryptoBackend
  readonly options: VerifySignedDataOptions
  readonly contentType: string
  readonly content: Content
  readonly digests: Digests
  readonly candidates: readonly Candidate[]
}

/** Leaves `verifySigner` with the first thing that is wrong. */
class Refusal extends Error {
  constructor(
    readonly failure: SignerFailure,
    readonly reason: string,
  ) {
    super(reason)
  }
}

const missing = {
  failure: 'no-certificate',
  reason: 'the certificate of the signer is not in the message',
} as const

async function verifySigner(context: Context, info: SignerInfo): Promise<SignerVerdict> {
  const certificates = context.candidates.filter(
    ({ certificate }) => certificate !== undefined && identifiesSafely(info.sid, certificate),
  )
  const facts = {
    identifier: info.sid,
    signedAttributes: info.signedAttrs?.value ?? [],
    unsignedAttributes: info.unsignedAttrs ?? [],
    signature: info.signature,
    ...signingTimeOf(info.signedAttrs?.value ?? []),
  }
  let refusal: Refusal | undefined
  for (const { der } of certificates.slice(0, 4)) {
    try {
      await checkSigner(context, info, der)
      return { valid: true, certificate: der, ...facts }
    } catch (error) {
      refusal = toRefusal(error)
    }
  }
  const certificate = certificates[0]?.der
  const { failure, reason } = refusal ?? missing
  return { valid: false, failure, reason, ...(certificate === undefined ? {} : { certificate }), ...facts }
}

function identifiesSafely(sid: CertificateIdentifier, certificate: Parameters<typeof identifies>[1]): boolean {
  try {
    return identifies(sid, certificate)
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Asn1Error)
    return new Refusal('attributes', `a part of the signer is malformed: ${error.message}`)
  if (error instanceof CertwrightError && error.code === 'algorithm') return new Refusal('algorithm', error.message)
  throw error
}

async function checkSigner(context: Context, info: SignerInfo, certificate: Uint8Array): Promise<void> {
  const publicKey = SubjectPublicKeyInfo.encode(
    Certificate.decode(certificate).tbsCertificate.value.subjectPublicKeyInfo,
  )
  const { name, saltLength } = signerSchemeOf(info.signatureAlgorithm, info.digestAlgorithm)
  const { hash, family } = signatureAlgorithm(name)
  const digest = hashAlgorithmOf(info.digestAlgorithm)
  if (describePublicKey(publicKey).family !== family) {
    throw new Refusal('algorithm', `a signature by ${name} cannot be made with the key of the certificate`)
  }
  if (
    context.options.allowBroken !== true &&
    (!isSoundSignatureAlgorithm(name) || hashAlgorithm(digest).strength < 128)
  ) {
    throw new Refusal('algorithm', `the signature by ${name} over ${digest} is too weak; use SHA-256 or stronger`)
  }
  if (hash !== null && hash !== digest) {
    throw new Refusal('algorithm', `the signature hashes with ${hash}, the content with ${digest} (RFC 8933 section 3)`)
  }
  const verify = async (data: Uint8Array) =>
    context.crypto.verify(name, publicKey, data, info.signature, saltLength === undefined ? {} : { saltLength })
  if (info.signedAttrs === undefined) return checkBare(context, verify)
  await checkAttributes(context, info, digest, certificate)
  for (const bytes of signedForms(info.signedAttrs)) if (await verify(bytes)) return
  throw new Refusal('signature', 'the signature does not verify under the key of the certificate')
}

/**
 * Signed attributes are missing only where the content is plain data (RFC 5652 section 5.3). Content that reads as signed
 * attributes is refused: what was signed may be the attributes of another message, whose signer never saw such content.
 */
async function checkBare(
  { contentType, content }: Context,
  verify: (data: Uint8Array) => Promise<boolean>,
): Promise<void> {
  if (contentType !== contentTypeOid.data) throw new Refusal('attributes', 'the signed attributes are missing')
  const data = content instanceof Uint8Array ? content : undefined
  if (data === undefined) {
    throw new CertwrightError('configuration', 'a signature without attributes needs its content in memory')
  }
  if (readsAsAttributes(data)) {
    throw new Refusal('attributes', 'the content has the form of signed attributes, which are missing')
  }
  if (!(await verify(data))) throw new Refusal('signature', 'the signature does not verify over the content')
}

function readsAsAttributes(content: Uint8Array): boolean {
  if (content[0] !== 0x31) return false
  try {
    return SignedAttributes.decode(content, { encoding: 'ber' }).some(
      ({ type }) => type === attributeTypeOid.messageDigest,
    )
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

/**
 * What may have been signed: the attributes as they came, tagged as a SET OF, and, if the sender did not sort them,
 * their DER (RFC 5652 section 5.4).
 */
function signedForms({ bytes, value }: NonNullable<SignerInfo['signedAttrs']>): readonly Uint8Array[] {
  const asSent = Uint8Array.from(bytes)
  asSent[0] = 0x31
  const der = SignedAttributes.encode(value)
  return equalBytes(asSent, der) ? [der] : [asSent, der]
}

async function checkAttributes(context: Context, info: SignerInfo, digest: HashName, certificate: Uint8Array) {
  const attributes = info.signedAttrs?.value ?? []
  const contentType = single(attributes, attributeTypeOid.contentType, objectIdentifier)
  if (contentType !== context.contentType) {
    throw new Refusal('attributes', 'the signed content type is missing or another than that of the message')
  }
  const messageDigest = single(attributes, attributeTypeOid.messageDigest, octetString)
  if (messageDigest === undefined) throw new Refusal('attributes', 'the signed message digest is missing')
  const expected = context.digests.get(digest)
  if (expected === undefined || !equalBytes(messageDigest, expected)) {
    throw new Refusal('digest', 'the content is not the one that was signed')
  }
  single(attributes, attributeTypeOid.signingTime, SigningTime)
  checkProtection(info, attributes)
  await checkCertificate(context.crypto, attributes, certificate)
}

/** RFC 6211 section 4: the algorithms that were signed are those of the message. */
function checkProtection({ digestAlgorithm, signatureAlgorithm }: SignerInfo, attributes: readonly Attribute[]): void {
  const signed = single(attributes, attributeTypeOid.algorithmProtection, CmsAlgorithmProtection)
  if (signed === undefined) return
  const isSame = (a: AlgorithmIdentifier | undefined, b: AlgorithmIdentifier): boolean =>
    a !== undefined && equalBytes(AlgorithmIdentifier.encode(a), AlgorithmIdentifier.encode(b))
  if (!isSame(signed.digestAlgorithm, digestAlgorithm) || !isSame(signed.signatureAlgorithm, signatureAlgorithm)) {
    throw new Refusal('attributes', 'the algorithms are not those that were signed')
  }
}

/** RFC 5035 sections 3 and 5.4: the first certificate named is the signer's. */
async function checkCertificate(crypto: CryptoBackend, attributes: readonly Attribute[], certificate: Uint8Array) {
  const v2 = single(attributes, attributeTypeOid.signingCertificateV2, SigningCertificateV2)?.certs[0]
  if (v2 !== undefined) await compare(hashAlgorithmOf(v2.hashAlgorithm), v2.certHash)
  const v1 = single(attributes, attributeTypeOid.signingCertificate, SigningCertificate)?.certs[0]
  if (v1 !== undefined) await compare('sha1', v1.certHash)

  async function compare(hash: HashName, expected: Uint8Array): Promise<void> {
    if (equalBytes(await crypto.digest(hash, certificate), expected)) return
    throw new Refusal('signing-certificate', 'the signature was made for another certificate of the same name')
  }
}

/**
 * The one value of an attribute; `undefined` when the attribute is absent.
 *
 * @throws Refusal `attributes` when it is there twice or has more values than one (RFC 5652 section 11).
 */
function single<T>(attributes: readonly Attribute[], type: string, schema: Schema<T>): T | undefined {
  const found = attributes.filter((candidate) => candidate.type === type)
  const [value, ...more] = found.flatMap(({ values }) => values)
  if (value === undefined) return undefined
  if (found.length > 1 || more.length > 0) throw new Refusal('attributes', `the signed attribute ${type} is not single`)
  return schema.decode(value)
}

function signingTimeOf(attributes: readonly Attribute[]): { readonly signingTime?: Date } {
  try {
    const signingTime = single(attributes, attributeTypeOid.signingTime, SigningTime)
    return signingTime === undefined ? {} : { signingTime }
  } catch {
    return {} // malformed or there twice: the verdict says so
  }
}
