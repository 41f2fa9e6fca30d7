import { decodeBase64 } from '../asn1/index.js'

/** What HTTP Basic authentication brings (RFC 7617 section 2). */
export interface BasicCredentials {
  readonly username: string
  readonly password: string
}

const decoder = new TextDecoder('utf-8', { fatal: true })
const controlCharacter = /\p{Cc}/u

/**
 * The credentials of an `Authorization: Basic` field, read as UTF-8 (RFC 7617 section 2.1).
 *
 * @returns `undefined` when there is no such field or it is malformed: both are answered with a challenge.
 */
export function basicCredentials(request: Request): BasicCredentials | undefined {
  const field = request.headers.get('authorization')
  const token = field === null ? undefined : /^basic +([A-Za-z0-9+/]+={0,2})[ \t]*$/i.exec(field)?.[1]
  if (token === undefined) return undefined
  const text = decodeText(token)
  const colon = text?.indexOf(':') ?? -1
  if (text === undefined || colon === -1 || controlCharacter.test(text)) return undefined
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

/**
 * The value of a `WWW-Authenticate` field that asks for HTTP Basic credentials in UTF-8 (RFC 7617 section 2.1).
 *
 * @param realm printable ASCII; quotation marks and backslashes are escaped
 */
export function basicChallenge(realm: string): string {
  return `Basic realm="${realm.replace(/["\\]/g, '\\$&')}", charset="UTF-8"`
}

function decodeText(token: string): string | undefined {
  try {
    return decoder.decode(decodeBase64(token))
  } catch {
    return undefined
  }
}
