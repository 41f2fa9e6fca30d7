import type { LintRule } from '../../rule.js'
import { alternativeNameUnique } from './alternative-name-unique.js'
import { attributeControls } from './attribute-controls.js'
import { attributeWhitespace } from './attribute-whitespace.js'
import { caExtendedKeyUsageAny } from './ca-extended-key-usage-any.js'
import { extendedKeyUsageUnique } from './extended-key-usage-unique.js'
import { issuerKeyStrength } from './issuer-key-strength.js'
import { multiValuedRdn } from './multi-valued-rdn.js'
import { privateKeyUsageWithinValidity } from './private-key-usage-within-validity.js'
import { rsaModulusLength } from './rsa-modulus-length.js'
import { rsaPublicExponent } from './rsa-public-exponent.js'
import { serialEntropy } from './serial-entropy.js'
import { wildcardPosition } from './wildcard-position.js'

/** The rules of this folder. */
export const practiceRules: readonly LintRule[] = [
  serialEntropy,
  rsaModulusLength,
  rsaPublicExponent,
  issuerKeyStrength,
  extendedKeyUsageUnique,
  alternativeNameUnique,
  attributeWhitespace,
  attributeControls,
  multiValuedRdn,
  wildcardPosition,
  privateKeyUsageWithinValidity,
  caExtendedKeyUsageAny,
]
