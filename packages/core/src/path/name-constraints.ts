import type { GeneralName } from '../pkix/index.js'
import { formatGeneralName, otherNameOid } from '../pkix/index.js'
import { quoted } from '../pkix/quote.js'
import { attributeOid, attributeText, type GeneralSubtree, type GeneralSubtrees } from '../x509/index.js'
import type { Budget } from './budget.js'
import type { PathCertificate } from './certificate.js'
import { type Finding, finding } from './failures.js'
import { type ConstrainedName, directoryName, dnsName, ipName, mailName, matches, uriName } from './name-match.js'

/** What is permitted and excluded so far: a name satisfies every set, which is the intersection of RFC 5280 section 6.1.4 (g). */
export interface NameConstraintState {
  readonly permitted: readonly GeneralSubtrees[]
  readonly excluded: readonly GeneralSubtrees[]
}

/** The state with the constraints of one more certificate. */
export const constrain = (
  { permitted, excluded }: NameConstraintState,
  more: {
    readonly permittedSubtrees?: GeneralSubtrees | undefined
    readonly excludedSubtrees?: GeneralSubtrees | undefined
  },
): NameConstraintState => ({
  permitted: more.permittedSubtrees === undefined ? permitted : [...permitted, more.permittedSubtrees],
  excluded: more.excludedSubtrees === undefined ? excluded : [...excluded, more.excludedSubtrees],
})

/** A name of the certificate as found, and as compared. */
interface Found {
  /** Which subtrees apply: the type, for otherName with the type's identifier. */
  readonly form: string
  readonly shown: string
  /** `undefined` for forms that are not compared and for names that are malformed. */
  readonly name: ConstrainedName | undefined
}

/** The first name of a certificate that the constraints do not allow, RFC 5280 section 6.1.3 (b) and (c). */
export function nameConstraintFault(
  state: NameConstraintState,
  certificate: PathCertificate,
  budget: Budget,
): Finding | undefined {
  if (state.permitted.length === 0 && state.excluded.length === 0) return undefined
  for (const found of namesOf(certificate)) {
    const reason = reasonAgainst(found, state, budget)
    if (reason !== undefined)
      return finding('name-constraints', `the name ${quoted(found.shown.slice(0, 200))} ${reason}`)
  }
  return undefined
}

function reasonAgainst(found: Found, { permitted, excluded }: NameConstraintState, budget: Budget): string | undefined {
  for (const subtrees of excluded) {
    const inside = within(found, subtrees, true, budget)
    if (typeof inside === 'string') return inside
    if (inside === true) return 'is excluded by a CA above'
  }
  for (const subtrees of permitted) {
    const inside = within(found, subtrees, false, budget)
    if (typeof inside === 'string') return inside
    if (inside === false) return 'is not among those permitted by a CA above'
  }
  return undefined
}

/** Whether a name is within one of the subtrees; `undefined` where none is of its form; a text where it cannot be told. */
function within(
  found: Found,
  subtrees: GeneralSubtrees,
  excluded: boolean,
  budget: Budget,
): boolean | string | undefined {
  let inside: boolean | undefined
  budget.spend('nameComparisons', subtrees.length)
  for (const subtree of subtrees) {
    if (formOf(subtree.base) !== found.form) continue
    if (found.name === undefined) return 'is of a form that constraints cannot be applied to'
    const matching = isPlain(subtree) ? matches(found.name, subtree.base, excluded) : undefined
    if (matching === undefined) return 'meets a constraint that cannot be applied'
    inside = inside === true || matching
  }
  return inside
}

/** RFC 5280 section 4.2.1.10: minimum is 0 and maximum absent, or the certificate is rejected. */
const isPlain = ({ minimum, maximum }: GeneralSubtree): boolean => minimum === 0 && maximum === undefined

const formOf = (name: GeneralName): string => (name.type === 'otherName' ? `otherName ${name.value.typeId}` : name.type)

/** A SmtpUTF8Mailbox is a mailbox: the constraints of rfc822Name apply to it (RFC 9598 section 6). */
function* namesOf({ subject, extensions }: PathCertificate): Iterable<Found> {
  if (subject.length > 0) yield { form: 'directoryName', shown: 'of the subject', name: directoryName(subject) }
  for (const { type, value } of subject.flat()) {
    if (type !== attributeOid.emailAddress) continue
    const text = attributeText(value)
    yield { form: 'rfc822Name', shown: text ?? '', name: text === undefined ? undefined : mailName(text) }
  }
  for (const name of extensions.subjectAltName ?? []) {
    yield { form: formOf(name), shown: shownName(name), name: comparable(name) }
    if (name.type !== 'otherName' || name.value.typeId !== otherNameOid.smtpUTF8Mailbox) continue
    const text = attributeText(name.value.value)
    yield { form: 'rfc822Name', shown: text ?? '', name: text === undefined ? undefined : mailName(text) }
  }
}

function comparable(name: GeneralName): ConstrainedName | undefined {
  if (name.type === 'dNSName') return dnsName(name.value)
  if (name.type === 'rfc822Name') return mailName(name.value)
  if (name.type === 'uniformResourceIdentifier') return uriName(name.value)
  if (name.type === 'iPAddress') return ipName(name.value)
  return name.type === 'directoryName' ? directoryName(name.value) : undefined
}

function shownName(name: GeneralName): string {
  try {
    return formatGeneralName(name)
  } catch {
    return name.type
  }
}
