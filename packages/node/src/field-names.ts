/** Names whose usual spelling is not a capital after each hyphen. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['www-authenticate', 'WWW-Authenticate'],
  ['etag', 'ETag'],
])

/**
 * The usual spelling of a header field name. Fetch makes them lower case and HTTP/1.1 does not care, but device software
 * does: libest looks for `Content-Type`, `Content-Length` and `WWW-Authenticate` letter by letter.
 */
export const usualSpelling = (name: string): string =>
  exceptions.get(name) ?? name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
