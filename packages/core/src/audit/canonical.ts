/** What a record is made of. */
export type CanonicalValue = string | number | boolean | null | { readonly [name: string]: CanonicalValue | undefined }

/**
 * The canonical text of a value (RFC 8785, JSON Canonicalization Scheme): no white space, members in the order of their
 * names by UTF-16 code units (section 3.2.3), strings and numbers as ECMAScript writes them (section 3.2.2). RFC 8785 has no
 * form for lone surrogates, which a client may send: they are escaped as `\udxxx`, as ECMAScript's `JSON.stringify` does, so
 * that the text is always good Unicode and two different strings never give one text. Members that are `undefined` are absent.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

/** UTF-8 octets of a text without lone surrogates. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

const encoder = new TextEncoder()
