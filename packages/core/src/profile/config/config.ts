import { type LintPolicy, type LintSource, lintSources } from '../../lint/index.js'
import {
  described,
  flag,
  type InferShape,
  list,
  object,
  oneOf,
  record,
  type Shape,
  shapeOf,
  text,
  whole,
} from '../shape/index.js'
import * as content from './content.js'
import { keysShape, p12Shape, validityShape } from './general.js'
import { alternativeNameShape, subjectShape } from './names.js'

/** The kinds of certificate. */
export const profileKinds = ['root', 'intermediate', 'end-entity', 'ocsp-signer', 'tsa', 'ra'] as const

/** What a certificate is: a trust anchor, a CA below one, or a holder of a key with or without a role in the PKI. */
export type ProfileKind = (typeof profileKinds)[number]

/** How good a reason is, the lint room says. */
const reason: Shape<string> = shapeOf(
  { type: 'string', minLength: 8, maxLength: 500 },
  'a text',
  (value) => typeof value === 'string',
)

const lintShape: Shape<LintPolicy> = described(
  object({}, { sources: list(oneOf(lintSources) as Shape<LintSource>), waive: record(/^[a-z0-9-]{1,80}$/, reason) }),
  'Sets of lint rules to apply, and rules to waive, each with its reason.',
)

/** Ids of profiles. */
export const profileId = text({
  pattern: /^[a-z0-9][a-z0-9-]{1,78}[a-z0-9]$/,
  is: '3 to 80 lower-case letters, digits and inner hyphens',
})

/** The one definition: the type, the JSON Schema and the check of structure come from it. @internal */
export const profileShape = object(
  {
    id: profileId,
    kind: described(oneOf(profileKinds), 'What the certificate is.'),
    validity: validityShape,
    keys: keysShape,
    subject: subjectShape,
    subjectAlternativeName: alternativeNameShape,
    basicConstraints: content.basicConstraintsShape,
    keyUsage: content.keyUsageShape,
  },
  {
    description: text({ max: 500 }),
    keyUsageByFamily: content.keyUsageByFamilyShape,
    extendedKeyUsage: content.extendedKeyUsageShape,
    certificatePolicies: content.policiesShape,
    nameConstraints: content.nameConstraintsShape,
    policyConstraints: content.policyConstraintsShape,
    inhibitAnyPolicy: described(whole(0, 255), 'The critical inhibitAnyPolicy extension of a CA.'),
    crlDistributionPoints: content.distributionPointsShape,
    authorityInfoAccess: content.informationAccessShape,
    subjectInfoAccess: content.subjectAccessShape,
    tlsFeature: described(
      list(whole(0, 65535), { min: 1, max: 20 }),
      'The tlsFeature extension (RFC 7633); 5 is status_request.',
    ),
    qcStatements: content.qcStatementsShape,
    ocspNoCheck: described(
      flag,
      'The extension of OCSP signers that are not checked themselves (RFC 6960 section 4.2.2.2.1).',
    ),
    ctPoison: described(flag, 'Makes precertificates (RFC 6962 section 3.1).'),
    privateKeyUsagePeriod: content.privateKeyUsageShape,
    extensions: content.rawExtensionsShape,
    suppress: described(list(oneOf(content.suppressible)), 'Extensions that are there by themselves, left out.'),
    requestExtensions: content.requestExtensionsShape,
    override: described(list(oneOf(content.overridable)), 'What a privileged requester may decide.'),
    p12: p12Shape,
    caa: described(
      oneOf(['required', 'none']),
      'Whether the DNS must allow the names (CAA, RFC 8659); asked wherever the CA can when absent.',
    ),
    transparency: described(
      oneOf(['required', 'off']),
      'Whether certificates are logged before they are issued, and hold the timestamps (RFC 6962); off when absent.',
    ),
    lint: lintShape,
  },
)

/**
 * What a certificate profile allows and decides, as plain JSON data. `compileProfile` checks it and makes the
 * `Profile` that can be evaluated; nothing evaluates a config directly.
 */
export type ProfileConfig = InferShape<typeof profileShape>
