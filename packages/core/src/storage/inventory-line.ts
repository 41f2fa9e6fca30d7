import { decodeBase64, encodeBase64 } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord, CrlBase, CrlRecord } from '../ports/index.js'
import { revocationReasons } from './arguments.js'

/** One line of an exported inventory. */
export type InventoryLine =
  | { readonly kind: 'certificate'; readonly record: CertificateRecord }
  | { readonly kind: 'crl'; readonly crl: CrlRecord }
  /** Everything up to this position of the event feed is in the lines before. */
  | { readonly kind: 'position'; readonly position: string }

/** Characters of a line at most: a certificate or CRL of 24 MiB and its names. */
const longestLine = 64 * 1024 * 1024

/** The JSON text of a line, without line end: DER in base64, times in ISO 8601. */
export function formatInventoryLine(line: InventoryLine): string {
  return JSON.stringify(line, (_, value: unknown) => (value instanceof Uint8Array ? encodeBase64(value) : value))
}

/**
 * Reads a line. Texts are checked for their types only: what a store must refuse it refuses itself.
 *
 * @throws CertwrightError `limit` when it is longer than 64 Mi characters, `configuration` when it is none.
 */
export function parseInventoryLine(text: string): InventoryLine {
  if (text.length > longestLine) throw new CertwrightError('limit', 'a line of the inventory is too long')
  const line = fieldsOf(parseJson(text))
  const kind = line.text('kind')
  if (kind === 'certificate') return { kind, record: toRecord(line.object('record')) }
  if (kind === 'crl') return { kind, crl: toCrl(line.object('crl')) }
  if (kind === 'position') return { kind, position: line.text('position') }
  throw malformed('kind')
}

function toRecord(fields: Fields): CertificateRecord {
  return {
    issuer: fields.text('issuer'),
    serial: fields.text('serial'),
    requestId: fields.text('requestId'),
    requestDigest: fields.text('requestDigest'),
    tbsCertificate: fields.octets('tbsCertificate'),
    profile: fields.text('profile'),
    requester: fields.text('requester'),
    subject: fields.text('subject'),
    subjectDer: fields.octets('subjectDer'),
    publicKeyDigest: fields.text('publicKeyDigest'),
    notBefore: fields.date('notBefore'),
    notAfter: fields.date('notAfter'),
    createdAt: fields.date('createdAt'),
    ...fields.optional('previousSerial', fields.text),
    ...fields.optional('names', fields.texts),
    ...fields.optional('tags', fields.texts),
    ...fields.optional('crlScope', fields.text),
    ...fields.optional('invalidityDate', fields.date),
    status: fields.oneOf('status', ['reserved', 'issued', 'held', 'revoked']),
    certificate: fields.nullable('certificate', fields.octets),
    ...fields.optional('precertificate', fields.octets),
    fingerprint: fields.nullable('fingerprint', fields.text),
    issuedAt: fields.nullable('issuedAt', fields.date),
    revokedAt: fields.nullable('revokedAt', fields.date),
    revocationReason: fields.nullable('revocationReason', (name) => fields.oneOf(name, revocationReasons)),
  }
}

function toCrl(fields: Fields): CrlRecord {
  return {
    issuer: fields.text('issuer'),
    ...fields.optional('scope', fields.text),
    ...fields.optional('sequence', fields.text),
    number: fields.number('number'),
    crl: fields.octets('crl'),
    thisUpdate: fields.date('thisUpdate'),
    nextUpdate: fields.date('nextUpdate'),
    ...fields.optional('position', fields.text),
    ...fields.optional('base', (name) => toBase(fields.object(name))),
  }
}

const toBase = (fields: Fields): CrlBase => ({ number: fields.number('number'), nextUpdate: fields.date('nextUpdate') })

/** Typed access to the members of a JSON object. */
interface Fields {
  text(name: string): string
  object(name: string): Fields
  number(name: string): number
  texts(name: string): readonly string[]
  octets(name: string): Uint8Array
  date(name: string): Date
  oneOf<const T extends string>(name: string, choices: readonly T[]): T
  optional<const N extends string, T>(name: N, read: (name: string) => T): { readonly [K in N]?: T }
  nullable<T>(name: string, read: (name: string) => T): T | null
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw malformed('line')
  const members = new Map<string, unknown>(Object.entries(value))
  const text = (name: string): string => {
    const member = members.get(name)
    if (typeof member !== 'string') throw malformed(name)
    return member
  }
  return {
    text,
    object: (name) => fieldsOf(members.get(name)),
    number(name) {
      const member = members.get(name)
      if (typeof member !== 'number') throw malformed(name)
      return member
    },
    texts(name) {
      const member = members.get(name)
      if (!Array.isArray(member) || !member.every((item) => typeof item === 'string')) throw malformed(name)
      return member
    },
    octets: (name) => decodeOctets(name, text(name)),
    date: (name) => new Date(text(name)),
    oneOf<const T extends string>(name: string, choices: readonly T[]): T {
      const found = choices.find((choice) => choice === members.get(name))
      if (found === undefined) throw malformed(name)
      return found
    },
    optional: <const N extends string, T>(name: N, read: (name: string) => T): { readonly [K in N]?: T } =>
      members.has(name) ? ({ [name]: read(name) } as { readonly [K in N]: T }) : {},
    nullable: <T>(name: string, read: (name: string) => T): T | null =>
      members.get(name) === null ? null : read(name),
  }
}

function decodeOctets(name: string, base64: string): Uint8Array {
  try {
    return decodeBase64(base64)
  } catch {
    throw malformed(name)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('line')
  }
}

const malformed = (what: string): CertwrightError =>
  new CertwrightError('configuration', `a line of the inventory is malformed: ${what}`)
