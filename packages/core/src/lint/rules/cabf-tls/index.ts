import type { LintRule } from '../../rule.js'
import { brAlternativeNameKinds } from './br-alternative-name-kinds.js'
import { brAlternativeNamePresent } from './br-alternative-name-present.js'
import { brAttributeOrder } from './br-attribute-order.js'
import { brAttributeUnique } from './br-attribute-unique.js'
import { brAuthorityInfoAccess } from './br-authority-info-access.js'
import { brAuthorityInfoAccessHttp } from './br-authority-info-access-http.js'
import { brAuthorityInfoAccessMethods } from './br-authority-info-access-methods.js'
import { brAuthorityKeyIdentifier } from './br-authority-key-identifier.js'
import { brBasicConstraintsCritical } from './br-basic-constraints-critical.js'
import { brCaAuthorityInfoAccess } from './br-ca-authority-info-access.js'
import { brCaCrlDistributionPoints } from './br-ca-crl-distribution-points.js'
import { brCaIssuers } from './br-ca-issuers.js'
import { brCaKeyUsage } from './br-ca-key-usage.js'
import { brCaPolicies } from './br-ca-policies.js'
import { brCaPurposes } from './br-ca-purposes.js'
import { brCaSubject } from './br-ca-subject.js'
import { brCommonNameDiscouraged } from './br-common-name-discouraged.js'
import { brCommonNameInAlternativeName } from './br-common-name-in-alternative-name.js'
import { brCommonNameSingle } from './br-common-name-single.js'
import { brCountry } from './br-country.js'
import { brCrlDistributionPoints } from './br-crl-distribution-points.js'
import { brCrlDistributionPointsNotCritical } from './br-crl-distribution-points-not-critical.js'
import { brDomainValidatedSubject } from './br-domain-validated-subject.js'
import { brExtendedValidatedSubject } from './br-extended-validated-subject.js'
import { brForbiddenPurposes } from './br-forbidden-purposes.js'
import { brIndividualValidatedSubject } from './br-individual-validated-subject.js'
import { brInternalName } from './br-internal-name.js'
import { brKeyType } from './br-key-type.js'
import { brKeyUsage } from './br-key-usage.js'
import { brKeyUsageCritical } from './br-key-usage-critical.js'
import { brNoNameConstraints } from './br-no-name-constraints.js'
import { brOrganizationValidatedSubject } from './br-organization-validated-subject.js'
import { brOrganizationalUnit } from './br-organizational-unit.js'
import { brOtherPurposes } from './br-other-purposes.js'
import { brPlaceholder } from './br-placeholder.js'
import { brPoliciesNotCritical } from './br-policies-not-critical.js'
import { brPolicy } from './br-policy.js'
import { brPolicyQualifiers } from './br-policy-qualifiers.js'
import { brPurposesNotCritical } from './br-purposes-not-critical.js'
import { brReservedAddress } from './br-reserved-address.js'
import { brReservedLabel } from './br-reserved-label.js'
import { brRevocationInformation } from './br-revocation-information.js'
import { brRootPathLength } from './br-root-path-length.js'
import { brRootPolicies } from './br-root-policies.js'
import { brRootPurposes } from './br-root-purposes.js'
import { brRootValidity } from './br-root-validity.js'
import { brServerAuth } from './br-server-auth.js'
import { brSignatureAlgorithm } from './br-signature-algorithm.js'
import { brSubjectKeyIdentifier } from './br-subject-key-identifier.js'
import { brUnderscore } from './br-underscore.js'
import { brValidity } from './br-validity.js'
import { brWildcard } from './br-wildcard.js'

/** The rules of this folder. */
export const tlsRules: readonly LintRule[] = [
  brValidity,
  brAlternativeNamePresent,
  brAlternativeNameKinds,
  brInternalName,
  brUnderscore,
  brReservedLabel,
  brWildcard,
  brReservedAddress,
  brCommonNameInAlternativeName,
  brCommonNameSingle,
  brCommonNameDiscouraged,
  brServerAuth,
  brForbiddenPurposes,
  brOtherPurposes,
  brPurposesNotCritical,
  brPolicy,
  brPoliciesNotCritical,
  brPolicyQualifiers,
  brBasicConstraintsCritical,
  brKeyUsage,
  brKeyUsageCritical,
  brAuthorityInfoAccess,
  brAuthorityInfoAccessHttp,
  brAuthorityInfoAccessMethods,
  brCaIssuers,
  brRevocationInformation,
  brCrlDistributionPoints,
  brCrlDistributionPointsNotCritical,
  brAuthorityKeyIdentifier,
  brSubjectKeyIdentifier,
  brNoNameConstraints,
  brSignatureAlgorithm,
  brKeyType,
  brDomainValidatedSubject,
  brOrganizationValidatedSubject,
  brIndividualValidatedSubject,
  brExtendedValidatedSubject,
  brOrganizationalUnit,
  brCountry,
  brPlaceholder,
  brAttributeUnique,
  brAttributeOrder,
  brCaSubject,
  brCaKeyUsage,
  brCaPurposes,
  brCaPolicies,
  brCaCrlDistributionPoints,
  brCaAuthorityInfoAccess,
  brRootPurposes,
  brRootPolicies,
  brRootPathLength,
  brRootValidity,
]
