import {
  accessMethodOid,
  CertificatePolicies,
  CPSuri,
  CTPoison,
  type DisplayText,
  type Extension,
  extensionOid,
  InhibitAnyPolicy,
  OCSPNoCheck,
  PolicyConstraints,
  policyOid,
  SubjectInfoAccess,
  TLSFeature,
  UserNotice,
} from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'
import { encodeConstraints } from './constraints.js'
import { encodeRaw } from './raw.js'
import { ownSetting } from './request-extensions.js'
import { encodeStatements } from './statements.js'

/** The extensions that are the same in every certificate of a profile. */
export interface FixedExtensions {
  readonly always: readonly Extension[]
  /** Raw ones that are there only when the request asks for their type. */
  readonly onRequest: ReadonlyMap<string, Extension>
}

const extension = (extnID: string, critical: boolean, extnValue: Uint8Array): Extension => ({
  extnID,
  critical,
  extnValue,
})

export function compileExtensions(config: ProfileConfig, fault: ReportFault): FixedExtensions {
  const raw = compileRaw(config, fault)
  return { always: [...fromSettings(config, fault), ...raw.always], onRequest: raw.onRequest }
}

function fromSettings(config: ProfileConfig, fault: ReportFault): Extension[] {
  const { nameConstraints, policyConstraints, inhibitAnyPolicy, subjectInfoAccess, tlsFeature, qcStatements } = config
  const constraints = nameConstraints === undefined ? undefined : encodeConstraints(nameConstraints, fault)
  return [
    ...(config.certificatePolicies === undefined ? [] : [policies(config.certificatePolicies, fault)]),
    ...(constraints === undefined ? [] : [extension(extensionOid.nameConstraints, true, constraints)]),
    ...(policyConstraints === undefined
      ? []
      : [extension(extensionOid.policyConstraints, true, PolicyConstraints.encode(policyConstraints))]),
    ...(inhibitAnyPolicy === undefined
      ? []
      : [extension(extensionOid.inhibitAnyPolicy, true, InhibitAnyPolicy.encode(inhibitAnyPolicy))]),
    ...(subjectInfoAccess === undefined ? [] : [subjectAccess(subjectInfoAccess)]),
    ...(tlsFeature === undefined
      ? []
      : [extension(extensionOid.tlsFeature, false, TLSFeature.encode([...tlsFeature]))]),
    ...(qcStatements === undefined
      ? []
      : [extension(extensionOid.qcStatements, false, encodeStatements(qcStatements))]),
    ...(config.ocspNoCheck === true ? [extension(extensionOid.ocspNoCheck, false, OCSPNoCheck.encode(null))] : []),
    ...(config.ctPoison === true ? [extension(extensionOid.ctPoison, true, CTPoison.encode(null))] : []),
  ]
}

function policies(
  { always, critical = false }: NonNullable<ProfileConfig['certificatePolicies']>,
  fault: ReportFault,
): Extension {
  const oids = always.map(({ oid }) => oid)
  if (new Set(oids).size !== oids.length) fault('certificatePolicies.always', 'names a policy twice')
  const value = always.map(({ oid, cps, notice }) => {
    const policyQualifiers = [
      ...(cps === undefined ? [] : [{ policyQualifierId: policyOid.cps, qualifier: CPSuri.encode(cps) }]),
      ...(notice === undefined ? [] : [{ policyQualifierId: policyOid.userNotice, qualifier: userNotice(notice) }]),
    ]
    return { policyIdentifier: oid, ...(policyQualifiers.length === 0 ? {} : { policyQualifiers }) }
  })
  return extension(extensionOid.certificatePolicies, critical, CertificatePolicies.encode(value))
}

const userNotice = (text: string): Uint8Array =>
  UserNotice.encode({ explicitText: { type: 'utf8String', value: text } satisfies DisplayText })

function subjectAccess(entries: NonNullable<ProfileConfig['subjectInfoAccess']>): Extension {
  const descriptions = entries.map(({ method, url }) => ({
    accessMethod: accessMethodOid[method],
    accessLocation: { type: 'uniformResourceIdentifier' as const, value: url },
  }))
  return extension(extensionOid.subjectInfoAccess, false, SubjectInfoAccess.encode(descriptions))
}

function compileRaw({ extensions = [], requestExtensions = {} }: ProfileConfig, fault: ReportFault): FixedExtensions {
  const always: Extension[] = []
  const onRequest = new Map<string, Extension>()
  const seen = new Set<string>()
  extensions.forEach((raw, index) => {
    const path = `extensions.${index}`
    const setting = ownSetting(raw.oid)
    if (setting !== undefined) fault(`${path}.oid`, `is the extension ${setting}`)
    if (seen.has(raw.oid)) fault(`${path}.oid`, 'is there twice')
    if (requestExtensions.pass?.includes(raw.oid) === true) fault(`${path}.oid`, 'contradicts requestExtensions.pass')
    if (requestExtensions.refuse?.includes(raw.oid) === true && raw.mandatory === false) {
      fault(`${path}.oid`, 'contradicts requestExtensions.refuse')
    }
    seen.add(raw.oid)
    const written = extension(raw.oid, raw.critical ?? false, encodeRaw(raw, path, fault))
    if (raw.mandatory === false) onRequest.set(raw.oid, written)
    else always.push(written)
  })
  return { always, onRequest }
}
