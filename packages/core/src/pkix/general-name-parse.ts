import { Asn1Error, any, fromHex, sequenceOf, utf8String } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { toAsciiDomain } from './domain-name.js'
import { EDIPartyName, type GeneralName } from './general-name.js'
import { generalName } from './general-name-make.js'
import { parseMailbox } from './mailbox.js'
import { type KnownOtherName, toOtherName } from './other-name.js'
import { quoted } from './quote.js'

/** Longer texts and lists than any certificate has; bounds on the work that hostile text can cause. */
const maxLength = 65_536
const maxNames = 1000

/** How general names are read. */
export interface ParseGeneralNameOptions {
  /**
   * Reads the bases of name constraints (RFC 5280 section 4.2.1.10): `DNS:example.org`, `email:.example.org`,
   * `URI:.example.org` for hosts, `IP:192.0.2.0/24`.
   */
  readonly constraint?: boolean
}

const malformed = (message: string, cause?: unknown): CertwrightError =>
  new CertwrightError('asn1', `general name: ${message}`, { cause })

type Build = (value: string) => GeneralName

const known = (name: KnownOtherName): GeneralName => generalName.other(toOtherName(name))

const builders: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['dns', generalName.dns],
  ['email', generalName.email],
  ['uri', generalName.uri],
  ['ip', generalName.ip],
  ['ip address', generalName.ip],
  ['dirname', generalName.directory],
  ['rid', generalName.registeredID],
  ['registered id', generalName.registeredID],
  ['upn', generalName.userPrincipalName],
  ['smtputf8mailbox', smtpMailbox],
  ['xmppaddr', (value) => known({ type: 'xmppAddr', value })],
  ['srvname', generalName.srv],
  ['nairealm', (value) => known({ type: 'naiRealm', value })],
  ['ntdsobjectguid', (value) => known({ type: 'ntdsObjectGuid', value: hex(value) })],
  ['hardwaremodulename', hardwareModule],
  ['permanentidentifier', permanentIdentifier],
  ['krb5principalname', kerberosPrincipal],
  ['othername', otherName],
  ['x400address', (value) => ({ type: 'x400Address', value: sequenceOf(any).decode(hex(value.replace(/^#/, ''))) })],
  ['edipartyname', (value) => ({ type: 'ediPartyName', value: EDIPartyName.decode(hex(value.replace(/^#/, ''))) })],
])

const constraintBuilders: ReadonlyMap<string, Build> = new Map<string, Build>([
  ...builders,
  ['dns', (value) => ({ type: 'dNSName', value: value === '' ? '' : host(value) })],
  ['uri', (value) => ({ type: 'uniformResourceIdentifier', value: host(value) })],
  ['email', (value) => (value.includes('@') ? generalName.email(value) : { type: 'rfc822Name', value: host(value) })],
  ['ip', generalName.ipRange],
  ['ip address', generalName.ipRange],
])

const host = (value: string): string => toAsciiDomain(value, { leadingDot: true })

/**
 * Reads a general name as `formatGeneralName` writes it, and the forms of openssl's configuration and output. The kind is
 * read whatever its case; U-labels become A-labels; a value in quotation marks is a JSON string.
 *
 * @example
 * ```ts
 * import { parseGeneralName, parseGeneralNames } from '@certwright/core/pkix'
 *
 * const name = parseGeneralName('dirName:CN=a,O=b')
 * const names = parseGeneralNames('DNS:example.org, IP:192.0.2.1, dirName:"CN=a,O=b"')
 * const subtree = parseGeneralName('IP:192.0.2.0/24', { constraint: true })
 * ```
 *
 * @throws CertwrightError `asn1` for an unknown kind or a value that it cannot have; `limit` for absurd lengths.
 */
export function parseGeneralName(text: string, { constraint = false }: ParseGeneralNameOptions = {}): GeneralName {
  if (text.length > maxLength) throw new CertwrightError('limit', `a general name has at most ${maxLength} characters`)
  const colon = text.indexOf(':')
  const kind = withoutOuterSpaces(text.slice(0, Math.max(0, colon))).toLowerCase()
  const build = (constraint ? constraintBuilders : builders).get(kind)
  if (build === undefined) {
    throw malformed(`${quoted(text.slice(0, 50))} does not start with a kind such as DNS:, IP: or email:`)
  }
  return build(unquoted(withoutOuterSpaces(text.slice(colon + 1))))
}

/**
 * Reads several general names, separated by commas; an empty text is none.
 *
 * @throws CertwrightError `asn1` as {@link parseGeneralName} does; `limit` for more than 1000 names.
 */
export function parseGeneralNames(text: string, options?: ParseGeneralNameOptions): GeneralName[] {
  if (text.length > maxLength) throw new CertwrightError('limit', `general names have at most ${maxLength} characters`)
  if (withoutOuterSpaces(text) === '') return []
  const items = splitList(text)
  if (items.length > maxNames) throw new CertwrightError('limit', `there are more than ${maxNames} general names`)
  return items.map((item) => parseGeneralName(item, options))
}

/** Splits at the commas outside quoted values; a quotation mark counts only where a value starts. */
function splitList(text: string): string[] {
  const items: string[] = []
  let start = 0
  let state: 'kind' | 'value' | 'plain' | 'quoted' = 'kind'
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (state === 'quoted') {
      if (character === '\\') index++
      else if (character === '"') state = 'plain'
    } else if (character === ',') {
      items.push(text.slice(start, index))
      start = index + 1
      state = 'kind'
    } else if (state === 'kind') {
      if (character === ':') state = 'value'
    } else if (state === 'value' && !' \t\r\n'.includes(character)) {
      state = character === '"' ? 'quoted' : 'plain'
    }
  }
  return [...items, text.slice(start)]
}

/** Spaces and line ends do not count; other white space, which `trim` takes as well, is no part of any list. */
function withoutOuterSpaces(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && ' \t\r\n'.includes(text.charAt(start))) start++
  while (end > start && ' \t\r\n'.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed === 'string') return parsed
  } catch (cause) {
    throw malformed('a value in quotation marks is not a JSON string', cause)
  }
  throw malformed('a value in quotation marks is not a JSON string')
}

function hex(text: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) throw malformed('expected pairs of hexadecimal digits')
  return fromHex(text)
}

/** Any mailbox, as it stands: what a certificate has may be ASCII, though RFC 9598 section 3 wants an rfc822Name then. */
function smtpMailbox(value: string): GeneralName {
  const { localPart, domain } = parseMailbox(value)
  return known({ type: 'smtpUTF8Mailbox', value: `${localPart}@${domain}` })
}

function hardwareModule(value: string): GeneralName {
  const [hwType = '', serial = ''] = value.split('/', 2)
  return generalName.hardwareModuleName(hwType, hex(serial))
}

function permanentIdentifier(value: string): GeneralName {
  const slash = value.indexOf('/')
  const assigner = slash < 0 ? value : value.slice(0, slash)
  return generalName.permanentIdentifier({
    ...(slash < 0 ? {} : { identifierValue: value.slice(slash + 1) }),
    ...(assigner === '' ? {} : { assigner }),
  })
}

function kerberosPrincipal(value: string): GeneralName {
  const parts = /^((?:[^\\@;]|\\.)*)@((?:[^\\/@;]|\\.)*)(?:;(-?\d{1,16}))?$/s.exec(value)
  if (parts === null) throw malformed('a Kerberos principal is name@REALM, with / between the parts of the name')
  const [, name = '', realm = '', nameType = '1'] = parts
  return generalName.kerberosPrincipal(unescaped(realm).join('/'), unescaped(name), Number(nameType))
}

/** The parts of a principal between the slashes that have no backslash before them. */
function unescaped(text: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '/') {
      parts.push(part)
      part = ''
    } else part += character === '\\' ? text.charAt(++index) : character
  }
  return [...parts, part]
}

function otherName(value: string): GeneralName {
  const [, typeId = '', encoding = '', rest = ''] = /^([0-9.]+);(#|UTF8:|UTF8String:)(.*)$/is.exec(value) ?? []
  if (encoding === '')
    throw malformed('an otherName is a dotted identifier, then ";#" and hexadecimal, or ";UTF8:" and text')
  try {
    const element = encoding === '#' ? any.decode(hex(rest)) : utf8String.encode(rest)
    const registered = generalName.registeredID(typeId).value
    return generalName.other({ typeId: typeof registered === 'string' ? registered : typeId, value: element })
  } catch (cause) {
    if (cause instanceof Asn1Error) throw malformed('the value of an otherName is not one DER element', cause)
    throw cause
  }
}
