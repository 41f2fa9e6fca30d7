import {
  AuthorityInfoAccess,
  AuthorityKeyIdentifier,
  accessMethodOid,
  BasicConstraints,
  CRLDistributionPoints,
  type DistributionPoint,
  type Extension,
  extensionOid,
  SubjectKeyIdentifier,
} from '../../x509/index.js'
import { type Context, refuse } from './context.js'
import type { IssuerUrls } from './types.js'

/** What the CA writes about the certificate and itself: constraints and key identifiers. */
export function identityExtensions({ config, request, issuer }: Context): {
  readonly first: Extension[]
  readonly after: Extension[]
} {
  const { suppress = [], basicConstraints } = config
  const { cA, pathLenConstraint } = basicConstraints
  const constraints = pathLenConstraint === undefined ? { cA } : { cA, pathLenConstraint }
  const first = suppress.includes('basicConstraints')
    ? []
    : [{ extnID: extensionOid.basicConstraints, critical: true, extnValue: BasicConstraints.encode(constraints) }]
  const after: Extension[] = []
  if (!suppress.includes('subjectKeyIdentifier')) {
    const extnValue = SubjectKeyIdentifier.encode(request.keyIdentifier)
    after.push({ extnID: extensionOid.subjectKeyIdentifier, critical: false, extnValue })
  }
  if (issuer !== undefined && config.kind !== 'root' && !suppress.includes('authorityKeyIdentifier')) {
    const extnValue = AuthorityKeyIdentifier.encode({ keyIdentifier: issuer.keyIdentifier })
    after.push({ extnID: extensionOid.authorityKeyIdentifier, critical: false, extnValue })
  }
  return { first, after }
}

/** Where revocation and the CA's certificate are published. */
export function publicationExtensions(context: Context): Extension[] {
  const { config, issuer } = context
  const {
    crlDistributionPoints: points = { use: 'if-published' },
    authorityInfoAccess: access = { use: 'if-published' },
  } = config
  if (issuer === undefined || config.kind === 'root') return []
  const crl = points.use === 'never' ? [] : (points.urls ?? issuer.urls.crl ?? [])
  const indirect = points.use === 'never' || points.urls !== undefined ? undefined : issuer.urls.indirectCrl
  const ocsp = access.use === 'never' ? [] : (access.ocsp ?? issuer.urls.ocsp ?? [])
  const caIssuers = access.use === 'never' ? [] : (access.caIssuers ?? issuer.urls.caIssuers ?? [])
  if (points.use === 'required' && crl.length === 0 && indirect === undefined)
    unpublished(context, 'cRLDistributionPoints', 'crl')
  if (access.use === 'required' && ocsp.length + caIssuers.length === 0)
    unpublished(context, 'authorityInfoAccess', 'ocsp or caIssuers')
  return [...distributionPoints(crl, indirect), ...informationAccess(ocsp, caIssuers)]
}

const unpublished = (context: Context, field: string, urls: string): void =>
  refuse(context, {
    code: 'issuer-unpublished',
    field,
    message: `is required by the profile, and the CA publishes no ${urls} URL`,
    found: 'none',
    allowed: 'one or more URLs',
    fix: `give the CA or the profile ${urls} URLs`,
  })

function distributionPoints(crl: readonly string[], indirect: IssuerUrls['indirectCrl']): Extension[] {
  if (indirect === undefined) return crl.length === 0 ? [] : [ownPoint(crl)]
  const points: DistributionPoint[] = []
  if (crl.length > 0) points.push({ distributionPoint: fullName(crl) })
  const cRLIssuer = [{ type: 'directoryName' as const, value: indirect.issuer }]
  points.push({ distributionPoint: fullName(indirect.urls), cRLIssuer })
  return [pointsExtension(points)]
}

const pointsExtension = (points: DistributionPoint[]): Extension => ({
  extnID: extensionOid.cRLDistributionPoints,
  critical: false,
  extnValue: CRLDistributionPoints.encode(points),
})

/** The URLs of a CA come again with every certificate that it issues. */
const ownPoints = new WeakMap<readonly string[], Extension>()

function ownPoint(urls: readonly string[]): Extension {
  const known = ownPoints.get(urls) ?? pointsExtension([{ distributionPoint: fullName(urls) }])
  ownPoints.set(urls, known)
  return known
}

const fullName = (urls: readonly string[]) => ({
  type: 'fullName' as const,
  value: urls.map((value) => ({ type: 'uniformResourceIdentifier' as const, value })),
})

function informationAccess(ocsp: readonly string[], caIssuers: readonly string[]): Extension[] {
  const describe = (accessMethod: string) => (value: string) => ({
    accessMethod,
    accessLocation: { type: 'uniformResourceIdentifier' as const, value },
  })
  const descriptions = [
    ...ocsp.map(describe(accessMethodOid.ocsp)),
    ...caIssuers.map(describe(accessMethodOid.caIssuers)),
  ]
  if (descriptions.length === 0) return []
  const extnValue = AuthorityInfoAccess.encode(descriptions)
  return [{ extnID: extensionOid.authorityInfoAccess, critical: false, extnValue }]
}
