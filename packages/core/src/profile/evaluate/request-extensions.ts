import { any, type Schema } from '../../asn1/index.js'
import {
  BasicConstraints,
  CertificatePolicies,
  type Extension,
  extensionOid,
  MsApplicationPolicies,
  MsTemplate,
  MsTemplateName,
  NtdsSecurity,
  PIVInterim,
  QCStatements,
  SMIMECapabilities,
  SubjectInfoAccess,
  TLSFeature,
} from '../../x509/index.js'
import { isDecidedByProfile, neverFromRequest, ofTransparency } from '../compile/index.js'
import { type Context, decodeRequested, extensionName, refuse } from './context.js'
import { refuseReserved } from './usage.js'

/** More extensions than any client sends. */
const maxExtensions = 50

/** What the value of a copied extension must be; any one element where nothing more is known. */
const schemas: ReadonlyMap<string, Schema<unknown>> = new Map<string, Schema<unknown>>([
  [extensionOid.certificatePolicies, CertificatePolicies],
  [extensionOid.msApplicationPolicies, MsApplicationPolicies],
  [extensionOid.msTemplate, MsTemplate],
  [extensionOid.msTemplateName, MsTemplateName],
  [extensionOid.ntdsSecurity, NtdsSecurity],
  [extensionOid.pivInterim, PIVInterim],
  [extensionOid.qcStatements, QCStatements],
  [extensionOid.smimeCapabilities, SMIMECapabilities],
  [extensionOid.subjectInfoAccess, SubjectInfoAccess],
  [extensionOid.tlsFeature, TLSFeature],
])

/**
 * The extensions that the profile copies from the request, well-formed and never critical, and those of its own that the
 * request asks for. Extensions that the CA decides are left out without a word, as many clients send them; a wish to be
 * a CA, and any other extension marked critical, is refused.
 */
export function copiedExtensions(context: Context): Extension[] {
  const { request, profile } = context
  if (request.extensions.length > maxExtensions) {
    refuse(context, {
      code: 'extension-not-allowed',
      field: 'extensions',
      message: `there are ${request.extensions.length} extensions; at most ${maxExtensions} are allowed`,
      found: String(request.extensions.length),
      allowed: `at most ${maxExtensions}`,
      fix: 'leave extensions out',
    })
    return []
  }
  const seen = new Set<string>()
  const copied: Extension[] = []
  for (const extension of request.extensions) {
    if (seen.has(extension.extnID)) refuseDuplicate(context, extension.extnID)
    seen.add(extension.extnID)
    const own = profile.extensions.onRequest.get(extension.extnID)
    if (profile.requestExtensions.refuse.has(extension.extnID)) refuseExtension(context, extension)
    else if (own !== undefined) copied.push(own)
    else if (profile.requestExtensions.pass.has(extension.extnID)) copied.push(...copy(context, extension))
    else checkOther(context, extension)
  }
  return copied
}

function copy(context: Context, extension: Extension): Extension[] {
  const decoded = decodeRequested(context, schemas.get(extension.extnID) ?? any, extension)
  if (decoded !== undefined && extension.extnID === extensionOid.msApplicationPolicies) {
    const policies = MsApplicationPolicies.decode(extension.extnValue)
    refuseReserved(
      context,
      policies.map(({ policyIdentifier }) => policyIdentifier),
    )
  }
  return decoded === undefined ? [] : [{ ...extension, critical: false }]
}

function checkOther(context: Context, extension: Extension): void {
  const { config } = context
  if (extension.extnID === extensionOid.basicConstraints) {
    if (!config.basicConstraints.cA) checkCaWish(context, extension)
    return
  }
  if (isDecidedByProfile(extension.extnID)) return
  if (config.requestExtensions?.others === 'refuse') refuseExtension(context, extension)
  else if (extension.critical) {
    refuse(context, {
      code: 'extension-critical',
      field: extensionName(extension.extnID),
      message: 'is marked critical and the profile does not certify it',
      found: extension.extnID,
      allowed: [...context.profile.requestExtensions.pass].join(', ') || 'no extensions',
      fix: 'leave the extension out, or do not mark it critical',
    })
  }
}

function checkCaWish(context: Context, extension: Extension): void {
  if (decodeRequested(context, BasicConstraints, extension)?.cA !== true) return
  refuse(context, {
    code: 'ca-not-allowed',
    field: 'basicConstraints',
    message: 'the profile certifies end entities, not certificate authorities',
    found: 'cA TRUE',
    allowed: 'cA FALSE',
    fix: 'leave basicConstraints out, or use a profile for intermediate CAs',
  })
}

const refuseExtension = (context: Context, { extnID }: Extension): void =>
  refuse(context, {
    code: 'extension-not-allowed',
    field: extensionName(extnID),
    message: 'is not allowed in requests under this profile',
    found: extnID,
    allowed: [...context.profile.requestExtensions.pass].join(', ') || 'no extensions',
    fix: 'leave the extension out',
  })

const refuseDuplicate = (context: Context, oid: string): void =>
  refuse(context, {
    code: 'extension-duplicate',
    field: extensionName(oid),
    message: 'is there several times (RFC 5280 section 4.2)',
    found: oid,
    allowed: 'one extension of a type',
    fix: 'name each extension once',
  })

/** The extensions of a privileged requester: none that the CA writes, none twice. */
export function overridingExtensions(context: Context): readonly Extension[] {
  const extensions = context.override.extensions ?? []
  const seen = new Set<string>()
  for (const { extnID } of extensions.slice(0, maxExtensions + 1)) {
    if (seen.has(extnID)) refuseDuplicate(context, extnID)
    seen.add(extnID)
    const name = neverFromRequest.get(extnID) ?? ofTransparency.get(extnID)
    if (name === undefined && !isDecidedByProfile(extnID)) continue
    refuse(context, {
      code: 'override-not-allowed',
      field: name ?? extensionName(extnID),
      message: name === undefined ? 'has an override of its own' : 'nobody but the CA decides this extension',
      found: extnID,
      allowed: 'other extensions',
      fix: 'leave the extension out',
    })
  }
  return extensions.slice(0, maxExtensions)
}
