import { keyUsageBits } from '../key-usage.js'
import { described, flag, list, object, oid, oneOf, record, text, variants, webUrl, whole } from '../shape/index.js'
import { nameKinds } from './names.js'

const purposes = list(oid, { max: 50 })
const usageBits = list(oneOf(keyUsageBits), { min: 1 })

export const keyUsageShape = described(usageBits, 'The critical keyUsage extension.')

export const keyUsageByFamilyShape = described(
  record(/^(rsa|ecdsa|ed25519|ed448|x25519|x448|ml-dsa|slh-dsa|ml-kem)$/, usageBits),
  'Other key usages for some families of keys.',
)

export const basicConstraintsShape = described(
  object({ cA: flag }, { pathLenConstraint: whole(0, 255) }),
  'The critical basicConstraints extension.',
)

export const extendedKeyUsageShape = described(
  object(
    {},
    {
      /** Purposes that are always there. */
      always: purposes,
      /** Whether the request may add purposes, must not, or is not listened to (when absent). */
      request: oneOf(['allowed', 'ignored', 'refused']),
      /** The purposes that a request may add; all but OCSPSigning and anyExtendedKeyUsage when absent. */
      allowed: purposes,
      critical: flag,
      /** At least one purpose must come out. */
      required: flag,
    },
  ),
  'The extendedKeyUsage extension.',
)

export const policiesShape = described(
  object(
    {
      always: list(
        object(
          { oid },
          {
            /** Where the certification practice statement lies. */
            cps: webUrl,
            /** Words shown to relying parties. */
            notice: text({ max: 200 }),
          },
        ),
        { min: 1, max: 20 },
      ),
    },
    { critical: flag },
  ),
  'The certificatePolicies extension.',
)

const subtreeKinds = nameKinds.filter((kind) => kind !== 'registeredID' && kind !== 'otherName')
const subtrees = object(
  {},
  Object.fromEntries(subtreeKinds.map((kind) => [kind, list(text({ max: 500 }), { min: 1 })])) as Record<
    'dNSName' | 'iPAddress' | 'rfc822Name' | 'uniformResourceIdentifier' | 'directoryName',
    ReturnType<typeof list<string>>
  >,
)

export const nameConstraintsShape = described(
  object({}, { permitted: subtrees, excluded: subtrees }),
  'The critical nameConstraints extension of a CA; ranges of addresses such as 10.0.0.0/8.',
)

export const policyConstraintsShape = described(
  object({}, { requireExplicitPolicy: whole(0, 255), inhibitPolicyMapping: whole(0, 255) }),
  'The critical policyConstraints extension of a CA.',
)

const use = oneOf(['if-published', 'required', 'never'])

export const distributionPointsShape = described(
  object({ use }, { urls: list(webUrl, { min: 1, max: 10 }) }),
  'The cRLDistributionPoints extension: of the issuer, or of the profile.',
)

export const informationAccessShape = described(
  object({ use }, { ocsp: list(webUrl, { min: 1, max: 10 }), caIssuers: list(webUrl, { min: 1, max: 10 }) }),
  'The authorityInfoAccess extension: of the issuer, or of the profile.',
)

export const subjectAccessShape = described(
  list(object({ method: oneOf(['caRepository', 'timeStamping']), url: webUrl }, {}), { min: 1, max: 10 }),
  'The subjectInfoAccess extension.',
)

export const qcStatementsShape = described(
  list(
    variants('statement', {
      qcCompliance: object({}, {}),
      qcSSCD: object({}, {}),
      qcType: object({ types: list(oneOf(['esign', 'eseal', 'web']), { min: 1 }) }, {}),
      qcPDS: object(
        {
          locations: list(object({ url: webUrl, language: text({ pattern: /^[a-z]{2}$/, is: 'two letters' }) }, {}), {
            min: 1,
          }),
        },
        {},
      ),
      qcRetentionPeriod: object({ years: whole(0, 1000) }, {}),
      qcLimitValue: object(
        {
          currency: text({ pattern: /^[A-Z]{3}$/, is: 'three capitals' }),
          amount: whole(0, 1_000_000_000),
          exponent: whole(-20, 20),
        },
        {},
      ),
      qcCClegislation: object({ countries: list(text({ pattern: /^[A-Z]{2}$/, is: 'two capitals' }), { min: 1 }) }, {}),
      pkixSyntaxV2: object(
        { semantics: oneOf(['naturalPerson', 'legalPerson', 'eidasNaturalPerson', 'eidasLegalPerson']) },
        {},
      ),
      psd2: object(
        {
          roles: list(
            oneOf([
              'unspecified',
              'accountServicing',
              'paymentInitiation',
              'accountInformation',
              'cardBasedInstruments',
            ]),
            { min: 1 },
          ),
          ncaName: text({ max: 256 }),
          ncaId: text({ max: 256 }),
        },
        {},
      ),
    }),
    { min: 1, max: 20 },
  ),
  'The qcStatements extension (RFC 3739, ETSI EN 319 412-5).',
)

/** How the text of a raw extension's value becomes DER. */
export const rawEncodings = [
  'der',
  'utf8',
  'ia5',
  'printable',
  'bmp',
  'octet-string',
  'bit-string',
  'oid',
  'oid-list',
  'integer',
  'boolean',
  'null',
] as const

export const rawExtensionsShape = described(
  list(
    object(
      { oid, encoding: oneOf(rawEncodings) },
      {
        /** Hexadecimal for `der`, `octet-string` and `bit-string`; object identifiers apart by commas; text; none for `null`. */
        value: text({ max: 16384 }),
        critical: flag,
        /** False: only where the request holds an extension of the type, whose value does not count. */
        mandatory: flag,
      },
    ),
    { min: 1, max: 50 },
  ),
  'Further extensions, written by the profile.',
)

export const requestExtensionsShape = described(
  object(
    {},
    {
      /** Copied, well-formed and never critical. */
      pass: list(oid),
      /** A reason to refuse, whatever they hold. */
      refuse: list(oid),
      /** All others: left out, or a reason to refuse; `ignore` when absent. Critical ones are always refused. */
      others: oneOf(['ignore', 'refuse']),
    },
  ),
  'What becomes of the extensions of the request.',
)

/** Extensions that are there by themselves and can be left out. */
export const suppressible = ['basicConstraints', 'subjectKeyIdentifier', 'authorityKeyIdentifier', 'keyUsage'] as const

/** What a privileged requester can be allowed to decide instead of the profile. */
export const overridable = [
  'subject',
  'subjectAlternativeName',
  'validity',
  'keyUsage',
  'extendedKeyUsage',
  'extensions',
  'privateKeyUsagePeriod',
] as const

export const privateKeyUsageShape = described(
  object({ percent: whole(1, 100) }, {}),
  'The privateKeyUsagePeriod extension: how much of the validity, from its beginning, the key may sign.',
)
