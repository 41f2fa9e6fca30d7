import type { LintRule } from '../../rule.js'
import { ctPoisonCritical } from './ct-poison-critical.js'
import { ctPoisonWithoutTimestamps } from './ct-poison-without-timestamps.js'
import { ctTimestampsOnlyEndEntity } from './ct-timestamps-only-end-entity.js'
import { ctTimestampsPlausible } from './ct-timestamps-plausible.js'
import { ocspNoCheckNotCritical } from './ocsp-no-check-not-critical.js'
import { ocspNoCheckOnlyResponders } from './ocsp-no-check-only-responders.js'
import { ocspResponderKeyUsage } from './ocsp-responder-key-usage.js'
import { ocspResponderRevocation } from './ocsp-responder-revocation.js'
import { qcStatementsNotCritical } from './qc-statements-not-critical.js'
import { smimeCapabilitiesNotCritical } from './smime-capabilities-not-critical.js'
import { timeStampingAlone } from './time-stamping-alone.js'
import { timeStampingCritical } from './time-stamping-critical.js'
import { timeStampingKeyUsage } from './time-stamping-key-usage.js'
import { tlsFeatureNotCritical } from './tls-feature-not-critical.js'
import { tlsFeatureNotEmpty } from './tls-feature-not-empty.js'
import { tlsFeatureOfIssuer } from './tls-feature-of-issuer.js'

/** The rules of this folder. */
export const protocolRules: readonly LintRule[] = [
  ocspNoCheckNotCritical,
  ocspNoCheckOnlyResponders,
  ocspResponderRevocation,
  ocspResponderKeyUsage,
  timeStampingCritical,
  timeStampingAlone,
  timeStampingKeyUsage,
  tlsFeatureNotCritical,
  tlsFeatureOfIssuer,
  tlsFeatureNotEmpty,
  ctPoisonCritical,
  ctPoisonWithoutTimestamps,
  ctTimestampsOnlyEndEntity,
  ctTimestampsPlausible,
  smimeCapabilitiesNotCritical,
  qcStatementsNotCritical,
]
