import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { LogEntry } from '@certwright/core/ct'

/** The key of a log. */
export interface LogKeyPair {
  readonly privateKey: KeyObject
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** SHA-256 of it. */
  readonly logId: Uint8Array
  /** 1 is RSA, 3 is ECDSA (RFC 5246 section 7.4.1.4.1). */
  readonly code: 1 | 3
}

/** A new key. */
export function logKeyPair(keyType: 'ecdsa-p256' | 'rsa-2048'): LogKeyPair {
  const { privateKey, publicKey } =
    keyType === 'rsa-2048'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return {
    privateKey,
    publicKey: new Uint8Array(spki),
    logId: new Uint8Array(createHash('sha256').update(spki).digest()),
    code: keyType === 'rsa-2048' ? 1 : 3,
  }
}

/** The members of an answer to a submission (RFC 6962 section 4.1). */
export interface SubmissionAnswer {
  readonly sct_version: number
  readonly id: string
  readonly timestamp: number
  readonly extensions: string
  readonly signature: string
}

/**
 * Signs a timestamp. The structure is written here by itself, as RFC 6962 section 3.2 has it, and not with the code that it
 * is to test.
 */
export function signedAnswer(key: LogKeyPair, timestamp: number, entry: LogEntry): SubmissionAnswer {
  const head = Buffer.alloc(12)
  head.writeUInt8(0, 0) // sct_version
  head.writeUInt8(0, 1) // certificate_timestamp
  head.writeBigUInt64BE(BigInt(timestamp), 2)
  head.writeUInt16BE(entry.type === 'x509' ? 0 : 1, 10)
  const signedEntry =
    entry.type === 'x509'
      ? withLength(entry.certificate)
      : Buffer.concat([entry.issuerKeyHash, withLength(entry.tbsCertificate)])
  const noExtensions = Buffer.alloc(2)
  const signature = sign('sha256', Buffer.concat([head, signedEntry, noExtensions]), key.privateKey)
  const digitallySigned = Buffer.alloc(4)
  digitallySigned.writeUInt8(4, 0) // SHA-256
  digitallySigned.writeUInt8(key.code, 1)
  digitallySigned.writeUInt16BE(signature.length, 2)
  return {
    sct_version: 0,
    id: Buffer.from(key.logId).toString('base64'),
    timestamp,
    extensions: '',
    signature: Buffer.concat([digitallySigned, signature]).toString('base64'),
  }
}

function withLength(octets: Uint8Array): Buffer {
  const length = Buffer.alloc(3)
  length.writeUIntBE(octets.length, 0, 3)
  return Buffer.concat([length, octets])
}
