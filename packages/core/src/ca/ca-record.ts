import { decodeBase64, encodeBase64 } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CaDeps } from './types.js'

/** What is kept of a CA itself, beside its certificate in the inventory. */
export interface CaRecord {
  /** `creating` until the CA's own certificate is issued; a crash in between is continued at the next start. */
  readonly state: 'creating' | 'active'
  readonly keyId: string
  readonly subject: string
  /** Id of the CA above; its own id for a root. */
  readonly issuer: string
  /** DER Certificate; empty while `creating`. */
  readonly certificate: Uint8Array
}

const collection = 'ca'

/** Reads the record of a CA, with the version that `writeCaRecord` expects. */
export async function readCaRecord(
  { store, clock }: CaDeps,
  id: string,
): Promise<{ readonly record: CaRecord; readonly version: number } | undefined> {
  const stored = await store.records.get(collection, id, clock.now())
  if (stored === undefined) return undefined
  return { record: decode(stored.value), version: stored.version }
}

/** Writes the record of a CA over the version `expected`; answers whether it was still that. */
export async function writeCaRecord(
  { store, clock }: CaDeps,
  id: string,
  record: CaRecord,
  expected: number,
): Promise<boolean> {
  const value = { ...record, certificate: encodeBase64(record.certificate) }
  try {
    await store.records.put(collection, id, value, expected, clock.now())
    return true
  } catch (error) {
    if (error instanceof CertwrightError && error.code === 'conflict') return false
    throw error
  }
}

function decode(value: unknown): CaRecord {
  if (typeof value !== 'object' || value === null) throw damaged()
  const { state, keyId, subject, issuer, certificate } = value as Record<string, unknown>
  if (state !== 'creating' && state !== 'active') throw damaged()
  if (typeof keyId !== 'string' || typeof subject !== 'string' || typeof issuer !== 'string') throw damaged()
  if (typeof certificate !== 'string') throw damaged()
  return { state, keyId, subject, issuer, certificate: decodeBase64(certificate) }
}

const damaged = (): CertwrightError => new CertwrightError('store', 'the stored record of the CA is damaged')
