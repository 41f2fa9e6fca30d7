import { CertwrightError } from '../../../errors.js'
import { toAsciiDomain } from '../../../pkix/index.js'
import type { LintRule } from '../../rule.js'
import { firstFault } from '../helpers/faults.js'

const isDomain = (name: string): boolean => {
  try {
    toAsciiDomain(name, { wildcard: true })
    return true
  } catch (error) {
    if (error instanceof CertwrightError) return false
    throw error
  }
}

export const dnsNameIdna: LintRule = {
  id: 'dns-name-idna',
  source: 'rfc5280',
  level: 'error',
  description: 'Labels that begin with xn-- are A-labels of IDNA 2008.',
  citation: 'RFC 9549 section 2.2, RFC 5891 section 4',
  effective: '2018-05-01',
  applies: ({ dnsNames }) => dnsNames.some((name) => /(?:^|\.)xn--/i.test(name)),
  check: ({ dnsNames }) =>
    firstFault(dnsNames, (name) =>
      /(?:^|\.)xn--/i.test(name) && !isDomain(name) ? `"${name}" has a label that is no A-label` : undefined,
    ),
}
