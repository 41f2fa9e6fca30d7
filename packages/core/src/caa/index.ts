/**
 * Whether the owner of a domain lets a CA issue for it, as the DNS says: CAA records (RFC 8659), bound to accounts and
 * validation methods (RFC 8657), for mailboxes too (RFC 9495). The DNS itself is a port.
 *
 * @module
 */
export { CaaError } from './caa-error.js'
export {
  type CaaCheckOptions,
  type CaaDecision,
  type CaaFinding,
  type CaaRequest,
  checkCaa,
  checkedIdentities,
} from './check.js'
export { type CaaParameter, type IssueValue, parseIssueValue } from './issue-value.js'
