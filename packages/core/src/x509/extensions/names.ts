import { constrained, generalizedTime, type Infer, printableString, sequenceOf } from '../../asn1/index.js'
import { DirectoryString } from '../../pkix/directory-string.js'
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

/** Attributes of natural persons for {@link SubjectDirectoryAttributes}, RFC 3739 section 3.3.2. */
export const personalDataOid = {
  dateOfBirth: '1.3.6.1.5.5.7.9.1',
  placeOfBirth: '1.3.6.1.5.5.7.9.2',
  gender: '1.3.6.1.5.5.7.9.3',
  countryOfCitizenship: '1.3.6.1.5.5.7.9.4',
  countryOfResidence: '1.3.6.1.5.5.7.9.5',
} as const

/** DateOfBirth, RFC 3739 section 3.3.2: noon of the day, in Greenwich. */
export const DateOfBirth = generalizedTime
export type DateOfBirth = Infer<typeof DateOfBirth>

/** PlaceOfBirth, RFC 3739 section 3.3.2. */
export const PlaceOfBirth = DirectoryString
export type PlaceOfBirth = Infer<typeof PlaceOfBirth>

/** Gender, RFC 3739 section 3.3.2: `M` or `F`, in either case. */
export const Gender = constrained(printableString, (text) => /^[MFmf]$/.test(text), 'M or F')
export type Gender = Infer<typeof Gender>

/** CountryOfCitizenship and CountryOfResidence, RFC 3739 section 3.3.2: two letters of ISO 3166. */
export const CountryOfPerson = constrained(printableString, ({ length }) => length === 2, '2 characters')
export type CountryOfPerson = Infer<typeof CountryOfPerson>
