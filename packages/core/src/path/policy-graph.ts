import { toHex } from '../asn1/index.js'
import { type PolicyInformation, type PolicyMappings, policyOid } from '../x509/index.js'
import type { Budget } from './budget.js'
import type { ValidPolicy } from './types.js'

type Qualifiers = ValidPolicy['qualifiers']
type Policies = readonly PolicyInformation[]

/** A node of valid_policy_graph, RFC 9618 section 5.1: at each depth at most one for a policy. */
interface PolicyNode {
  readonly policy: string
  readonly qualifiers: Qualifiers
  expected: ReadonlySet<string>
  readonly parents: readonly PolicyNode[]
  readonly children: Set<PolicyNode>
}

/** The graph: nodes by policy for each depth, the certificates of the path counted from the anchor. */
export interface PolicyGraph {
  readonly isNull: () => boolean
  /** Section 5.3, replacing 6.1.3 (d) and (e): goes one certificate deeper. */
  readonly addLevel: (policies: Policies | undefined, anyPolicyCounts: boolean) => void
  /** Section 5.4, replacing 6.1.4 (b). */
  readonly map: (mappings: PolicyMappings, allowed: boolean) => void
  /** Section 5.5, replacing 6.1.5 (g): user_constrained_policy_set. */
  readonly validFor: (initial: readonly string[] | undefined) => readonly ValidPolicy[]
}

const { anyPolicy } = policyOid

/** The graph before the first certificate: anyPolicy alone. Nodes that are made or visited cost. */
export function createPolicyGraph(budget: Budget): PolicyGraph {
  let levels: Map<string, PolicyNode>[] | undefined = [new Map([[anyPolicy, node(anyPolicy, [], [])]])]
  /** Qualifiers of anyPolicy in the latest certificate. */
  let anyQualifiers: Qualifiers = []

  function node(policy: string, qualifiers: Qualifiers, parents: readonly PolicyNode[]): PolicyNode {
    budget.spend('policyNodes', 1 + parents.length)
    const made = { policy, qualifiers, expected: new Set([policy]), parents, children: new Set<PolicyNode>() }
    for (const parent of parents) parent.children.add(made)
    return made
  }

  /** Deletes nodes above the deepest level that have no children; without any node the graph is NULL. */
  function prune(): void {
    if (levels === undefined) return
    for (let depth = levels.length - 2; depth >= 0; depth--) {
      for (const [policy, { children, parents }] of levels[depth] ?? []) {
        if (children.size > 0) continue
        remove(levels[depth], policy, parents)
      }
    }
    if (levels.some(({ size }) => size === 0)) levels = undefined
  }

  function remove(level: Map<string, PolicyNode> | undefined, policy: string, parents: readonly PolicyNode[]): void {
    const gone = level?.get(policy)
    level?.delete(policy)
    if (gone !== undefined) for (const parent of parents) parent.children.delete(gone)
  }

  function addLevel(policies: Policies | undefined, anyPolicyCounts: boolean): void {
    if (policies === undefined) levels = undefined
    const above = levels?.at(-1)
    if (policies === undefined || levels === undefined || above === undefined) return
    const expecting = expectations(above)
    const level = new Map<string, PolicyNode>()
    const above0 = above.get(anyPolicy)
    for (const { policyIdentifier: policy, policyQualifiers = [] } of policies) {
      if (policy === anyPolicy || level.has(policy)) continue
      const parents = expecting.get(policy) ?? (above0 === undefined ? [] : [above0])
      if (parents.length > 0) level.set(policy, node(policy, policyQualifiers, parents))
    }
    const any = policies.find(({ policyIdentifier }) => policyIdentifier === anyPolicy)
    anyQualifiers = any?.policyQualifiers ?? []
    if (any !== undefined && anyPolicyCounts) {
      for (const [policy, parents] of expecting) {
        if (!level.has(policy)) level.set(policy, node(policy, anyQualifiers, parents))
      }
    }
    levels.push(level)
    prune()
  }

  function map(mappings: PolicyMappings, allowed: boolean): void {
    const level = levels?.at(-1)
    if (levels === undefined || level === undefined) return
    const parent = levels.at(-2)?.get(anyPolicy)
    const any = level.get(anyPolicy)
    for (const [policy, subjects] of grouped(mappings)) {
      const existing = level.get(policy)
      if (!allowed) {
        if (existing !== undefined) remove(level, policy, existing.parents)
        continue
      }
      budget.spend('policyNodes', subjects.size)
      if (existing !== undefined) existing.expected = subjects
      else if (any !== undefined && parent !== undefined) {
        const made = node(policy, anyQualifiers, [parent])
        made.expected = subjects
        level.set(policy, made)
      }
    }
    prune()
  }

  function validFor(initial: readonly string[] | undefined): readonly ValidPolicy[] {
    if (levels === undefined) return []
    const authority = new Map<string, ValidPolicy>()
    const valid = (found: PolicyNode): void => {
      authority.set(found.policy, { policy: found.policy, qualifiers: collectQualifiers(found, budget) })
    }
    for (const found of levels.flatMap((level) => [...level.values()])) {
      const [parent, second] = found.parents
      if (found.policy !== anyPolicy && second === undefined && parent?.policy === anyPolicy) valid(found)
    }
    const any = levels.at(-1)?.get(anyPolicy)
    if (any !== undefined) valid(any)
    return constrainedBy(authority, initial)
  }

  return Object.freeze({ isNull: () => levels === undefined, addLevel, map, validFor })
}

/** The nodes of a level by the policies that they expect. */
function expectations(level: ReadonlyMap<string, PolicyNode>): Map<string, PolicyNode[]> {
  const expecting = new Map<string, PolicyNode[]>()
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const list = expecting.get(policy)
      if (list === undefined) expecting.set(policy, [node])
      else list.push(node)
    }
  }
  return expecting
}

/** The subject's policies for each policy of the issuer. */
function grouped(mappings: PolicyMappings): ReadonlyMap<string, Set<string>> {
  const groups = new Map<string, Set<string>>()
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const group = groups.get(issuerDomainPolicy)
    if (group === undefined) groups.set(issuerDomainPolicy, new Set([subjectDomainPolicy]))
    else group.add(subjectDomainPolicy)
  }
  return groups
}

function constrainedBy(
  authority: ReadonlyMap<string, ValidPolicy>,
  initial: readonly string[] | undefined,
): readonly ValidPolicy[] {
  if (initial === undefined || initial.includes(anyPolicy)) return [...authority.values()]
  const any = authority.get(anyPolicy)
  return [...new Set(initial)].flatMap((policy) => {
    const found = authority.get(policy)
    if (found !== undefined) return [found]
    return any === undefined ? [] : [{ policy, qualifiers: any.qualifiers }]
  })
}

/** The qualifiers of a node, its ancestors and its descendants, each once. */
function collectQualifiers(start: PolicyNode, budget: Budget): Qualifiers {
  const found = new Map<string, Qualifiers[number]>()
  const visit = (next: (node: PolicyNode) => Iterable<PolicyNode>): void => {
    const seen = new Set([start])
    for (const node of seen) {
      budget.spend('policyNodes')
      for (const qualifier of node.qualifiers) {
        found.set(`${qualifier.policyQualifierId} ${toHex(qualifier.qualifier)}`, qualifier)
      }
      // What is added to a set while it is walked is walked too.
      for (const other of next(node)) seen.add(other)
    }
  }
  visit(({ parents }) => parents)
  visit(({ children }) => children)
  return [...found.values()]
}
