import {
  explicit,
  generalString,
  type Infer,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  smallInteger,
  utf8String,
} from '../asn1/index.js'

/** Types of otherName in a GeneralName. */
export const otherNameOid = {
  userPrincipalName: '1.3.6.1.4.1.311.20.2.3',
  permanentIdentifier: '1.3.6.1.5.5.7.8.3',
  hardwareModuleName: '1.3.6.1.5.5.7.8.4',
  xmppAddr: '1.3.6.1.5.5.7.8.5',
  dnsSRV: '1.3.6.1.5.5.7.8.7',
  smtpUTF8Mailbox: '1.3.6.1.5.5.7.8.9',
  kerberosPrincipalName: '1.3.6.1.5.2.2',
} as const

/** User principal name of Active Directory (szOID_NT_PRINCIPAL_NAME): `user@domain`. */
export const UserPrincipalName = utf8String
export type UserPrincipalName = Infer<typeof UserPrincipalName>

/** PermanentIdentifier, RFC 4043 section 2. Without `assigner`, the issuer assigned the identifier. */
export const PermanentIdentifier = sequence({
  identifierValue: optional(utf8String),
  assigner: optional(objectIdentifier),
})
export type PermanentIdentifier = Infer<typeof PermanentIdentifier>

/** HardwareModuleName, RFC 4108 section 5: the serial number of a device of a type. */
export const HardwareModuleName = sequence({
  hwType: objectIdentifier,
  hwSerialNum: octetString,
})
export type HardwareModuleName = Infer<typeof HardwareModuleName>

/** SmtpUTF8Mailbox, RFC 9598 section 3: a mailbox whose local part is not ASCII. */
export const SmtpUTF8Mailbox = utf8String
export type SmtpUTF8Mailbox = Infer<typeof SmtpUTF8Mailbox>

/** KRB5PrincipalName, RFC 4556 section 3.2.2. */
export const KerberosPrincipalName = sequence({
  realm: explicit(0, generalString),
  principalName: explicit(
    1,
    sequence({
      nameType: explicit(0, smallInteger),
      nameString: explicit(1, sequenceOf(generalString)),
    }),
  ),
})
export type KerberosPrincipalName = Infer<typeof KerberosPrincipalName>
