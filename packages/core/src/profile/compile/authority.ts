import { parseIpAddress } from '../../pkix/index.js'
import { extensionOid } from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'

const isAuthority = (kind: ProfileConfig['kind']): boolean => kind === 'root' || kind === 'intermediate'

/** What only a CA has, and what a CA must have. */
export function checkAuthority(config: ProfileConfig, fault: ReportFault): void {
  const { kind, basicConstraints } = config
  const { cA, pathLenConstraint } = basicConstraints
  if (cA !== isAuthority(kind)) fault('basicConstraints.cA', `must be ${isAuthority(kind)} for kind "${kind}"`)
  if (pathLenConstraint !== undefined && !cA) {
    fault('basicConstraints.pathLenConstraint', 'only a CA has one (RFC 5280 section 4.2.1.9)')
  }
  for (const field of ['nameConstraints', 'policyConstraints', 'inhibitAnyPolicy'] as const) {
    if (config[field] !== undefined && !cA) fault(field, 'only a CA has it (RFC 5280 section 4.2.1)')
  }
  if (config.policyConstraints !== undefined && Object.keys(config.policyConstraints).length === 0) {
    fault('policyConstraints', 'must not be empty (RFC 5280 section 4.2.1.11)')
  }
}

/** Extensions that cannot be left out. */
export function checkSuppressed({ suppress = [], kind }: ProfileConfig, fault: ReportFault): void {
  for (const name of suppress) {
    if (name === 'authorityKeyIdentifier' && kind === 'root')
      fault('suppress', 'a root has no authorityKeyIdentifier anyway')
    else if (isAuthority(kind)) fault('suppress', `a CA must have ${name} (RFC 5280 section 4.2.1)`)
  }
}

/** Logged are certificates of end entities, and the CA alone writes what goes with it. */
export function checkTransparency(
  { kind, transparency, ctPoison, extensions = [] }: ProfileConfig,
  fault: ReportFault,
): void {
  if (transparency !== 'required') return
  if (kind !== 'end-entity') fault('transparency', 'is for kind "end-entity" only')
  if (ctPoison === true) fault('transparency', 'makes precertificates itself: it contradicts ctPoison')
  if (extensions.some(({ oid }) => oid === extensionOid.signedCertificateTimestamps)) {
    fault('transparency', 'writes the timestamps itself: they are among the extensions')
  }
}

/** Settings that are for one kind of certificate. */
export function checkRoles(
  { kind, ocspNoCheck, ctPoison, p12, caa, keys, subject, subjectAlternativeName }: ProfileConfig,
  fault: ReportFault,
): void {
  if (ocspNoCheck === true && kind !== 'ocsp-signer') fault('ocspNoCheck', 'is for kind "ocsp-signer" only')
  if (ctPoison === true && kind !== 'end-entity') fault('ctPoison', 'is for kind "end-entity" only')
  if (p12 !== undefined && kind !== 'end-entity') fault('p12', 'the key of a CA or responder is never handed out')
  if (caa === 'required' && isAuthority(kind)) fault('caa', 'is for names of hosts and mailboxes, not for a CA')
  if (p12 !== undefined && !keys.allowed.includes(p12.keyType)) fault('p12.keyType', 'is not among keys.allowed')
  if (subject.empty === 'allowed') {
    if (isAuthority(kind)) fault('subject.empty', 'a CA must have a subject (RFC 5280 section 4.1.2.6)')
    if (subjectAlternativeName.use === 'never') {
      fault('subject.empty', 'an empty subject needs a subject alternative name, which this profile never has')
    }
  }
}

function checkRoot({ crlDistributionPoints, authorityInfoAccess }: ProfileConfig, fault: ReportFault): void {
  for (const [field, rule] of Object.entries({ crlDistributionPoints, authorityInfoAccess })) {
    if (rule !== undefined && rule.use !== 'never')
      fault(`${field}.use`, 'must be "never": a root is not revoked by itself')
  }
}

/** Fixed URLs that are never written, and ranges that are none. */
export function checkPublication(config: ProfileConfig, fault: ReportFault): void {
  const { crlDistributionPoints: points, authorityInfoAccess: access } = config
  if (config.kind === 'root') checkRoot(config, fault)
  if (points?.use === 'never' && points.urls !== undefined) fault('crlDistributionPoints.urls', 'is not used')
  if (access?.use === 'never' && (access.ocsp ?? access.caIssuers) !== undefined)
    fault('authorityInfoAccess', 'has URLs that are not used')
}

/** Whether text is a range of addresses, such as 10.0.0.0/8. */
export function readRange(text: string): Uint8Array | undefined {
  try {
    const octets = parseIpAddress(text)
    return octets.length === 8 || octets.length === 32 ? octets : undefined
  } catch {
    return undefined
  }
}
