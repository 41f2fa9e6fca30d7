import { type HashName, hashAlgorithmIdentifier, hashAlgorithmOf } from '../algorithms/index.js'
import { type DecodeOptions, type Infer, octetString, sequence, smallInteger } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import { AlgorithmIdentifier } from '../x509/index.js'
import { type Content, contentOctets, contentOfType, digestContent } from './content.js'
import { ContentInfo, contentTypeOid } from './content-info.js'
import { EncapsulatedContentInfo } from './signed-data.js'

/** DigestedData, RFC 5652 section 7. */
export const DigestedData = sequence({
  version: smallInteger,
  digestAlgorithm: AlgorithmIdentifier,
  encapContentInfo: EncapsulatedContentInfo,
  digest: octetString,
})
export type DigestedData = Infer<typeof DigestedData>

/** Content with its hash: a ContentInfo with DigestedData. The hash is by `digest`, default SHA-256. */
export async function encodeDigestedData(
  crypto: CryptoBackend,
  options: { readonly content: Uint8Array; readonly contentType?: string; readonly digest?: HashName },
): Promise<Uint8Array> {
  const { content, contentType = contentTypeOid.data, digest = 'sha256' } = options
  const value = DigestedData.encode({
    version: contentType === contentTypeOid.data ? 0 : 2,
    digestAlgorithm: hashAlgorithmIdentifier(digest),
    encapContentInfo: { eContentType: contentType, eContent: octetString.encode(content) },
    digest: await crypto.digest(digest, content),
  })
  return ContentInfo.encode({ contentType: contentTypeOid.digestedData, content: value })
}

/**
 * Reads DigestedData and compares the hash, which protects against accidents only.
 *
 * @param options `content`, where it is not in the message
 * @throws Asn1Error when the message is malformed.
 * @throws CertwrightError `signature` when the content is not the one that was hashed; `configuration` without content.
 */
export async function openDigestedData(
  crypto: CryptoBackend,
  bytes: Uint8Array,
  options: DecodeOptions & { readonly content?: Content } = {},
): Promise<{ readonly content?: Uint8Array; readonly contentType: string; readonly digest: HashName }> {
  const data = DigestedData.decode(contentOfType(bytes, 'digestedData', options), options)
  const { eContentType: contentType, eContent } = data.encapContentInfo
  const attached = eContent === undefined ? undefined : contentOctets(eContent, options)
  const content = attached ?? options.content
  if (content === undefined) throw new CertwrightError('configuration', 'the content is not in the message: give it')
  const digest = hashAlgorithmOf(data.digestAlgorithm)
  const found = (await digestContent(crypto, [digest], content)).get(digest)
  if (found === undefined || !crypto.equal(found, data.digest)) {
    throw new CertwrightError('signature', 'the content is not the one that was hashed')
  }
  return { ...(attached === undefined ? {} : { content: attached }), contentType, digest }
}
