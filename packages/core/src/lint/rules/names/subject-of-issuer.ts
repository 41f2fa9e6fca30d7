import { equalNames } from '../../../x509/index.js'
import type { LintRule } from '../../rule.js'

/** A key of the CA that only signs its CRLs has the name of the CA (RFC 5280 section 5.1.2.3). */
export const subjectOfIssuer: LintRule = {
  id: 'subject-of-issuer',
  source: 'rfc5280',
  level: 'error',
  description:
    'Nobody but the CA itself has its name: a name is of one subject, and who has it passes for self-issued.',
  citation: 'RFC 5280 sections 3.2 and 4.1.2.6',
  effective: '2008-05-01',
  applies: ({ isCa, issuer, tbs, value }) =>
    !isCa && issuer?.tbs.subject.length === tbs.subject.length && value.keyUsage?.has('cRLSign') !== true,
  check: ({ issuer, tbs }) =>
    issuer !== undefined && equalNames(issuer.tbs.subject, tbs.subject)
      ? 'the subject is the name of the CA that issues the certificate'
      : undefined,
}
