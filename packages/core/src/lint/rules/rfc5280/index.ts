import type { LintRule } from '../../rule.js'
import { anyPolicyQualifiers } from './any-policy-qualifiers.js'
import { authorityInfoAccessNotCritical } from './authority-info-access-not-critical.js'
import { authorityInfoAccessUri } from './authority-info-access-uri.js'
import { authorityKeyIdentifierMatches } from './authority-key-identifier-matches.js'
import { authorityKeyIdentifierNotCritical } from './authority-key-identifier-not-critical.js'
import { authorityKeyIdentifierPresent } from './authority-key-identifier-present.js'
import { basicConstraintsCritical } from './basic-constraints-critical.js'
import { crlDistributionPointsNotCritical } from './crl-distribution-points-not-critical.js'
import { distributionPointComplete } from './distribution-point-complete.js'
import { distributionPointUri } from './distribution-point-uri.js'
import { explicitTextControl } from './explicit-text-control.js'
import { explicitTextIa5 } from './explicit-text-ia5.js'
import { explicitTextLength } from './explicit-text-length.js'
import { explicitTextNfc } from './explicit-text-nfc.js'
import { explicitTextUtf8 } from './explicit-text-utf8.js'
import { extendedKeyUsageAny } from './extended-key-usage-any.js'
import { extendedKeyUsageConsistent } from './extended-key-usage-consistent.js'
import { extensionSyntax } from './extension-syntax.js'
import { freshestCrlNotCritical } from './freshest-crl-not-critical.js'
import { inhibitAnyPolicyCritical } from './inhibit-any-policy-critical.js'
import { issuerIsCa } from './issuer-is-ca.js'
import { issuerMatches } from './issuer-matches.js'
import { issuerMaySign } from './issuer-may-sign.js'
import { issuerPresent } from './issuer-present.js'
import { keyUsageCa } from './key-usage-ca.js'
import { keyUsageCertSign } from './key-usage-cert-sign.js'
import { keyUsageCritical } from './key-usage-critical.js'
import { keyUsageNotEmpty } from './key-usage-not-empty.js'
import { keyUsageOnlyBits } from './key-usage-only-bits.js'
import { nameConstraintsCritical } from './name-constraints-critical.js'
import { nameConstraintsDistance } from './name-constraints-distance.js'
import { nameConstraintsDns } from './name-constraints-dns.js'
import { nameConstraintsForms } from './name-constraints-forms.js'
import { nameConstraintsIp } from './name-constraints-ip.js'
import { nameConstraintsNotEmpty } from './name-constraints-not-empty.js'
import { nameConstraintsOnlyCa } from './name-constraints-only-ca.js'
import { noticeReference } from './notice-reference.js'
import { pathLength } from './path-length.js'
import { pathLengthOnlyCa } from './path-length-only-ca.js'
import { policiesUnique } from './policies-unique.js'
import { policyConstraintsCritical } from './policy-constraints-critical.js'
import { policyConstraintsNotEmpty } from './policy-constraints-not-empty.js'
import { policyMappingsAnyPolicy } from './policy-mappings-any-policy.js'
import { policyMappingsCritical } from './policy-mappings-critical.js'
import { policyMappingsNamed } from './policy-mappings-named.js'
import { policyMappingsOnlyCa } from './policy-mappings-only-ca.js'
import { privateKeyUsagePeriod } from './private-key-usage-period.js'
import { serialLength } from './serial-length.js'
import { serialPositive } from './serial-positive.js'
import { subjectDirectoryAttributesNotCritical } from './subject-directory-attributes-not-critical.js'
import { subjectInfoAccessNotCritical } from './subject-info-access-not-critical.js'
import { subjectKeyIdentifierCa } from './subject-key-identifier-ca.js'
import { subjectKeyIdentifierEndEntity } from './subject-key-identifier-end-entity.js'
import { subjectKeyIdentifierNotCritical } from './subject-key-identifier-not-critical.js'
import { timeForm } from './time-form.js'
import { uniqueExtensions } from './unique-extensions.js'
import { uniqueIdentifiers } from './unique-identifiers.js'
import { unknownCriticalExtension } from './unknown-critical-extension.js'
import { validityOrder } from './validity-order.js'
import { validityWithinIssuer } from './validity-within-issuer.js'
import { version3 } from './version-3.js'

/** The rules of this folder. */
export const certificateRules: readonly LintRule[] = [
  version3,
  serialPositive,
  serialLength,
  issuerPresent,
  issuerMatches,
  issuerIsCa,
  issuerMaySign,
  validityOrder,
  validityWithinIssuer,
  timeForm,
  uniqueIdentifiers,
  uniqueExtensions,
  extensionSyntax,
  unknownCriticalExtension,
  authorityKeyIdentifierPresent,
  authorityKeyIdentifierNotCritical,
  authorityKeyIdentifierMatches,
  subjectKeyIdentifierCa,
  subjectKeyIdentifierEndEntity,
  subjectKeyIdentifierNotCritical,
  keyUsageCa,
  keyUsageCertSign,
  keyUsageCritical,
  keyUsageNotEmpty,
  keyUsageOnlyBits,
  basicConstraintsCritical,
  pathLengthOnlyCa,
  pathLength,
  nameConstraintsOnlyCa,
  nameConstraintsCritical,
  nameConstraintsNotEmpty,
  nameConstraintsDistance,
  nameConstraintsForms,
  nameConstraintsDns,
  nameConstraintsIp,
  policiesUnique,
  anyPolicyQualifiers,
  noticeReference,
  explicitTextLength,
  explicitTextIa5,
  explicitTextUtf8,
  explicitTextControl,
  explicitTextNfc,
  policyMappingsAnyPolicy,
  policyMappingsCritical,
  policyMappingsNamed,
  policyMappingsOnlyCa,
  policyConstraintsCritical,
  policyConstraintsNotEmpty,
  inhibitAnyPolicyCritical,
  subjectDirectoryAttributesNotCritical,
  extendedKeyUsageAny,
  extendedKeyUsageConsistent,
  crlDistributionPointsNotCritical,
  distributionPointComplete,
  distributionPointUri,
  freshestCrlNotCritical,
  authorityInfoAccessNotCritical,
  authorityInfoAccessUri,
  subjectInfoAccessNotCritical,
  privateKeyUsagePeriod,
]
