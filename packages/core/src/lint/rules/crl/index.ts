import type { CrlEntryLintRule, CrlLintRule } from '../../rule.js'
import { crlAuthorityKeyIdentifier } from './crl-authority-key-identifier.js'
import { crlDeltaIndicator } from './crl-delta-indicator.js'
import { crlEntriesNotEmpty } from './crl-entries-not-empty.js'
import { crlEntriesUnique } from './crl-entries-unique.js'
import { crlEntryDate } from './crl-entry-date.js'
import { crlEntryExtensionsUnique } from './crl-entry-extensions-unique.js'
import { crlEntryIssuer } from './crl-entry-issuer.js'
import { crlEntryReason } from './crl-entry-reason.js'
import { crlExpiredCerts } from './crl-expired-certs.js'
import { crlExtensionSyntax } from './crl-extension-syntax.js'
import { crlExtensionsUnique } from './crl-extensions-unique.js'
import { crlFreshestCrl } from './crl-freshest-crl.js'
import { crlIssuer } from './crl-issuer.js'
import { crlIssuingDistributionPoint } from './crl-issuing-distribution-point.js'
import { crlNextUpdate } from './crl-next-update.js'
import { crlNumber } from './crl-number.js'
import { crlNumberLength } from './crl-number-length.js'
import { crlSignatureFitsKey } from './crl-signature-fits-key.js'
import { crlSignatureKnown } from './crl-signature-known.js'
import { crlUpdateOrder } from './crl-update-order.js'
import { crlVersion } from './crl-version.js'

/** The rules of this folder. */
export const crlRules: readonly CrlLintRule[] = [
  crlVersion,
  crlSignatureKnown,
  crlSignatureFitsKey,
  crlIssuer,
  crlNextUpdate,
  crlUpdateOrder,
  crlEntriesNotEmpty,
  crlExtensionsUnique,
  crlExtensionSyntax,
  crlAuthorityKeyIdentifier,
  crlNumber,
  crlNumberLength,
  crlDeltaIndicator,
  crlIssuingDistributionPoint,
  crlFreshestCrl,
  crlExpiredCerts,
]

/** Those that look at each entry. */
export const crlEntryRules: readonly CrlEntryLintRule[] = [
  crlEntriesUnique,
  crlEntryDate,
  crlEntryReason,
  crlEntryExtensionsUnique,
  crlEntryIssuer,
]
