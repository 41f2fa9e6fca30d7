import { createHash } from 'node:crypto'
import type { CertificateRecord, IssuanceIntent } from '@certwright/core/ports'

/** A fixed moment that suites count from. */
export const epoch = new Date('2030-01-01T00:00:00.000Z')

/** A moment some milliseconds after `epoch`. */
export function at(milliseconds: number): Date {
  return new Date(epoch.getTime() + milliseconds)
}

/** SHA-256 in hexadecimal. */
export function digestOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** A serial number of 16 octets made from a name. */
export function serialOf(name: string): string {
  return `10${digestOf(name).slice(0, 30)}`
}

/** An intent of its own for each name; fields in `changes` replace the made-up ones. */
export function sampleIntent(name: string, changes: Partial<IssuanceIntent> = {}): IssuanceIntent {
  return {
    issuer: 'test~ca',
    serial: serialOf(name),
    requestId: `request ${name}`,
    requestDigest: digestOf(`request ${name}`),
    tbsCertificate: sequence(new TextEncoder().encode(`TBS of ${name}`)),
    profile: 'device',
    requester: 'alice',
    subject: `CN=${name}`,
    subjectDer: new TextEncoder().encode(`DER of ${name}`),
    publicKeyDigest: digestOf(`key ${name}`),
    notBefore: at(0),
    notAfter: at(1_000_000),
    createdAt: at(0),
    ...changes,
  }
}

/** What `complete` gets: something shaped like a certificate around the TBS, with a signature made from `by`. */
export function sampleIssued(intent: IssuanceIntent, by = 'signature') {
  const signature = new TextEncoder().encode(by)
  const certificate = sequence(new Uint8Array([...intent.tbsCertificate, 0x04, signature.length, ...signature]))
  return { certificate, fingerprint: digestOf(certificate), issuedAt: at(5) }
}

/** The record of an intent that is still reserved. */
export function reservedRecord(intent: IssuanceIntent): CertificateRecord {
  return {
    ...intent,
    status: 'reserved',
    certificate: null,
    fingerprint: null,
    issuedAt: null,
    revokedAt: null,
    revocationReason: null,
  }
}

/** Strings that databases and their drivers get wrong. */
export const hostileStrings: readonly (readonly [name: string, text: string])[] = [
  ['quotes and comments', `'; drop table certificates; -- " \` \\ /* */`],
  ['placeholders', '$1 ? :name @p %s $x {{y}}'],
  ['wildcards', '%_*[a-z]'],
  ['NUL inside', 'before\u0000after'],
  ['NUL alone', '\u0000'],
  ['control characters', '\u0001\u0002\u001f\u007f\u0085\u2028'],
  ['a lone high surrogate', 'x\ud800y'],
  ['a lone low surrogate', '\udfff'],
  ['surrogates in the wrong order', '\udc00\ud800'],
  ['an astral character', '\u{1f512}\u{10ffff}'],
  ['private use and non-characters', '\ue000\ue001\uf8ff\ufffd\ufffe\uffff'],
  ['composed and decomposed', 'e\u0301\u00e9'],
  ['case and width', 'Kk\u212a\uff2b'],
  ['line ends and blanks', ' \r\n\t '],
]

/** Each DER length form, for bodies of samples. */
function sequence(content: Uint8Array): Uint8Array {
  const { length } = content
  if (length < 0x80) return new Uint8Array([0x30, length, ...content])
  if (length < 0x100) return new Uint8Array([0x30, 0x81, length, ...content])
  const octets = [length >> 24, length >> 16, length >> 8, length].map((octet) => octet & 0xff)
  while (octets[0] === 0) octets.shift()
  const bytes = new Uint8Array(2 + octets.length + length)
  bytes.set([0x30, 0x80 + octets.length, ...octets])
  bytes.set(content, 2 + octets.length)
  return bytes
}
