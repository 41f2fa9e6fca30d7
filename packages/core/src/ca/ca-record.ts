import { decodeBase64, encodeBase64 } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CaDeps } from './types.js'

/**
 * Whether a CA works. `online`: all of it. `offline`: its key rests, nothing is signed. `retired`: it issues no more
 * certificates, but still publishes what became of those it issued.
 */
export type CaCondition = 'online' | 'offline' | 'retired'

/** Whether a value is the name of a condition. */
export const isCaCondition = (value: unknown): value is CaCondition =>
  value === 'online' || value === 'offline' || value === 'retired'

/** A key of a CA with the certificate it had: what was issued under it stays valid after a rollover. */
export interface CaGeneration {
  readonly keyId: string
  /** DER Certificate. */
  readonly certificate: Uint8Array
  /**
   * Of a root: this key's certificate by the next key, and the next key's by this one (RFC 4210 section 4.4): for those
   * who trust only one of the two.
   */
  readonly crossCertificates?: readonly Uint8Array[]
}

/** What is kept of a CA itself, beside its certificate in the inventory. */
export interface CaRecord {
  /**
   * `creating` until the CA's own certificate is issued; a crash in between is continued at the next start. `requested`
   * while a CA elsewhere has to issue it.
   */
  readonly state: 'creating' | 'requested' | 'active'
  readonly condition: CaCondition
  readonly keyId: string
  readonly subject: string
  /** Id of the CA above; its own id for a root; `outside` for one elsewhere. */
  readonly issuer: string
  /** DER Certificate; empty until the state is `active`. */
  readonly certificate: Uint8Array
  /** DER certificates of the CAs above, where they are elsewhere. */
  readonly chain: readonly Uint8Array[]
  /** Earlier keys, oldest first. */
  readonly generations: readonly CaGeneration[]
  /** The key for which a CA elsewhere is asked for a certificate in another name, with that name. */
  readonly renaming?: { readonly keyId: string; readonly subject: string }
}

/** What `CaRecord.issuer` says of a CA whose issuer is not kept here. */
export const outside = 'outside'

const collection = 'ca'
/** Records that are read at a time. */
const pageSize = 200

/** Reads the record of a CA, with the version that `writeCaRecord` expects. */
export async function readCaRecord(
  { store, clock }: CaDeps,
  id: string,
): Promise<{ readonly record: CaRecord; readonly version: number } | undefined> {
  const stored = await store.records.get(collection, id, clock.now())
  if (stored === undefined) return undefined
  return { record: decode(stored.value), version: stored.version }
}

/** The records of all CAs, in the order of their ids. */
export async function* caRecords({
  store,
  clock,
}: Pick<CaDeps, 'store' | 'clock'>): AsyncIterable<{ readonly id: string; readonly record: CaRecord }> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await store.records.list(collection, clock.now(), {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    for (const { key, record } of page.items) yield { id: key, record: decode(record.value) }
    after = page.next
    more = after !== undefined
  }
}

/** Writes the record of a CA over the version `expected`; answers whether it was still that. */
export async function writeCaRecord(
  { store, clock }: CaDeps,
  id: string,
  record: CaRecord,
  expected: number,
): Promise<boolean> {
  const value = {
    ...record,
    certificate: encodeBase64(record.certificate),
    chain: record.chain.map(encodeBase64),
    generations: record.generations.map(({ keyId, certificate, crossCertificates = [] }) => ({
      keyId,
      certificate: encodeBase64(certificate),
      crossCertificates: crossCertificates.map(encodeBase64),
    })),
  }
  try {
    await store.records.put(collection, id, value, expected, clock.now())
    return true
  } catch (error) {
    if (error instanceof CertwrightError && error.code === 'conflict') return false
    throw error
  }
}

function decode(value: unknown): CaRecord {
  const { state, condition = 'online', keyId, subject, issuer, certificate, ...rest } = fieldsOf(value)
  if (state !== 'creating' && state !== 'requested' && state !== 'active') throw damaged()
  if (!isCaCondition(condition)) throw damaged()
  return {
    state,
    condition,
    keyId: text(keyId),
    subject: text(subject),
    issuer: text(issuer),
    certificate: octets(certificate),
    chain: list(rest['chain']).map(octets),
    generations: list(rest['generations']).map(generation),
    ...(rest['renaming'] === undefined ? {} : { renaming: renaming(rest['renaming']) }),
  }
}

function renaming(value: unknown): { readonly keyId: string; readonly subject: string } {
  const { keyId, subject } = fieldsOf(value)
  return { keyId: text(keyId), subject: text(subject) }
}

function generation(value: unknown): CaGeneration {
  const { keyId, certificate, crossCertificates } = fieldsOf(value)
  return {
    keyId: text(keyId),
    certificate: octets(certificate),
    crossCertificates: list(crossCertificates).map(octets),
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw damaged()
  return value as Record<string, unknown>
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw damaged()
  return value
}

const octets = (value: unknown): Uint8Array => decodeBase64(text(value))

/** Records of before there were lists have none. */
function list(value: unknown): readonly unknown[] {
  if (value !== undefined && !Array.isArray(value)) throw damaged()
  return value ?? []
}

const damaged = (): CertwrightError => new CertwrightError('store', 'the stored record of the CA is damaged')
