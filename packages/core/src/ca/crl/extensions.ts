import {
  AuthorityKeyIdentifier,
  BaseCRLNumber,
  CRLNumber,
  ExpiredCertsOnCRL,
  type Extension,
  extensionOid,
  FreshestCRL,
  IssuingDistributionPoint,
} from '../../x509/index.js'

/** What the extensions of a list say. */
export interface CrlExtensionFacts {
  readonly keyIdentifier: Uint8Array
  readonly number: number
  /** Number of the base, of a delta. */
  readonly base?: number
  /** Where a list that does not cover the whole CA is published. */
  readonly distributionPoint?: readonly string[]
  /** Whether it lists certificates of other CAs. */
  readonly indirect?: boolean
  /** Where the changes to this list are published. */
  readonly freshest?: readonly string[]
  /** Since when expired certificates stay on the list. */
  readonly expiredSince?: Date
}

/** The extensions of a CRL: RFC 5280 section 5.2, and expiredCertsOnCRL of X.509 section 9.5.2.8. */
export function crlExtensions(facts: CrlExtensionFacts): readonly Extension[] {
  const { keyIdentifier, number, base, distributionPoint = [], indirect = false, freshest = [], expiredSince } = facts
  const extensions = [
    extension('authorityKeyIdentifier', AuthorityKeyIdentifier.encode({ keyIdentifier })),
    extension('cRLNumber', CRLNumber.encode(BigInt(number))),
  ]
  if (base !== undefined) extensions.push(extension('deltaCRLIndicator', BaseCRLNumber.encode(BigInt(base)), true))
  if (distributionPoint.length > 0 || indirect) {
    const extnValue = IssuingDistributionPoint.encode({
      ...(distributionPoint.length === 0 ? {} : { distributionPoint: fullName(distributionPoint) }),
      onlyContainsUserCerts: false,
      onlyContainsCACerts: false,
      indirectCRL: indirect,
      onlyContainsAttributeCerts: false,
    })
    extensions.push(extension('issuingDistributionPoint', extnValue, true))
  }
  if (freshest.length > 0 && base === undefined) {
    extensions.push(extension('freshestCRL', FreshestCRL.encode([{ distributionPoint: fullName(freshest) }])))
  }
  if (expiredSince !== undefined)
    extensions.push(extension('expiredCertsOnCRL', ExpiredCertsOnCRL.encode(expiredSince)))
  return extensions
}

const extension = (name: keyof typeof extensionOid, extnValue: Uint8Array, critical = false): Extension => ({
  extnID: extensionOid[name],
  critical,
  extnValue,
})

const fullName = (urls: readonly string[]) => ({
  type: 'fullName' as const,
  value: urls.map((value) => ({ type: 'uniformResourceIdentifier' as const, value })),
})
