import { policyOid } from '../x509/index.js'
import type { ReadAnchor } from './anchor.js'
import type { Budget } from './budget.js'
import type { PathCertificate } from './certificate.js'
import { ownFaults, signedPart } from './certificate-checks.js'
import { type Finding, finding, type PathFailure } from './failures.js'
import { constrain, type NameConstraintState, nameConstraintFault } from './name-constraints.js'
import { createPolicyGraph, type PolicyGraph } from './policy-graph.js'
import { keyFault, type VerificationKey, type Verifier } from './signature.js'
import type { PathOptions, ValidPolicy } from './types.js'

/** The state variables of RFC 5280 section 6.1.2, without the working key and name. */
interface State {
  readonly graph: PolicyGraph
  names: NameConstraintState
  explicitPolicy: number
  inhibitAnyPolicy: number
  policyMapping: number
  maxPathLength: number
  policyLost: boolean
}

/** What validation by section 6.1 found, revocation aside. */
export interface Validated {
  /** Nearest to the anchor first; none when the path is valid. */
  readonly failures: readonly PathFailure[]
  readonly policies: readonly ValidPolicy[]
}

/** What is shared by all validations for one answer. */
export interface ValidationContext {
  readonly options: PathOptions
  readonly budget: Budget
  readonly verifier: Verifier
}

/**
 * RFC 5280 section 6.1 with the policy graph of RFC 9618. It does not end at the first fault: all that can be said of the
 * path is.
 *
 * @param path leaf first, without the anchor
 */
export async function validateCertificates(
  { options, budget, verifier }: ValidationContext,
  path: readonly PathCertificate[],
  anchor: ReadAnchor,
): Promise<Validated> {
  budget.spend('paths')
  const failures: PathFailure[] = []
  const at = (index: number, found: readonly (Finding | undefined)[]): void => {
    for (const fault of found) if (fault !== undefined) failures.push({ index, ...fault })
  }
  const allowed = allowedPolicies(options, anchor)
  const state = initialState(options, anchor, path.length, budget)
  at(path.length, anchorFaults(options, anchor, path))
  let above: VerificationKey & { readonly subjectKey: string } = {
    publicKey: anchor.anchor.publicKey,
    publicKeyInfo: anchor.publicKeyInfo,
    subjectKey: anchor.subjectKey,
  }
  for (let index = path.length - 1; index >= 0; index--) {
    const certificate = path[index] as PathCertificate
    const isLeaf = index === 0
    // A signature that cannot be the one above costs nothing to refuse.
    const misnamed = certificate.issuerKey !== above.subjectKey
    const badSignature = misnamed ? undefined : await verifier.verify(signedPart(certificate), above)
    const own = ownFaults(certificate, { isLeaf }, options)
    const known = own.some(({ code, message }) => code === badSignature?.code && message === badSignature.message)
    at(index, [
      ...(misnamed ? [finding('issuer-name', 'the certificate names another issuer than the one above it')] : []),
      ...(known ? [] : [badSignature]),
      ...own,
      ...processNamesAndPolicies(state, certificate, isLeaf, budget),
      ...(isLeaf ? [] : prepareNext(state, certificate)),
    ])
    above = certificate
  }
  const policies = wrapUp(state, path[0], allowed)
  if (state.explicitPolicy === 0 && policies.length === 0 && !state.policyLost) {
    at(0, [finding('policy', 'the path is valid for none of the policies asked for', '6.1.5 (g)')])
  }
  return { failures, policies }
}

/** RFC 5937 section 3.2: the anchor's limits are added to those of the caller. */
function initialState(options: PathOptions, { anchor }: ReadAnchor, length: number, budget: Budget): State {
  const { constraints = {} } = anchor
  const steps = (none: boolean | undefined, also: boolean | undefined): number =>
    none === true || also === true ? 0 : length + 1
  return {
    graph: createPolicyGraph(budget),
    names: constrain(constrain({ permitted: [], excluded: [] }, options), constraints),
    explicitPolicy: steps(options.requireExplicitPolicy, constraints.requireExplicitPolicy),
    inhibitAnyPolicy: steps(options.inhibitAnyPolicy, constraints.inhibitAnyPolicy),
    policyMapping: steps(options.inhibitPolicyMapping, constraints.inhibitPolicyMapping),
    maxPathLength: Math.min(length, constraints.pathLength ?? length),
    policyLost: false,
  }
}

