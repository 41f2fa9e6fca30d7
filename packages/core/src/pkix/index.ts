/**
 * Small types that several PKIX protocols share, so that no protocol imports another: general names, made from text and
 * shown as text; domain names and mailboxes beyond ASCII.
 *
 * @module
 */
export { DirectoryString } from './directory-string.js'
export { type DomainNameOptions, toAsciiDomain, toUnicodeDomain } from './domain-name.js'
export { EDIPartyName, GeneralName, GeneralNames, OtherName } from './general-name.js'
export { equalGeneralNames } from './general-name-compare.js'
export { type FormatGeneralNameOptions, formatGeneralName, formatGeneralNames } from './general-name-format.js'
export { generalName } from './general-name-make.js'
export { type ParseGeneralNameOptions, parseGeneralName, parseGeneralNames } from './general-name-parse.js'
export {
  displayDomain,
  findHomographs,
  findHomographsInText,
  type HomographFinding,
  type HomographReason,
  type Script,
} from './homographs.js'
export { formatIpAddress, parseIpAddress } from './ip-address.js'
export { type Mailbox, parseMailbox } from './mailbox.js'
export {
  HardwareModuleName,
  KerberosPrincipalName,
  type KnownOtherName,
  NAIRealm,
  NtdsObjectGuid,
  otherNameOid,
  PermanentIdentifier,
  readOtherName,
  SmtpUTF8Mailbox,
  SRVName,
  toOtherName,
  UserPrincipalName,
  XmppAddr,
} from './other-name.js'
export { decodePunycode, encodePunycode } from './punycode.js'
export { toAsciiUri } from './uri.js'
