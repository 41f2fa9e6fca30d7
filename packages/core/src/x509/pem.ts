import { decodeBase64, encodeBase64 } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'

/** Text is not PEM, or holds another label than asked for. */
export class PemError extends CertwrightError {
  override readonly name = 'PemError'
  /** The line of the fault, counted from 1. */
  readonly line: number

  constructor(message: string, line: number, options?: { readonly cause?: unknown }) {
    super('pem', `${message} (line ${line})`, options)
    this.line = line
  }
}

/** One encapsulated block of a PEM text. */
export interface PemBlock {
  /** For example `CERTIFICATE`. */
  readonly label: string
  readonly bytes: Uint8Array
}

/** The labels of RFC 7468 and what is in their blocks. */
export const pemLabel = {
  /** Certificate, RFC 7468 section 5. */
  certificate: 'CERTIFICATE',
  /** CertificateList, section 6. */
  crl: 'X509 CRL',
  /** CertificationRequest (PKCS #10), section 7. */
  certificationRequest: 'CERTIFICATE REQUEST',
  /** ContentInfo of PKCS #7, section 8. */
  pkcs7: 'PKCS7',
  /** ContentInfo of CMS, section 9. */
  cms: 'CMS',
  /** PrivateKeyInfo or OneAsymmetricKey (PKCS #8), section 10. */
  privateKey: 'PRIVATE KEY',
  /** EncryptedPrivateKeyInfo (PKCS #8), section 11. */
  encryptedPrivateKey: 'ENCRYPTED PRIVATE KEY',
  /** AttributeCertificate, section 12. */
  attributeCertificate: 'ATTRIBUTE CERTIFICATE',
  /** SubjectPublicKeyInfo, section 13. */
  publicKey: 'PUBLIC KEY',
} as const

/** Labels of old tools, which RFC 7468 lets a reader take for its own (sections 5.1, 6, 7 and 8). */
const oldLabels: ReadonlyMap<string, string> = new Map([
  ['X509 CERTIFICATE', pemLabel.certificate],
  ['X.509 CERTIFICATE', pemLabel.certificate],
  ['CRL', pemLabel.crl],
  ['NEW CERTIFICATE REQUEST', pemLabel.certificationRequest],
  ['CERTIFICATE CHAIN', pemLabel.pkcs7],
])

/** Options of {@link decodePem}. */
export interface DecodePemOptions {
  /** The labels that may occur; a block with another is an error. Default: any. */
  readonly labels?: readonly string[]
  /**
   * Accept lines of any length, white space and blank lines in the base64, RFC 1421 headers, and the labels of old tools,
   * such as `NEW CERTIFICATE REQUEST`, in place of those of RFC 7468, which the blocks then have. Default `false`.
   */
  readonly lenient?: boolean
  /** Characters of text. Default 16 Mi. */
  readonly maxSize?: number
}

/** Printable ASCII in words separated by one space or hyphen (RFC 7468 section 3). */
const labelPattern = /^(?:[!-,.-~]+(?:[- ][!-,.-~]+)*)?$/
const beginPattern = /^-----BEGIN (.*)-----$/
const lineLength = 64
const defaultMaxSize = 16 * 1024 * 1024

/**
 * One block of PEM text, with lines of 64 characters that end in a newline (RFC 7468 section 2).
 *
 * @param label one of {@link pemLabel}, or another
 * @throws PemError when the label is not one.
 */
export function encodePem(label: string, der: Uint8Array): string {
  if (!labelPattern.test(label)) throw new PemError('a PEM label is printable ASCII without hyphens at its ends', 1)
  const base64 = encodeBase64(der)
  const lines: string[] = []
  for (let index = 0; index < base64.length; index += lineLength)
    lines.push(`${base64.slice(index, index + lineLength)}\n`)
  return `-----BEGIN ${label}-----\n${lines.join('')}-----END ${label}-----\n`
}

/**
 * The blocks of a PEM text, in order; text around them is skipped (RFC 7468 section 5.2). Strict unless told otherwise:
 * lines of exactly 64 characters but for the last, canonical base64, nothing else between the armour lines.
 *
 * @throws PemError when there is no block, or one is malformed or has a label that is not among `labels`.
 */
export function decodePem(text: string, options: DecodePemOptions = {}): PemBlock[] {
  const { labels, lenient = false, maxSize = defaultMaxSize } = options
  if (text.length > maxSize) throw new CertwrightError('limit', `PEM text has at most ${maxSize} characters here`)
  const lines = text.split(/\r\n|\r|\n/)
  const blocks: PemBlock[] = []
  for (let index = 0; index < lines.length; index++) {
    const label = beginPattern.exec(lineAt(lines, index, lenient))?.[1]
    if (label === undefined) continue
    if (!labelPattern.test(label)) throw new PemError('the label is malformed', index + 1)
    const known = (lenient ? oldLabels.get(label) : undefined) ?? label
    if (labels !== undefined && !labels.includes(known) && !labels.includes(label)) {
      throw new PemError(`expected ${labels.join(' or ')}, found ${label}`, index + 1)
    }
    const end = findEnd(lines, index, label, lenient)
    blocks.push({ label: known, bytes: decodeLines(lines.slice(index + 1, end), index + 2, lenient) })
    index = end
  }
  if (blocks.length === 0) throw new PemError('the text has no PEM block', 1)
  return blocks
}

const lineAt = (lines: readonly string[], index: number, lenient: boolean): string => {
  const line = lines[index] ?? ''
  return lenient ? line.trim() : line
}

function findEnd(lines: readonly string[], begin: number, label: string, lenient: boolean): number {
  for (let index = begin + 1; index < lines.length; index++) {
    const line = lineAt(lines, index, lenient)
    if (line === `-----END ${label}-----`) return index
    if (line.startsWith('-----'))
      throw new PemError(`expected the end of ${label}, found another armour line`, index + 1)
  }
  throw new PemError(`${label} has no end line`, begin + 1)
}

function decodeLines(lines: readonly string[], first: number, lenient: boolean): Uint8Array {
  const body = lenient ? withoutHeaders(lines, first) : lines
  if (!lenient) checkLengths(lines, first)
  try {
    return decodeBase64(body.join(lenient ? '\n' : ''), { lenient })
  } catch (cause) {
    throw new PemError(cause instanceof Error ? cause.message : 'malformed base64', first, { cause })
  }
}

function checkLengths(lines: readonly string[], first: number): void {
  for (const [index, line] of lines.entries()) {
    const last = index === lines.length - 1
    if (line.length === lineLength || (last && line.length > 0 && line.length < lineLength)) continue
    throw new PemError(`a line has ${line.length} characters instead of ${lineLength}`, first + index)
  }
}

/** Drops the header lines of RFC 1421 section 4.6, which end with a blank line. */
function withoutHeaders(lines: readonly string[], first: number): readonly string[] {
  if (!lines.some((line) => line.includes(':'))) return lines
  const encrypted = lines.findIndex((line) => /^Proc-Type:.*ENCRYPTED/i.test(line))
  if (encrypted >= 0) throw new PemError('the block is encrypted by RFC 1421; convert it to PKCS #8', first + encrypted)
  const blank = lines.findIndex((line) => line.trim() === '')
  if (blank < 0) throw new PemError('header lines do not end with a blank line', first)
  return lines.slice(blank + 1)
}
