import { decodeBase64 } from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'

/** What the armour lines of a PEM body may say. */
export interface ArmourRules {
  readonly labels: readonly string[]
  /** For messages: `certification request`. */
  readonly what: string
}

const latin1 = new TextDecoder('latin1')
const sequenceTag = 0x30
const armour = /-----BEGIN ([^-]*)-----([^-]*)-----END ([^-]*)-----/g

/**
 * The DER octets of a message body in any form that is sent over EST: base64 with white space anywhere (RFC 7030 with
 * RFC 8951 section 3.1), PEM with its armour lines, also when they were joined to one line, and DER as it is.
 *
 * Base64 of a DER SEQUENCE begins with `M`, never with the octet 0x30 (`0`), so the first octet tells DER from text.
 *
 * @throws CertwrightError `asn1` when the body is empty or not base64; `pem` for other armour lines.
 */
export function decodeBody(body: Uint8Array, rules: ArmourRules): Uint8Array {
  if (body[0] === sequenceTag) return body
  const text = latin1.decode(body)
  if (text.trim() === '') throw new CertwrightError('asn1', `the body is empty; a ${rules.what} is expected`)
  return decodeBase64(text.includes('-----BEGIN') ? insideArmour(text, rules) : text, { lenient: true })
}

function insideArmour(text: string, { labels, what }: ArmourRules): string {
  const blocks = [...text.matchAll(armour)]
  const [block] = blocks
  if (block === undefined) throw new CertwrightError('pem', 'the body has a PEM BEGIN line and no matching END line')
  if (blocks.length > 1) throw new CertwrightError('pem', `the body has ${blocks.length} PEM blocks; one is expected`)
  const [, begin = '', base64 = '', end = ''] = block
  if (begin !== end) throw new CertwrightError('pem', 'the PEM BEGIN and END lines do not name the same thing')
  if (!labels.includes(begin)) {
    throw new CertwrightError('pem', `the PEM block is a ${begin.slice(0, 40)}; a ${what} is expected`)
  }
  return base64
}
