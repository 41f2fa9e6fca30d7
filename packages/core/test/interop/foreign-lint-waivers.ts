/** One finding of a foreign linter that is no fault of ours. */
export interface ForeignLintWaiver {
  /** The linter's name for it. */
  readonly finding: string
  /** The certificates in which it is waived, by their names in the tests: ids of profiles. */
  readonly certificates: RegExp
  readonly reason: string
}

/** All errors of zlint and pkilint that the tests let pass. */
export const foreignLintWaivers: readonly ForeignLintWaiver[] = [
  ...['e_ecdsa_allowed_ku', 'pkix.key_usage_value_prohibited_for_ec'].map((finding) => ({
    finding,
    certificates: /^multiuse-p12-key-/,
    reason:
      'these profiles give every key keyEncipherment and keyAgreement at once, as the system did that they replace',
  })),
  {
    finding: 'e_key_usage_and_extended_key_usage_inconsistent',
    certificates: /^(multiuse-p12-.*|privatessl-.*-data-encipherment|.*-key-encipherment-clientauth)$/,
    reason:
      'RFC 5280 section 4.2.1.12 lists usages that "may be consistent" with a purpose, as a usual set and no closed one; these profiles have more',
  },
]
