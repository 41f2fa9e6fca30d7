/**
 * Why a certificate, or a path as a whole, was refused.
 *
 * | code | the certificate |
 * |---|---|
 * | `malformed` | is not DER, is too large, repeats an extension, or has one that cannot be read |
 * | `signature` | was not signed by the key above it |
 * | `issuer-name` | names another issuer than the one above it |
 * | `not-yet-valid`, `expired` | is outside its period of validity |
 * | `revoked` | is revoked or on hold |
 * | `status-unknown` | has a status that cannot be determined, and `hard-fail` was asked for |
 * | `name-constraints` | has a name that is not permitted, is excluded, or cannot be judged |
 * | `policy` | leaves no acceptable policy although one is required |
 * | `policy-mapping` | maps to or from anyPolicy |
 * | `not-a-ca` | has certificates below it and is no CA |
 * | `path-length` | has more CAs below it than it may |
 * | `key-usage` | has a key that is not for this use |
 * | `purpose` | is not for the purpose asked for |
 * | `unknown-critical-extension` | has a critical extension that nobody here processes |
 * | `algorithm` | is signed with, or has a key of, an algorithm that is unknown, broken or forbidden |
 * | `weak-key` | has a key that is too short |
 * | `algorithm-mismatch` | names two different signature algorithms |
 * | `untrusted` | has no issuer among the certificates and anchors given |
 * | `budget` | asks for more work than the limits allow |
 */
export type PathFailureCode =
  | 'malformed'
  | 'signature'
  | 'issuer-name'
  | 'not-yet-valid'
  | 'expired'
  | 'revoked'
  | 'status-unknown'
  | 'name-constraints'
  | 'policy'
  | 'policy-mapping'
  | 'not-a-ca'
  | 'path-length'
  | 'key-usage'
  | 'purpose'
  | 'unknown-critical-extension'
  | 'algorithm'
  | 'weak-key'
  | 'algorithm-mismatch'
  | 'untrusted'
  | 'budget'

/** One reason why a path is not valid. */
export interface PathFailure {
  /** Position in the path: 0 is the certificate that was asked about; the length of the path is the trust anchor. */
  readonly index: number
  readonly code: PathFailureCode
  /** One sentence for people; names of the certificate are quoted and cut. */
  readonly message: string
  /** Where the rule stands, such as `RFC 5280 section 6.1.3 (a)(1)`. */
  readonly section: string
}

const rfc5280 = (section: string): string => `RFC 5280 section ${section}`

/** Where the rule behind a code stands, unless the check names a closer place. */
const sections: Readonly<Record<PathFailureCode, string>> = {
  malformed: rfc5280('4.1'),
  signature: rfc5280('6.1.3 (a)(1)'),
  'issuer-name': rfc5280('6.1.3 (a)(4)'),
  'not-yet-valid': rfc5280('6.1.3 (a)(2)'),
  expired: rfc5280('6.1.3 (a)(2)'),
  revoked: rfc5280('6.1.3 (a)(3)'),
  'status-unknown': rfc5280('6.3.3'),
  'name-constraints': rfc5280('6.1.3 (b), (c)'),
  policy: rfc5280('6.1.3 (f)'),
  'policy-mapping': rfc5280('6.1.4 (a)'),
  'not-a-ca': rfc5280('6.1.4 (k)'),
  'path-length': rfc5280('6.1.4 (l)'),
  'key-usage': rfc5280('6.1.4 (n)'),
  purpose: rfc5280('4.2.1.12'),
  'unknown-critical-extension': rfc5280('6.1.4 (o)'),
  algorithm: rfc5280('6.1.3 (a)(1)'),
  'weak-key': rfc5280('6.1.3 (a)(1)'),
  'algorithm-mismatch': rfc5280('4.1.1.2'),
  untrusted: rfc5280('6.1'),
  budget: rfc5280('6.1'),
}

/** A failure without its place in a path. */
export type Finding = Omit<PathFailure, 'index'>

/** @param section within RFC 5280, where it is not that of the code */
export const finding = (code: PathFailureCode, message: string, section?: string): Finding => ({
  code,
  message,
  section: section === undefined ? sections[code] : rfc5280(section),
})
