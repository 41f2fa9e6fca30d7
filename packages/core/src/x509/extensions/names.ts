import { type Infer, sequenceOf } from '../../asn1/index.js'
import { GeneralNames } from '../../pkix/general-name.js'
import { Attribute } from '../attribute.js'

/** SubjectAltName, RFC 5280 section 4.2.1.6. */
export const SubjectAlternativeName = GeneralNames
export type SubjectAlternativeName = Infer<typeof SubjectAlternativeName>

/** IssuerAltName, RFC 5280 section 4.2.1.7. */
export const IssuerAlternativeName = GeneralNames
export type IssuerAlternativeName = Infer<typeof IssuerAlternativeName>

/** SubjectDirectoryAttributes, RFC 5280 section 4.2.1.8. */
export const SubjectDirectoryAttributes = sequenceOf(Attribute, { min: 1 })
export type SubjectDirectoryAttributes = Infer<typeof SubjectDirectoryAttributes>
