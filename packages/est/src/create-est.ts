import { systemDefaults } from '@certwright/core/defaults'
import { createEnrollment, type EnrollmentDeps, type EnrollmentPolicyOptions } from '@certwright/core/enrollment'
import type { Logger, Store } from '@certwright/core/ports'
import { createEstHandler, type Est, type EstOptions } from './handler.js'

/** What an EST server works with; what is left out is this machine's. */
export interface EstDeps extends Partial<EnrollmentDeps> {
  /** Its audit sink takes the events, unless `audit` is given. */
  readonly store: Pick<Store, 'audit'>
  readonly logger?: Logger
}

/**
 * An EST server: `cacerts`, `simpleenroll` and `simplereenroll` (RFC 7030 with RFC 8951) for some policies.
 *
 * @param policies by EST label: `''` is `/.well-known/est/simpleenroll`, `'line/3'` is `/.well-known/est/line/3/simpleenroll`
 * @throws CertwrightError `configuration` when there is no policy, or one names a profile that its issuer does not have.
 */
export function createEst(
  deps: EstDeps,
  policies: Readonly<Record<string, EnrollmentPolicyOptions>>,
  options: EstOptions = {},
): Est {
  const enrollment = createEnrollment({ ...systemDefaults, audit: deps.store.audit, ...deps }, policies)
  return createEstHandler({ enrollment, ...(deps.logger === undefined ? {} : { logger: deps.logger }) }, options)
}
