import { any, type Infer, objectIdentifier, optional, sequence, sequenceOf } from '../../asn1/index.js'

/** QCStatement, RFC 3739 section 3.2.6. `statementInfo` is the whole element of the type that `statementId` names. */
export const QCStatement = sequence({
  statementId: objectIdentifier,
  statementInfo: optional(any),
})
export type QCStatement = Infer<typeof QCStatement>

/** QCStatements, RFC 3739 section 3.2.6. */
export const QCStatements = sequenceOf(QCStatement)
export type QCStatements = Infer<typeof QCStatements>

/** SMIMECapability, RFC 8551 section 2.5.2. */
export const SMIMECapability = sequence({
  capabilityID: objectIdentifier,
  parameters: optional(any),
})
export type SMIMECapability = Infer<typeof SMIMECapability>

/** SMIMECapabilities, RFC 8551 section 2.5.2, also a certificate extension (RFC 4262): most preferred first. */
export const SMIMECapabilities = sequenceOf(SMIMECapability)
export type SMIMECapabilities = Infer<typeof SMIMECapabilities>
