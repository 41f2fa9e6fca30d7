import {
  any,
  choice,
  explicit,
  type Infer,
  ia5String,
  implicit,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
} from '../asn1/index.js'
import { Name } from '../x509/name.js'
import { DirectoryString } from './directory-string.js'

/** OtherName, RFC 5280 section 4.2.1.6. `value` is the whole element inside the tag `[0]`. */
export const OtherName = sequence({
  typeId: objectIdentifier,
  value: explicit(0, any),
})
export type OtherName = Infer<typeof OtherName>

/** EDIPartyName, RFC 5280 section 4.2.1.6. */
export const EDIPartyName = sequence({
  nameAssigner: optional(explicit(0, DirectoryString)),
  partyName: explicit(1, DirectoryString),
})
export type EDIPartyName = Infer<typeof EDIPartyName>

/**
 * GeneralName, RFC 5280 section 4.2.1.6. `x400Address` is the fields of the ORAddress as whole elements; `iPAddress` is
 * 4 or 16 octets, twice as many in a name constraint.
 */
export const GeneralName = choice({
  otherName: implicit(0, OtherName),
  rfc822Name: implicit(1, ia5String),
  dNSName: implicit(2, ia5String),
  x400Address: implicit(3, sequenceOf(any)),
  directoryName: explicit(4, Name),
  ediPartyName: implicit(5, EDIPartyName),
  uniformResourceIdentifier: implicit(6, ia5String),
  iPAddress: implicit(7, octetString),
  registeredID: implicit(8, objectIdentifier),
})
export type GeneralName = Infer<typeof GeneralName>

/** GeneralNames, RFC 5280 section 4.2.1.6: at least one. */
export const GeneralNames = sequenceOf(GeneralName, { min: 1 })
export type GeneralNames = Infer<typeof GeneralNames>
