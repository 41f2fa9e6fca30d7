import { equalBytes } from '../asn1/index.js'
import { equalNames } from '../x509/name-compare.js'
import { GeneralName } from './general-name.js'
import { comparableUri } from './uri.js'

/**
 * Whether two general names are the same by RFC 5280 sections 7.2 to 7.5 and RFC 9549: domain names, hosts, schemes and the
 * domains of mailboxes whatever their letter case, local parts exactly, directory names by section 7.1, all else octet by
 * octet. A-labels are compared as such: names in certificates have no U-labels.
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
    default:
      return undefined
  }
}

const lowerAscii = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
