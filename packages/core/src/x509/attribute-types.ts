/** How the text of an attribute is written: the string type of a new value. */
export type AttributeSyntax = 'utf8' | 'printable' | 'ia5'

/** One attribute type of distinguished names. */
export interface AttributeType {
  readonly oid: string
  /** Names in texts, without regard to case; the first is the one that is written. */
  readonly names: readonly string[]
  readonly syntax: AttributeSyntax
}

const type = (oid: string, names: string, syntax: AttributeSyntax = 'utf8'): AttributeType => ({
  oid,
  names: names.split(' '),
  syntax,
})

const jurisdiction = '1.3.6.1.4.1.311.60.2.1'
const mark = '1.3.6.1.4.1.53087'

/**
 * Attribute types with their names: RFC 4514 section 3, RFC 4519, RFC 5280 appendix A, RFC 2985, the extended
 * validation and verified mark guidelines, and the aliases that certificate tools use. `SN` is the surname.
 */
export const attributeTypes: readonly AttributeType[] = [
  type('2.5.4.3', 'CN CommonName'),
  type('2.5.4.4', 'SN SurName'),
  type('2.5.4.5', 'SERIALNUMBER DeviceSerialNumber', 'printable'),
  type('2.5.4.6', 'C Country CountryName', 'printable'),
  type('2.5.4.7', 'L Locality LocalityName'),
  type('2.5.4.8', 'ST S State StateOrProvinceName'),
  type('2.5.4.9', 'STREET StreetAddress'),
  type('2.5.4.10', 'O Org Organization OrganizationName'),
  type('2.5.4.11', 'OU OrganizationalUnit OrganizationUnit OrgUnit OrganizationalUnitName'),
  type('2.5.4.12', 'T Title'),
  type('2.5.4.13', 'description'),
  type('2.5.4.15', 'BUSINESSCATEGORY'),
  type('2.5.4.17', 'POSTALCODE'),
  type('2.5.4.41', 'name'),
  type('2.5.4.42', 'givenName G GN'),
  type('2.5.4.43', 'I Initials'),
  type('2.5.4.44', 'generationQualifier'),
  type('2.5.4.46', 'dnQualifier', 'printable'),
  type('2.5.4.65', 'pseudonym'),
  type('2.5.4.97', 'ORGANIZATIONIDENTIFIER'),
  type('0.9.2342.19200300.100.1.1', 'UID userId'),
  type('0.9.2342.19200300.100.1.25', 'DC DomainComponent', 'ia5'),
  type('1.2.840.113549.1.9.1', 'emailAddress Email E', 'ia5'),
  type('1.2.840.113549.1.9.2', 'unstructuredName', 'ia5'),
  type('1.2.840.113549.1.9.8', 'unstructuredAddress'),
  type(`${jurisdiction}.1`, 'JurisdictionOfIncorporationLocalityName jurisdictionL'),
  type(`${jurisdiction}.2`, 'JurisdictionOfIncorporationStateOrProvinceName jurisdictionST'),
  type(`${jurisdiction}.3`, 'JurisdictionOfIncorporationCountryName jurisdictionC', 'printable'),
  type(`${mark}.1.2`, 'TrademarkOfficeName'),
  type(`${mark}.1.3`, 'TrademarkCountryOrRegionName', 'printable'),
  type(`${mark}.1.4`, 'TrademarkRegistration TrademarkIdentifier'),
  type(`${mark}.1.5`, 'LegalEntityIdentifier'),
  type(`${mark}.1.6`, 'WordMark'),
  type(`${mark}.1.13`, 'MarkType'),
  type(`${mark}.3.2`, 'StatuteCountryName', 'printable'),
  type(`${mark}.3.3`, 'StatuteStateOrProvinceName'),
  type(`${mark}.3.4`, 'StatuteLocalityName'),
  type(`${mark}.3.5`, 'StatuteCitation'),
  type(`${mark}.3.6`, 'StatuteURL'),
]

const byOid: ReadonlyMap<string, AttributeType> = new Map(attributeTypes.map((row) => [row.oid, row]))

const byName: ReadonlyMap<string, AttributeType> = new Map(
  attributeTypes.flatMap((row) => row.names.map((name) => [name.toLowerCase(), row] as const)),
)

/** The row of an object identifier, or `undefined`. */
export const attributeTypeByOid = (oid: string): AttributeType | undefined => byOid.get(oid)

/** The row of a name or alias, whatever its case, or `undefined`. */
export const attributeTypeByName = (name: string): AttributeType | undefined => byName.get(name.toLowerCase())
