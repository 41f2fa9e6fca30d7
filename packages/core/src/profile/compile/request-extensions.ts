import { extensionOid } from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'

/** The ten extensions that no requester may set, whatever their role: they are left out of the certificate. */
export const neverFromRequest: ReadonlyMap<string, string> = new Map([
  [extensionOid.authorityKeyIdentifier, 'authorityKeyIdentifier'],
  [extensionOid.basicConstraints, 'basicConstraints'],
  [extensionOid.cRLDistributionPoints, 'cRLDistributionPoints'],
  [extensionOid.cRLNumber, 'cRLNumber'],
  ['1.2.840.113533.7.65.0', 'entrustVersInfo'],
  [extensionOid.invalidityDate, 'invalidityDate'],
  [extensionOid.issuingDistributionPoint, 'issuingDistributionPoint'],
  ['2.16.840.1.113730.1.3', 'netscapeRevocationUrl'],
  [extensionOid.reasonCode, 'reasonCode'],
  [extensionOid.subjectKeyIdentifier, 'subjectKeyIdentifier'],
])

/** Extensions that settings of their own decide: a request is read by those settings, or not at all. */
const bySettings: ReadonlyMap<string, string> = new Map([
  [extensionOid.keyUsage, 'keyUsage'],
  [extensionOid.subjectAltName, 'subjectAlternativeName'],
  [extensionOid.extendedKeyUsage, 'extendedKeyUsage'],
  [extensionOid.authorityInfoAccess, 'authorityInfoAccess'],
  [extensionOid.privateKeyUsagePeriod, 'privateKeyUsagePeriod'],
])

/** Extensions that a profile writes through settings, and that a request may bring where the profile has none. */
const withSettings: ReadonlyMap<string, keyof ProfileConfig> = new Map([
  [extensionOid.certificatePolicies, 'certificatePolicies'],
  [extensionOid.nameConstraints, 'nameConstraints'],
  [extensionOid.policyConstraints, 'policyConstraints'],
  [extensionOid.inhibitAnyPolicy, 'inhibitAnyPolicy'],
  [extensionOid.subjectInfoAccess, 'subjectInfoAccess'],
  [extensionOid.tlsFeature, 'tlsFeature'],
  [extensionOid.qcStatements, 'qcStatements'],
  [extensionOid.ocspNoCheck, 'ocspNoCheck'],
  [extensionOid.ctPoison, 'ctPoison'],
])

/** Extensions that only the CA or the profile decides: nothing that a request holds is copied. */
export const isDecidedByProfile = (oid: string): boolean => neverFromRequest.has(oid) || bySettings.has(oid)

/** The name of an extension that has a setting of its own, or that the CA writes. */
export const ownSetting = (oid: string): string | undefined =>
  bySettings.get(oid) ?? withSettings.get(oid) ?? neverFromRequest.get(oid)

/** Powers over other certificates, and statements about the holder: not even a profile can let a request bring them. */
const tooPowerful: ReadonlyMap<string, string> = new Map([
  [extensionOid.nameConstraints, 'nameConstraints'],
  [extensionOid.policyConstraints, 'policyConstraints'],
  [extensionOid.policyMappings, 'policyMappings'],
  [extensionOid.inhibitAnyPolicy, 'inhibitAnyPolicy'],
  [extensionOid.ocspNoCheck, 'ocspNoCheck'],
  [extensionOid.ctPoison, 'ctPoison'],
  [extensionOid.signedCertificateTimestamps, 'signedCertificateTimestamps'],
])

/** What only a CA that logs certificates writes: nobody overrides it. */
export const ofTransparency: ReadonlyMap<string, string> = new Map([
  [extensionOid.ctPoison, 'ctPoison'],
  [extensionOid.signedCertificateTimestamps, 'signedCertificateTimestamps'],
])

export function checkRequestExtensions(config: ProfileConfig, fault: ReportFault): void {
  const { pass = [], refuse = [] } = config.requestExtensions ?? {}
  pass.forEach((oid, index) => {
    const path = `requestExtensions.pass.${index}`
    const never = neverFromRequest.get(oid) ?? tooPowerful.get(oid)
    const setting = bySettings.get(oid)
    const written = withSettings.get(oid)
    if (never !== undefined) fault(path, `a request never decides ${never}`)
    else if (setting !== undefined) fault(path, `see the setting ${setting}`)
    else if (written !== undefined && config[written] !== undefined) fault(path, `contradicts the setting ${written}`)
    if (refuse.includes(oid)) fault(path, 'contradicts requestExtensions.refuse')
  })
  if (refuse.includes(extensionOid.subjectAltName) && config.subjectAlternativeName.use === 'required') {
    fault('requestExtensions.refuse', 'contradicts subjectAlternativeName.use "required"')
  }
}
