import { objectIdentifier } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Name } from '../x509/name.js'
import { parseName } from '../x509/name-parse.js'
import { toAsciiDomain } from './domain-name.js'
import type { GeneralName, OtherName } from './general-name.js'
import { parseIpAddress } from './ip-address.js'
import { parseMailbox } from './mailbox.js'
import { type KerberosPrincipalName, type PermanentIdentifier, toOtherName } from './other-name.js'
import { quoted } from './quote.js'
import { toAsciiUri } from './uri.js'

/** A dNSName; U-labels become A-labels, and `*` may be the first of several labels. */
const dns = (domain: string): GeneralName => ({
  type: 'dNSName',
  value: toAsciiDomain(domain, { wildcard: true }),
})

/** A mailbox: an rfc822Name, or a SmtpUTF8Mailbox when the local part is not ASCII (RFC 9598 section 3). */
function email(address: string): GeneralName {
  const { localPart, domain } = parseMailbox(address)
  const mailbox = `${localPart}@${domain}`
  if (/^\p{ASCII}*$/u.test(localPart)) return { type: 'rfc822Name', value: mailbox }
  return other(toOtherName({ type: 'smtpUTF8Mailbox', value: mailbox }))
}

/** A uniformResourceIdentifier; an IRI becomes a URI. */
const uri = (text: string): GeneralName => ({ type: 'uniformResourceIdentifier', value: toAsciiUri(text) })

/** An iPAddress from text, or from 4 or 16 octets. A range is for name constraints: see `ipRange`. */
function ip(address: string | Uint8Array): GeneralName {
  const value = typeof address === 'string' ? parseIpAddress(address) : address
  if (value.length === 4 || value.length === 16) return { type: 'iPAddress', value }
  throw new CertwrightError('asn1', 'an IP address has 4 or 16 octets, and no prefix length')
}

/** The iPAddress of a name constraint: `192.0.2.0/24`, `2001:db8::/32` (RFC 5280 section 4.2.1.10). */
function ipRange(range: string): GeneralName {
  const value = parseIpAddress(range)
  if (value.length === 8 || value.length === 32) return { type: 'iPAddress', value }
  throw new CertwrightError('asn1', `${quoted(range)} is not a range of IP addresses: it has no prefix length`)
}

/** A directoryName, from its text form or as a name. */
const directory = (name: string | Name): GeneralName => ({
  type: 'directoryName',
  value: typeof name === 'string' ? parseName(name) : name,
})

/** A registeredID: a dotted object identifier. */
const registeredID = (oid: string): GeneralName => ({
  type: 'registeredID',
  value: objectIdentifier.decode(objectIdentifier.encode(oid)),
})

/** An otherName of any type; `value` is the whole element. */
const other = (value: OtherName): GeneralName => ({ type: 'otherName', value })

/** A user principal name of Active Directory: `user@domain`. */
function userPrincipalName(name: string): GeneralName {
  if (/^[^@]+@[^@]+$/.test(name)) return other(toOtherName({ type: 'userPrincipalName', value: name }))
  throw new CertwrightError('asn1', `${quoted(name.slice(0, 100))} is not a user principal name: user@domain`)
}

/** A permanent identifier of a person or device (RFC 4043). */
const permanentIdentifier = (value: PermanentIdentifier): GeneralName =>
  other(toOtherName({ type: 'permanentIdentifier', value }))

/** A device by its type and serial number (RFC 4108 section 5). */
const hardwareModuleName = (hwType: string, hwSerialNum: Uint8Array): GeneralName =>
  other(toOtherName({ type: 'hardwareModuleName', value: { hwType, hwSerialNum } }))

/** A service of a domain, RFC 4985: `_imaps.example.org`; U-labels of the domain become A-labels. */
function srv(name: string): GeneralName {
  const [, service, domain] = /^(_[A-Za-z0-9-]{1,15})\.(.+)$/s.exec(name) ?? []
  if (service === undefined || domain === undefined) {
    throw new CertwrightError('asn1', `${quoted(name.slice(0, 100))} is not a service name: _service.domain`)
  }
  return other(toOtherName({ type: 'dnsSRV', value: `${service}.${toAsciiDomain(domain)}` }))
}

/** A Kerberos principal (RFC 4556 section 3.2.2); `nameType` 1 is NT-PRINCIPAL, 2 NT-SRV-INST. */
const kerberosPrincipal = (realm: string, nameString: readonly string[], nameType = 1): GeneralName =>
  other(toOtherName({ type: 'kerberosPrincipalName', value: kerberos(realm, nameString, nameType) }))

const kerberos = (realm: string, nameString: readonly string[], nameType: number): KerberosPrincipalName => ({
  realm,
  principalName: { nameType, nameString },
})

/**
 * Makes general names (RFC 5280 section 4.2.1.6) from what people write, checked and in the form that certificates carry.
 * Each function throws CertwrightError `asn1` for a value that its kind of name cannot have.
 *
 * @example
 * ```ts
 * import { generalName } from '@certwright/core/pkix'
 * import { SubjectAlternativeName } from '@certwright/core/x509'
 *
 * const extnValue = SubjectAlternativeName.encode([
 *   generalName.dns('bücher.example'),
 *   generalName.ip('2001:db8::1'),
 *   generalName.userPrincipalName('alice@corp.example'),
 * ])
 * ```
 */
export const generalName = Object.freeze({
  dns,
  email,
  uri,
  ip,
  ipRange,
  directory,
  registeredID,
  other,
  userPrincipalName,
  permanentIdentifier,
  hardwareModuleName,
  srv,
  kerberosPrincipal,
})
