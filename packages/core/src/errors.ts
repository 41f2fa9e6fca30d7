/**
 * Every reason a Certwright call can fail for, as one closed union. A caller switches on `code`; the text is for people.
 *
 * | code | raised when |
 * |---|---|
 * | `asn1` | bytes are not the DER (or allowed BER) of the structure asked for |
 * | `pem` | text is not PEM (RFC 7468) or holds another label |
 * | `algorithm` | an algorithm, curve or parameter set is not in the tables of `core/algorithms` |
 * | `signature` | a signature or a proof of possession does not verify |
 * | `profile-config` | a `ProfileConfig` cannot be compiled |
 * | `profile-violation` | a request asks for what the profile does not allow |
 * | `lint` | the certificate to be signed breaks a lint rule |
 * | `caa` | the DNS forbids the issuance, or does not answer whether it does (RFC 8659) |
 * | `ct` | the logs of Certificate Transparency gave too few timestamps (RFC 6962) |
 * | `ca` | the certificate authority cannot sign now: expired, retired, profile not enabled, used token |
 * | `decryption` | content cannot be decrypted: wrong key or password, or it was changed; which of them is not told |
 * | `key` | a private key is missing, unreadable or of another kind than asked for |
 * | `store` | storage failed or answered what it must not |
 * | `conflict` | storage refused a write because the state is not the expected one |
 * | `publish` | a CRL was made and could not be brought to where relying parties fetch it |
 * | `audit` | the audit sink did not take the event, so the operation did not happen |
 * | `limit` | an input is larger, deeper or more numerous than the budget given |
 * | `http` | an HTTP request, or an answer to one of ours, is not acceptable; the error carries the status |
 * | `configuration` | an option given by the embedding program is missing or contradictory |
 */
export type ErrorCode =
  | 'asn1'
  | 'pem'
  | 'algorithm'
  | 'signature'
  | 'profile-config'
  | 'profile-violation'
  | 'lint'
  | 'caa'
  | 'ct'
  | 'ca'
  | 'decryption'
  | 'key'
  | 'store'
  | 'conflict'
  | 'publish'
  | 'audit'
  | 'limit'
  | 'http'
  | 'configuration'

/** The base of every error thrown on purpose by a Certwright package. */
export class CertwrightError extends Error {
  override readonly name: string = 'CertwrightError'

  /**
   * @param code what kind of failure it is
   * @param message one sentence that tells the caller what to fix; never a secret, never an internal path
   * @param options `cause`: the lower error, for logs only
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
  }
}
