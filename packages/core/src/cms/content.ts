import type { HashName } from '../algorithms/index.js'
import { Asn1Error, type DecodeOptions, octetString } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Awaitable, CryptoBackend } from '../ports/index.js'
import { ContentInfo, contentTypeOid } from './content-info.js'

/** Content in memory, or in parts that are never held together. */
export type Content = Uint8Array | AsyncIterable<Uint8Array>

/** Hashes of content by the names of their algorithms. */
export type Digests = ReadonlyMap<HashName, Uint8Array>

/** Hashes content with several algorithms in one pass; at once where content is in memory and the backend synchronous. */
export function digestContent(
  crypto: CryptoBackend,
  algorithms: readonly HashName[],
  content: Content,
): Awaitable<Digests> {
  const names = algorithms.length > 1 ? [...new Set(algorithms)] : algorithms
  if (!(content instanceof Uint8Array)) return digestParts(crypto, names, content)
  const result = new Map<HashName, Uint8Array>()
  const later: Promise<unknown>[] = []
  for (const name of names) {
    const digest = crypto.digest(name, content)
    if (digest instanceof Uint8Array) result.set(name, digest)
    else later.push(digest.then((value) => result.set(name, value)))
  }
  return later.length === 0 ? result : Promise.all(later).then(() => result)
}

async function digestParts(
  crypto: CryptoBackend,
  names: readonly HashName[],
  content: AsyncIterable<Uint8Array>,
): Promise<Digests> {
  const digests = names.map((name) => ({ name, digest: crypto.createDigest(name) }))
  for await (const part of content) for (const { digest } of digests) digest.update(part)
  const result = new Map<HashName, Uint8Array>()
  for (const { name, digest } of digests) result.set(name, await digest.digest())
  return result
}

/**
 * The octets of encapsulated content that are hashed and handed out: those of the OCTET STRING, or of the contents of
 * any other element, without tag and length (RFC 5652 section 5.2.1).
 */
export function contentOctets(element: Uint8Array, options: DecodeOptions): Uint8Array {
  if (((element[0] ?? 0) & 0xdf) === 0x04) return octetString.decode(element, options)
  if (((element[0] ?? 0) & 0x1f) === 0x1f) {
    throw new Asn1Error({ kind: 'tag', path: ['eContent'], expected: 'OCTET STRING', actual: 'a tag above 30' })
  }
  const first = element[1] ?? 0
  return element.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
}

const typeNames = new Map<string, string>(Object.entries(contentTypeOid).map(([name, oid]) => [oid, name]))

/**
 * The content of a ContentInfo that has to be of one of some types.
 *
 * @throws Asn1Error when it is of another one, which the error names.
 */
export function contentOfAnyType<N extends keyof typeof contentTypeOid>(
  bytes: Uint8Array,
  wanted: readonly N[],
  options: DecodeOptions,
): { readonly type: N; readonly content: Uint8Array } {
  const { contentType, content } = ContentInfo.decode(bytes, options)
  const type = wanted.find((name) => contentTypeOid[name] === contentType)
  if (type !== undefined) return { type, content }
  if (contentType === contentTypeOid.compressedData) {
    throw new CertwrightError('algorithm', 'compressed content (RFC 3274) is not accepted: send it uncompressed')
  }
  const actual = typeNames.get(contentType) ?? contentType
  throw new Asn1Error({ kind: 'value', path: ['contentType'], expected: wanted.join(' or '), actual })
}

/** As `contentOfAnyType`, for one type. */
export const contentOfType = (
  bytes: Uint8Array,
  wanted: keyof typeof contentTypeOid,
  options: DecodeOptions,
): Uint8Array => contentOfAnyType(bytes, [wanted], options).content
