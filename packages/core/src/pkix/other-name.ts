import {
  constrained,
  explicit,
  generalString,
  type Infer,
  ia5String,
  objectIdentifier,
  octetString,
  optional,
  type Schema,
  sequence,
  sequenceOf,
  smallInteger,
  utf8String,
} from '../asn1/index.js'
import type { OtherName } from './general-name.js'

/** Types of otherName in a GeneralName. */
export const otherNameOid = {
  userPrincipalName: '1.3.6.1.4.1.311.20.2.3',
  permanentIdentifier: '1.3.6.1.5.5.7.8.3',
  hardwareModuleName: '1.3.6.1.5.5.7.8.4',
  xmppAddr: '1.3.6.1.5.5.7.8.5',
  dnsSRV: '1.3.6.1.5.5.7.8.7',
  naiRealm: '1.3.6.1.5.5.7.8.8',
  smtpUTF8Mailbox: '1.3.6.1.5.5.7.8.9',
  kerberosPrincipalName: '1.3.6.1.5.2.2',
  ntdsObjectGuid: '1.3.6.1.4.1.311.25.1',
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

/** SRVName, RFC 4985 section 2: `_service.domain`, the domain as A-labels. */
export const SRVName = ia5String
export type SRVName = Infer<typeof SRVName>

/** XmppAddr, RFC 6120 section 13.7.1.4: a Jabber identifier. */
export const XmppAddr = utf8String
export type XmppAddr = Infer<typeof XmppAddr>

/** NAIRealm, RFC 7585 section 2.2: the realm that a RADIUS server answers for. */
export const NAIRealm = utf8String
export type NAIRealm = Infer<typeof NAIRealm>

/** The object GUID of a domain controller (szOID_NTDS_REPLICATION, MS-ADTS): 16 octets. */
export const NtdsObjectGuid = constrained(octetString, ({ length }) => length === 16, '16 octets')
export type NtdsObjectGuid = Infer<typeof NtdsObjectGuid>

const schemas = {
  userPrincipalName: UserPrincipalName,
  permanentIdentifier: PermanentIdentifier,
  hardwareModuleName: HardwareModuleName,
  xmppAddr: XmppAddr,
  dnsSRV: SRVName,
  naiRealm: NAIRealm,
  smtpUTF8Mailbox: SmtpUTF8Mailbox,
  kerberosPrincipalName: KerberosPrincipalName,
  ntdsObjectGuid: NtdsObjectGuid,
} as const satisfies { readonly [K in keyof typeof otherNameOid]: Schema<unknown> }

/** An otherName of a type of {@link otherNameOid}, read. */
export type KnownOtherName = {
  [K in keyof typeof schemas]: { readonly type: K; readonly value: Infer<(typeof schemas)[K]> }
}[keyof typeof schemas]

const kinds: ReadonlyMap<string, KnownOtherName['type']> = new Map(
  (Object.keys(schemas) as KnownOtherName['type'][]).map((kind) => [otherNameOid[kind], kind]),
)

/**
 * The value of an otherName whose type is known; `undefined` for other types, whose value is the element in `value`.
 *
 * @throws Asn1Error when the value is not of the type that the identifier names.
 */
export function readOtherName({ typeId, value }: OtherName): KnownOtherName | undefined {
  const type = kinds.get(typeId)
  return type === undefined ? undefined : ({ type, value: schemas[type].decode(value) } as KnownOtherName)
}

/**
 * The otherName of a value.
 *
 * @throws Asn1Error when the value is not of its type.
 */
export function toOtherName({ type, value }: KnownOtherName): OtherName {
  const schema: Schema<unknown> = schemas[type]
  return { typeId: otherNameOid[type], value: schema.encode(value) }
}
