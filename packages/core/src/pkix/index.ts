/**
 * Small types that several PKIX protocols share, so that no protocol imports another.
 *
 * @module
 */
export { DirectoryString } from './directory-string.js'
export { EDIPartyName, GeneralName, GeneralNames, OtherName } from './general-name.js'
export { formatIpAddress, parseIpAddress } from './ip-address.js'
export {
  HardwareModuleName,
  KerberosPrincipalName,
  otherNameOid,
  PermanentIdentifier,
  SmtpUTF8Mailbox,
  UserPrincipalName,
} from './other-name.js'
