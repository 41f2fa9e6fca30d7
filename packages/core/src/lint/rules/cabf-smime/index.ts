import type { LintRule } from '../../rule.js'
import { smimeAlternativeName } from './smime-alternative-name.js'
import { smimeAlternativeNameNotCritical } from './smime-alternative-name-not-critical.js'
import { smimeAuthorityInfoAccess } from './smime-authority-info-access.js'
import { smimeAuthorityKeyIdentifier } from './smime-authority-key-identifier.js'
import { smimeCountry } from './smime-country.js'
import { smimeCrlDistributionPoints } from './smime-crl-distribution-points.js'
import { smimeEmailInAlternativeName } from './smime-email-in-alternative-name.js'
import { smimeForbiddenPurposes } from './smime-forbidden-purposes.js'
import { smimeIndividualSubject } from './smime-individual-subject.js'
import { smimeKeyUsage } from './smime-key-usage.js'
import { smimeLegacy } from './smime-legacy.js'
import { smimeMailboxValidatedSubject } from './smime-mailbox-validated-subject.js'
import { smimeOrganizationValidatedSubject } from './smime-organization-validated-subject.js'
import { smimePolicy } from './smime-policy.js'
import { smimePurpose } from './smime-purpose.js'
import { smimeSingleEmail } from './smime-single-email.js'
import { smimeStrictPurpose } from './smime-strict-purpose.js'
import { smimeSubjectDirectoryAttributes } from './smime-subject-directory-attributes.js'
import { smimeValidity } from './smime-validity.js'

/** The rules of this folder. */
export const smimeRules: readonly LintRule[] = [
  smimePolicy,
  smimeLegacy,
  smimeValidity,
  smimeAlternativeName,
  smimePurpose,
  smimeStrictPurpose,
  smimeForbiddenPurposes,
  smimeKeyUsage,
  smimeCrlDistributionPoints,
  smimeAuthorityInfoAccess,
  smimeMailboxValidatedSubject,
  smimeOrganizationValidatedSubject,
  smimeIndividualSubject,
  smimeEmailInAlternativeName,
  smimeSingleEmail,
  smimeSubjectDirectoryAttributes,
  smimeCountry,
  smimeAlternativeNameNotCritical,
  smimeAuthorityKeyIdentifier,
]
