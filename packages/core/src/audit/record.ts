import { decodeBase64, encodeBase64, toHex } from '../asn1/index.js'
import type { AuditEvent, AuditEventType, Awaitable, ChainedRecord, CryptoBackend } from '../ports/index.js'
import { canonicalJson, utf8 } from './canonical.js'
import { isObject, type Members, text } from './members.js'

/** A signed statement: the chain of this node had this record at this place at this time. */
export interface Checkpoint {
  readonly node: string
  /** The last record that is covered; 0 for the start of a chain that has none. */
  readonly sequence: number
  /** Hash of that record in lower-case hexadecimal; 64 zeros at the start. */
  readonly hash: string
  readonly time: Date
  /** SHA-256 of the DER SubjectPublicKeyInfo of the key, in lower-case hexadecimal. */
  readonly keyId: string
  /** Name of the signature algorithm. */
  readonly algorithm: string
}

/** What a record says. */
export type RecordBody =
  | { readonly kind: 'event'; readonly event: AuditEvent }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint; readonly signature: Uint8Array }

/** The place of a record and what it says. */
export interface AuditRecord {
  readonly node: string
  readonly sequence: number
  /** Hash of the record before; 64 zeros in the first. */
  readonly previous: string
  readonly body: RecordBody
}

/** The hash before the first record. */
export const startHash = '0'.repeat(64)

const recordDomain = utf8('certwright audit record 1\0')
const checkpointDomain = utf8('certwright audit checkpoint 1\0')

/** Hash of a record: SHA-256 of `certwright audit record 1`, one zero octet, and the content in UTF-8. */
export function recordHash(crypto: Pick<CryptoBackend, 'digest'>, content: string): Awaitable<string> {
  const hash = crypto.digest('sha256', withDomain(recordDomain, content))
  return hash instanceof Uint8Array ? toHex(hash) : hash.then(toHex)
}

/**
 * The octets that a checkpoint's signature is over: `certwright audit checkpoint 1`, one zero octet, and the canonical text
 * of the checkpoint in UTF-8.
 */
export function checkpointOctets(checkpoint: Checkpoint): Uint8Array {
  return withDomain(checkpointDomain, checkpointText(checkpoint))
}

/** Id of a checkpoint key: SHA-256 of its DER SubjectPublicKeyInfo in lower-case hexadecimal. */
export async function checkpointKeyId(crypto: Pick<CryptoBackend, 'digest'>, publicKey: Uint8Array): Promise<string> {
  return toHex(await crypto.digest('sha256', publicKey))
}

function withDomain(domain: Uint8Array, content: string): Uint8Array {
  const octets = utf8(content)
  const all = new Uint8Array(domain.length + octets.length)
  all.set(domain)
  all.set(octets, domain.length)
  return all
}

/** Canonical text of an event. */
export function eventText({ time, type, actor, address, requestId, details }: AuditEvent): string {
  return canonicalJson({ time: time.toISOString(), type, actor, address, requestId, details })
}

function checkpointText({ time, ...rest }: Checkpoint): string {
  return canonicalJson({ ...rest, time: time.toISOString() })
}

/** The content of a record with an event. The names of the members are in canonical order as they stand. */
export function eventContent(event: string, node: string, previous: string, sequence: number): string {
  return `{"event":${event},"node":"${node}","previous":"${previous}","sequence":${sequence}}`
}

/** The content of a record with a checkpoint. */
export function checkpointContent(
  checkpoint: Checkpoint,
  signature: Uint8Array,
  { node, previous, sequence }: Omit<AuditRecord, 'body'>,
): string {
  const signed = `"checkpoint":${checkpointText(checkpoint)}`
  const place = `"node":"${node}","previous":"${previous}","sequence":${sequence}`
  return `{${signed},${place},"signature":"${encodeBase64(signature)}"}`
}

/**
 * Reads the content of a record.
 *
 * @returns `undefined` unless it is, octet for octet, what this version writes
 */
export function readContent(content: string): AuditRecord | undefined {
  const members = parse(content)
  if (members === undefined) return undefined
  const { node, sequence, previous } = members
  if (typeof node !== 'string' || typeof sequence !== 'number' || typeof previous !== 'string') return undefined
  const body = isObject(members['event']) ? readEvent(members['event']) : readCheckpoint(members)
  if (body === undefined) return undefined
  const record = { node, sequence, previous, body }
  return contentOf(record) === content ? record : undefined
}

/** The content that a record has. */
function contentOf({ body, ...place }: AuditRecord): string {
  return body.kind === 'event'
    ? eventContent(eventText(body.event), place.node, place.previous, place.sequence)
    : checkpointContent(body.checkpoint, body.signature, place)
}

/** One line of an export, without its end. */
export const formatLine = ({ content, hash }: Pick<ChainedRecord, 'content' | 'hash'>): string =>
  `{"hash":"${hash}","record":${content}}`

const line = /^\{"hash":"([0-9a-f]{64})","record":(.*)\}$/s

/** The parts of a line of an export; `undefined` for any other text. */
export function splitLine(text: string): { readonly hash: string; readonly content: string } | undefined {
  const [, hash, content] = line.exec(text) ?? []
  return hash === undefined || content === undefined ? undefined : { hash, content }
}

/**
 * Reads one line of an export, for whoever looks at records one by one. It is not verified.
 *
 * @returns `undefined` for any other text
 */
export function parseAuditLine(text: string): (AuditRecord & { readonly hash: string }) | undefined {
  const parts = splitLine(text)
  const record = parts && readContent(parts.content)
  return parts && record && { ...record, hash: parts.hash }
}

function parse(content: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(content)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function readEvent(event: Members): RecordBody | undefined {
  const { actor, address, details } = event
  const time = readTime(event['time'])
  if (time === undefined || !isObject(details) || !Object.values(details).every(isScalar)) return undefined
  if (actor !== null && typeof actor !== 'string') return undefined
  if (address !== undefined && typeof address !== 'string') return undefined
  const type = text(event['type']) as AuditEventType
  const known = { time, type, actor, requestId: text(event['requestId']), details: details as AuditEvent['details'] }
  return { kind: 'event', event: address === undefined ? known : { ...known, address } }
}

function readCheckpoint(members: Members): RecordBody | undefined {
  const { checkpoint, signature } = members
  if (!isObject(checkpoint) || typeof signature !== 'string') return undefined
  const { node, sequence, hash, keyId, algorithm } = checkpoint
  const time = readTime(checkpoint['time'])
  if (time === undefined || typeof sequence !== 'number') return undefined
  const read = { node: text(node), sequence, hash: text(hash), time, keyId: text(keyId), algorithm: text(algorithm) }
  try {
    return { kind: 'checkpoint', checkpoint: read, signature: decodeBase64(signature) }
  } catch {
    return undefined
  }
}

const isScalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value)

function readTime(value: unknown): Date | undefined {
  const time = new Date(text(value))
  return Number.isNaN(time.getTime()) ? undefined : time
}
