import { Asn1Error, any, sequenceOf, toHex } from '../asn1/index.js'
import { formatName } from '../x509/name-format.js'
import { EDIPartyName, type GeneralName, type OtherName } from './general-name.js'
import { displayDomain } from './homographs.js'
import { formatIpAddress } from './ip-address.js'
import { type KnownOtherName, readOtherName } from './other-name.js'
import { quoted, showsAsItIs } from './quote.js'

/** How general names are written. */
export interface FormatGeneralNameOptions {
  /** Writes domain names for people, see `displayDomain`; what comes out still reads back as the same name. */
  readonly unicode?: boolean
}

/**
 * A general name as text, in the manner of openssl: `DNS:example.org`, `IP:192.0.2.1`, `email:a@example.org`,
 * `URI:https://example.org/`, `dirName:"CN=a,O=b"`, `RID:1.2.3`, `UPN:alice@corp.example`. A value with commas, quotation
 * marks, backslashes, outer spaces or characters that do not show is a JSON string, so that nothing inside a value reads
 * as another name. Values of unknown or broken types are hexadecimal: `otherName:1.2.3;#0c0178`.
 */
export function formatGeneralName(name: GeneralName, { unicode = false }: FormatGeneralNameOptions = {}): string {
  const [key, value] = keyAndValue(name, unicode ? displayDomain : (domain) => domain)
  const plain = !/[,"\\]|^\s|\s$|^$/.test(value) && showsAsItIs(value)
  return `${key}:${plain ? value : quoted(value)}`
}

/** Several general names, as {@link formatGeneralName} writes each, separated by a comma and a space. */
export const formatGeneralNames = (names: readonly GeneralName[], options?: FormatGeneralNameOptions): string =>
  names.map((name) => formatGeneralName(name, options)).join(', ')

type Display = (domain: string) => string

function keyAndValue(name: GeneralName, display: Display): readonly [string, string] {
  switch (name.type) {
    case 'dNSName':
      return ['DNS', display(name.value)]
    case 'rfc822Name':
      return ['email', mailbox(name.value, display)]
    case 'uniformResourceIdentifier':
      return ['URI', name.value]
    case 'iPAddress':
      return ['IP', formatIp(name.value)]
    case 'directoryName':
      return ['dirName', formatName(name.value)]
    case 'registeredID':
      return ['RID', name.value]
    case 'otherName':
      return otherKeyAndValue(name.value, display)
    case 'x400Address':
      return ['x400Address', `#${toHex(sequenceOf(any).encode(name.value))}`]
    case 'ediPartyName':
      return ['ediPartyName', `#${toHex(EDIPartyName.encode(name.value))}`]
  }
}

function mailbox(address: string, display: Display): string {
  const at = address.lastIndexOf('@') + 1
  return address.slice(0, at) + display(address.slice(at))
}

function formatIp(octets: Uint8Array): string {
  return [4, 8, 16, 32].includes(octets.length) ? formatIpAddress(octets) : `#${toHex(octets)}`
}

function otherKeyAndValue(name: OtherName, display: Display): readonly [string, string] {
  const known = readKnown(name)
  return known === undefined ? ['otherName', `${name.typeId};#${toHex(name.value)}`] : knownKeyAndValue(known, display)
}

/** Another element than its type says, and a principal without a name, have no text form of their own. */
function readKnown(name: OtherName): KnownOtherName | undefined {
  try {
    const known = readOtherName(name)
    return known?.type === 'kerberosPrincipalName' && known.value.principalName.nameString.length === 0
      ? undefined
      : known
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

function knownKeyAndValue(known: KnownOtherName, display: Display): readonly [string, string] {
  switch (known.type) {
    case 'userPrincipalName':
      return ['UPN', known.value]
    case 'smtpUTF8Mailbox':
      return ['SmtpUTF8Mailbox', mailbox(known.value, display)]
    case 'xmppAddr':
      return ['XmppAddr', known.value]
    case 'dnsSRV':
      return ['SRVName', known.value]
    case 'naiRealm':
      return ['NAIRealm', known.value]
    case 'ntdsObjectGuid':
      return ['ntdsObjectGuid', toHex(known.value)]
    case 'hardwareModuleName':
      return ['hardwareModuleName', `${known.value.hwType}/${toHex(known.value.hwSerialNum)}`]
    case 'permanentIdentifier': {
      const { assigner = '', identifierValue } = known.value
      return ['permanentIdentifier', identifierValue === undefined ? assigner : `${assigner}/${identifierValue}`]
    }
    case 'kerberosPrincipalName': {
      const { realm, principalName } = known.value
      const { nameType, nameString } = principalName
      const principal = `${nameString.map(escapeKerberos).join('/')}@${escapeKerberos(realm)}`
      return ['KRB5PrincipalName', nameType === 1 ? principal : `${principal};${nameType}`]
    }
  }
}

/** Characters with a meaning in the text of a principal: those of RFC 1964 section 2.1.1, and our separator. */
const escapeKerberos = (text: string): string => text.replaceAll(/[\\/@;]/g, '\\$&')