/** The policies that both the caller and the anchor accept; `undefined` for all. */
function allowedPolicies({ policies }: PathOptions, { anchor }: ReadAnchor): readonly string[] | undefined {
  const ofAnchor = anchor.constraints?.policies
  const isAny = (list: readonly string[] | undefined): boolean => list?.includes(policyOid.anyPolicy) !== false
  if (isAny(ofAnchor)) return policies
  if (isAny(policies)) return ofAnchor
  return policies?.filter((policy) => ofAnchor?.includes(policy))
}

function anchorFaults(
  { time, algorithms }: PathOptions,
  { anchor, publicKeyInfo, certificate }: ReadAnchor,
  path: readonly PathCertificate[],
): readonly (Finding | undefined)[] {
  const { notBefore, notAfter, leafOnly } = anchor.constraints ?? {}
  // A self-signed certificate that is trusted for itself is below itself.
  const isItself = path.length === 1 && path[0]?.id === certificate?.id
  return [
    leafOnly === true && !isItself ? finding('not-a-ca', 'the trust anchor is not that of a CA') : undefined,
    keyFault(publicKeyInfo, algorithms),
    notBefore !== undefined && time < notBefore
      ? finding('not-yet-valid', `the trust anchor is valid from ${notBefore.toISOString()}`)
      : undefined,
    notAfter !== undefined && time > notAfter
      ? finding('expired', `the trust anchor was valid until ${notAfter.toISOString()}`)
      : undefined,
  ]
}

/** Section 6.1.3 (b) to (f). */
function processNamesAndPolicies(
  state: State,
  certificate: PathCertificate,
  isLeaf: boolean,
  budget: Budget,
): readonly (Finding | undefined)[] {
  const exempt = certificate.selfIssued && !isLeaf
  state.graph.addLevel(certificate.extensions.certificatePolicies, state.inhibitAnyPolicy > 0 || exempt)
  const lost = state.explicitPolicy === 0 && state.graph.isNull() && !state.policyLost
  // Said once: what is below cannot have a policy either.
  state.policyLost ||= lost
  return [
    exempt ? undefined : nameConstraintFault(state.names, certificate, budget),
    lost ? finding('policy', 'no policy is left that the certificates above allow') : undefined,
  ]
}

/** Section 6.1.4, without what one certificate alone tells. */
function prepareNext(state: State, { extensions, selfIssued }: PathCertificate): readonly (Finding | undefined)[] {
  const {
    policyMappings,
    nameConstraints = {},
    policyConstraints = {},
    inhibitAnyPolicy,
    basicConstraints,
  } = extensions
  const mapsAny = policyMappings?.some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === policyOid.anyPolicy || subjectDomainPolicy === policyOid.anyPolicy,
  )
  if (policyMappings !== undefined && mapsAny !== true) state.graph.map(policyMappings, state.policyMapping > 0)
  state.names = constrain(state.names, nameConstraints)
  const tooLong = !selfIssued && state.maxPathLength <= 0
  if (!selfIssued) {
    state.explicitPolicy = Math.max(0, state.explicitPolicy - 1)
    state.policyMapping = Math.max(0, state.policyMapping - 1)
    state.inhibitAnyPolicy = Math.max(0, state.inhibitAnyPolicy - 1)
    state.maxPathLength = Math.max(0, state.maxPathLength - 1)
  }
  const { requireExplicitPolicy = Infinity, inhibitPolicyMapping = Infinity } = policyConstraints
  state.explicitPolicy = Math.min(state.explicitPolicy, requireExplicitPolicy)
  state.policyMapping = Math.min(state.policyMapping, inhibitPolicyMapping)
  state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, inhibitAnyPolicy ?? Infinity)
  state.maxPathLength = Math.min(state.maxPathLength, basicConstraints?.pathLenConstraint ?? Infinity)
  return [
    mapsAny === true ? finding('policy-mapping', 'the certificate maps a policy to or from anyPolicy') : undefined,
    tooLong ? finding('path-length', 'a CA above allows no further CA below it') : undefined,
  ]
}

/** Section 6.1.5 (a), (b) and (g); the count of a path ends at its last certificate even if it is self-issued. */
function wrapUp(
  state: State,
  leaf: PathCertificate | undefined,
  allowed: readonly string[] | undefined,
): readonly ValidPolicy[] {
  state.explicitPolicy = Math.max(0, state.explicitPolicy - 1)
  if (leaf?.extensions.policyConstraints?.requireExplicitPolicy === 0) state.explicitPolicy = 0
  return state.graph.validFor(allowed)
}
