import { concatBytes, decodeBase64 } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { decodeSct, type SignedCertificateTimestamp } from '../x509/index.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const logIdLength = 32

/**
 * Reads the answer to add-chain or add-pre-chain (RFC 6962 section 4.1): JSON, whose unknown members do not matter.
 *
 * @returns what is wrong with it, in words, or the timestamp, not verified
 */
export function readSubmissionAnswer(body: Uint8Array): SignedCertificateTimestamp | string {
  const answer = members(body)
  if (answer === undefined) return 'the answer is not a JSON object'
  if (answer.get('sct_version') !== 0) return 'the answer is not a timestamp of version 1'
  const id = octets(answer.get('id'))
  const extensions = octets(answer.get('extensions'))
  const signature = octets(answer.get('signature'))
  const timestamp = answer.get('timestamp')
  if (id === undefined || extensions === undefined || signature === undefined || id.length !== logIdLength) {
    return 'id, extensions or signature of the answer are malformed'
  }
  if (
    typeof timestamp !== 'number' ||
    !Number.isSafeInteger(timestamp) ||
    timestamp < 0 ||
    extensions.length > 0xffff
  ) {
    return 'timestamp or extensions of the answer are malformed'
  }
  return timestampOf(id, timestamp, extensions, signature)
}

/** The JSON leaves the structure of the signature to TLS: the whole is put together as in TLS, and read as that. */
function timestampOf(
  id: Uint8Array,
  timestamp: number,
  extensions: Uint8Array,
  signature: Uint8Array,
): SignedCertificateTimestamp | string {
  const head = new DataView(new ArrayBuffer(10))
  head.setBigUint64(0, BigInt(timestamp))
  head.setUint16(8, extensions.length)
  try {
    const sct = decodeSct(concatBytes(Uint8Array.of(0), id, new Uint8Array(head.buffer), extensions, signature))
    return sct.type === 'v1' ? sct : 'the answer is not a timestamp of version 1'
  } catch (error) {
    if (!(error instanceof CertwrightError)) throw error
    return 'timestamp or signature of the answer are malformed'
  }
}

function members(body: Uint8Array): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map<string, unknown>(Object.entries(value))
      : undefined
  } catch {
    return undefined
  }
}

function octets(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined
  try {
    return decodeBase64(value)
  } catch {
    return undefined
  }
}
