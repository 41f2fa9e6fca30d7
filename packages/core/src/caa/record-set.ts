import { quoted } from '../pkix/quote.js'
import type { CaaRecord } from '../ports/index.js'
import { type CaaBinding, refusalOf } from './authorizes.js'

/** The properties that restrict issuance. */
export type CaaIssueTag = 'issue' | 'issuewild' | 'issuemail'

/** What a certificate is asked for: a host, all hosts below a domain, or a mailbox. */
export type CaaSubject = 'host' | 'wildcard' | 'mailbox'

/** What a record set says about one name. */
export interface SetDecision {
  readonly allowed: boolean
  /** One sentence without the record itself. */
  readonly reason: string
  /** The record that authorizes, or forbids, or the first of those that do not authorize. */
  readonly record?: CaaRecord
}

const critical = 0x80
/** Tags that are understood: a critical one among them is no reason to refuse. */
const understood: readonly string[] = ['issue', 'issuewild', 'issuemail', 'iodef']

const tagOf = ({ tag }: CaaRecord): string => tag.toLowerCase()

/** Decides by the relevant record set of a name: RFC 8659 sections 4.1 to 4.3, RFC 9495 section 4. */
export function decideBySet(records: readonly CaaRecord[], subject: CaaSubject, binding: CaaBinding): SetDecision {
  const unknown = records.find((record) => (record.flags & critical) !== 0 && !understood.includes(tagOf(record)))
  if (unknown !== undefined) {
    return { allowed: false, reason: 'a critical property is not understood', record: unknown }
  }
  const tag = restrictingTag(records, subject)
  const restricting = records.filter((record) => tagOf(record) === tag)
  if (restricting.length === 0) return { allowed: true, reason: `no ${tag} property restricts it` }
  const refusals = restricting.map((record) => ({ record, refusal: refusalOf(record.value, binding) }))
  const granting = refusals.find(({ refusal }) => refusal === undefined)
  if (granting !== undefined) return { allowed: true, reason: `an ${tag} property allows it`, record: granting.record }
  // A record for this CA that binds to something else tells more than one for another CA.
  const telling = refusals.find(({ refusal }) => refusal !== 'authorizes another CA') ?? refusals[0]
  return {
    allowed: false,
    reason: `no ${tag} property allows it; one of ${restricting.length} ${telling?.refusal}`,
    ...(telling === undefined ? {} : { record: telling.record }),
  }
}

/** `issuewild` counts for wildcards alone, and there in place of `issue` (RFC 8659 section 4.3). */
function restrictingTag(records: readonly CaaRecord[], subject: CaaSubject): CaaIssueTag {
  if (subject === 'mailbox') return 'issuemail'
  return subject === 'wildcard' && records.some((record) => tagOf(record) === 'issuewild') ? 'issuewild' : 'issue'
}

/** Where the domain's owner wants to hear of refused requests (RFC 8659 section 4.4): `mailto:`, `http:`, `https:`. */
export const reportUrls = (records: readonly CaaRecord[]): string[] =>
  records
    .filter((record) => tagOf(record) === 'iodef' && /^(?:mailto:|https?:\/\/)[\x21-\x7e]{1,500}$/i.test(record.value))
    .map(({ value }) => value)

/** A record as a zone file writes it, cut to a length that is safe to log. */
export const recordText = ({ flags, tag, value }: CaaRecord): string =>
  `${flags} ${/^[A-Za-z0-9]{1,20}$/.test(tag) ? tag : quoted(tag.slice(0, 20))} ${quoted(value.slice(0, 200))}`
