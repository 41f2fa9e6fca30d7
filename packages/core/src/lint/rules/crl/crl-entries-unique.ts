import { toHex } from '../../../asn1/index.js'
import type { CrlLintRule } from '../../rule.js'
import { repeated } from '../helpers/faults.js'

export const crlEntriesUnique: CrlLintRule = {
  id: 'crl-entries-unique',
  source: 'practice',
  level: 'error',
  description: 'No certificate is listed twice.',
  citation: 'RFC 5280 section 5.3',
  effective: '2008-05-01',
  applies: ({ tbs, value }) =>
    tbs.revokedCertificates !== undefined && value.issuingDistributionPoint?.indirectCRL !== true,
  check({ tbs: { revokedCertificates = [] } }) {
    const twice = repeated(revokedCertificates.map(({ userCertificate }) => toHex(userCertificate)))
    return twice === undefined ? undefined : `the serial number ${twice} is listed twice`
  },
}
