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

/** Options of {@link decodePem}. */
export interface DecodePemOptions {
  /** The labels that may occur; a block with another is an error. Default: any. */
  readonly labels?: readonly string[]
  /** Accept lines of any length, white space and blank lines in the base64, and RFC 1421 headers. Default `false`. */
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
 * @param label for example `CERTIFICATE`, `CERTIFICATE REQUEST`, `X509 CRL`, `PKCS7`, `PRIVATE KEY`
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
    if (labels !== undefined && !labels.includes(label)) {
      throw new PemError(`expected ${labels.join(' or ')}, found ${label}`, index + 1)
    }
    const end = findEnd(lines, index, label, lenient)
    blocks.push({ label, bytes: decodeLines(lines.slice(index + 1, end), index + 2, lenient) })
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
