import { equalBytes } from '../asn1/index.js'
import { attributeText } from '../x509/attribute-value.js'
import { equalNames } from '../x509/name-compare.js'
import { comparableDomain } from './domain-name.js'
import { GeneralName, type OtherName } from './general-name.js'
import { otherNameOid } from './other-name.js'
import { comparableUri } from './uri.js'

/**
 * Whether two general names are the same by RFC 5280 sections 7.2 to 7.5 and RFC 9549: domain names, hosts, schemes and the
 * domains of mailboxes whatever their letter case, local parts exactly, directory names by section 7.1, all else octet by
 * octet. A-labels are compared as such; only a SmtpUTF8Mailbox may still have U-labels.
 */
export function equalGeneralNames(a: GeneralName, b: GeneralName): boolean {
  if (a.type === 'directoryName' && b.type === 'directoryName') return equalNames(a.value, b.value)
  if (a.type !== b.type) return false
  const [one, other] = [textKey(a), textKey(b)]
  return one !== undefined || other !== undefined
    ? one === other
    : equalBytes(GeneralName.encode(a), GeneralName.encode(b))
}

/** Equal for equal names, of the kinds that are compared as text. */
function textKey(name: GeneralName): string | undefined {
  switch (name.type) {
    case 'dNSName':
      return lowerAscii(name.value)
    case 'rfc822Name': {
      const at = name.value.lastIndexOf('@') + 1
      return name.value.slice(0, at) + lowerAscii(name.value.slice(at))
    }
    case 'uniformResourceIdentifier':
      return comparableUri(name.value)
    case 'otherName':
      return name.value.typeId === otherNameOid.smtpUTF8Mailbox ? utf8MailboxKey(name.value) : undefined
    default:
      return undefined
  }
}

/**
 * The local part exactly, the domain as A-labels (RFC 9598 section 5); certificates from before it, by RFC 8398, have
 * U-labels. Octets that are no text have no such key.
 */
function utf8MailboxKey({ typeId, value }: OtherName): string | undefined {
  const text = attributeText(value)
  if (text === undefined) return undefined
  const at = text.lastIndexOf('@') + 1
  return `${typeId}:${text.slice(0, at)}${comparableDomain(text.slice(at))}`
}

const lowerAscii = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
