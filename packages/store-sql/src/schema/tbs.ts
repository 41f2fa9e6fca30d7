/**
 * The TBSCertificate inside a DER Certificate (RFC 5280 section 4.1: the first element of the outer SEQUENCE), so that it
 * need not be stored twice. Nothing is validated: whoever uses it compares.
 *
 * @returns a view of `certificate`, or `undefined` where the bytes do not look like a certificate
 */
export function tbsOf(certificate: Uint8Array): Uint8Array | undefined {
  const outer = header(certificate, 0)
  const inner = outer && header(certificate, outer.content)
  if (!outer || !inner) return undefined
  const end = inner.content + inner.length
  return end <= certificate.length ? certificate.subarray(outer.content, end) : undefined
}

/** Where the content of the SEQUENCE at `offset` starts, and its length (X.690 section 8.1.3, definite forms). */
function header(bytes: Uint8Array, offset: number): { readonly content: number; readonly length: number } | undefined {
  const first = bytes[offset + 1]
  if (bytes[offset] !== 0x30 || first === undefined) return undefined
  if (first < 0x80) return { content: offset + 2, length: first }
  const size = first - 0x80
  if (size === 0 || size > 4) return undefined
  const length = bytes.subarray(offset + 2, offset + 2 + size).reduce((sum, octet) => sum * 256 + octet, 0)
  return { content: offset + 2 + size, length }
}
