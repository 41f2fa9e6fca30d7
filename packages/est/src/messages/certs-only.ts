import { encodeBase64 } from '@certwright/core/asn1'
import { decodeCertsOnly, encodeCertsOnly } from '@certwright/core/cms'
import { decodeBody } from './body.js'

/**
 * How the base64 text is laid out. `line`: one line, nothing after it (RFC 8951 section 3.1 asks senders for no white
 * space; strongSwan reads no other form). `openssl`: for people who pipe the answer into the openssl command.
 */
export type TextLayout = 'line' | 'openssl'

const encoder = new TextEncoder()
const armourRules = { labels: ['PKCS7', 'CMS'], what: 'certs-only CMS message' } as const

/**
 * `openssl base64 -d` wants a line end within its buffer of 1024 octets, and `openssl base64 -d -A` of OpenSSL 3.0 wants
 * no line end but at the edge of that buffer. Lines of 1020 characters and four line feeds please both, `base64 -d` too.
 */
const opensslLine = 1020
const opensslBreak = '\n\n\n\n'

/** The body of a certs-only answer (RFC 7030 sections 4.1.3 and 4.2.3): base64 of a degenerate SignedData. */
export function encodeCertificates(certificates: readonly Uint8Array[], layout: TextLayout = 'line'): Uint8Array {
  const text = encodeBase64(encodeCertsOnly(certificates))
  return encoder.encode(layout === 'line' ? text : opensslLines(text))
}

function opensslLines(text: string): string {
  const lines: string[] = []
  for (let at = 0; at < text.length; at += opensslLine) lines.push(text.slice(at, at + opensslLine))
  return `${lines.join(opensslBreak)}\n`
}

/**
 * The DER certificates of a certs-only body, in any of the forms of `decodeBody`.
 *
 * @throws CertwrightError `asn1` or `pem` when it is something else.
 */
export function decodeCertificates(body: Uint8Array): readonly Uint8Array[] {
  return decodeCertsOnly(decodeBody(body, armourRules), { encoding: 'ber' }).certificates
}
