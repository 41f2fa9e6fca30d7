import {
  boolean,
  constrained,
  type Infer,
  implicit,
  nullValue,
  optional,
  printableString,
  sequence,
  sequenceOf,
  smallInteger,
  utf8String,
} from '../../asn1/index.js'

/** OCSPNoCheck, RFC 6960 section 4.2.2.2.1: `null`. */
export const OCSPNoCheck = nullValue
export type OCSPNoCheck = Infer<typeof OCSPNoCheck>

/** Features of TLSFeature, RFC 7633 section 4.1: numbers of TLS extensions; 5 is status_request. */
export const TLSFeature = sequenceOf(constrained(smallInteger, (value) => value >= 0 && value <= 0xffff, '0 to 65535'))
export type TLSFeature = Infer<typeof TLSFeature>

/** The poison of a precertificate, RFC 6962 section 3.1: `null`, always critical. */
export const CTPoison = nullValue
export type CTPoison = Infer<typeof CTPoison>

/** CABFOrganizationIdentifier, CA/Browser Forum EV guidelines section 7.1.2.2 and appendix: who a legal entity is. */
export const CABFOrganizationIdentifier = sequence({
  registrationSchemeIdentifier: constrained(printableString, ({ length }) => length === 3, '3 characters'),
  registrationCountry: constrained(printableString, ({ length }) => length === 2, '2 characters'),
  registrationStateOrProvince: optional(implicit(0, printableString)),
  registrationReference: utf8String,
})
export type CABFOrganizationIdentifier = Infer<typeof CABFOrganizationIdentifier>

/** NACI indicator of a PIV card, FIPS 201-1 appendix B.2: whether the background check was still under way. */
export const PIVInterim = boolean
export type PIVInterim = Infer<typeof PIVInterim>
