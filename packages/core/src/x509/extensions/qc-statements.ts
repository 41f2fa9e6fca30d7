import {
  Asn1Error,
  choice,
  constrained,
  type Infer,
  ia5String,
  integer,
  objectIdentifier,
  optional,
  printableString,
  type Schema,
  sequence,
  sequenceOf,
  smallInteger,
  utf8String,
} from '../../asn1/index.js'
import { GeneralName } from '../../pkix/general-name.js'
import type { QCStatement } from './qualified.js'

/** Statements of qualified certificates: RFC 3739 section 3.2.6, ETSI EN 319 412-5, ETSI TS 119 495. */
export const qcStatementOid = {
  pkixSyntaxV1: '1.3.6.1.5.5.7.11.1',
  pkixSyntaxV2: '1.3.6.1.5.5.7.11.2',
  qcCompliance: '0.4.0.1862.1.1',
  qcLimitValue: '0.4.0.1862.1.2',
  qcRetentionPeriod: '0.4.0.1862.1.3',
  qcSSCD: '0.4.0.1862.1.4',
  qcPDS: '0.4.0.1862.1.5',
  qcType: '0.4.0.1862.1.6',
  qcCClegislation: '0.4.0.1862.1.7',
  psd2: '0.4.0.19495.2',
} as const

/** What a qualified certificate is for, ETSI EN 319 412-5 section 4.2.3. */
export const qcTypeOid = { esign: '0.4.0.1862.1.6.1', eseal: '0.4.0.1862.1.6.2', web: '0.4.0.1862.1.6.3' } as const

/** How the identifiers in a subject are meant, ETSI EN 319 412-1 section 5.1. */
export const semanticsOid = {
  naturalPerson: '0.4.0.194121.1.1',
  legalPerson: '0.4.0.194121.1.2',
  eidasNaturalPerson: '0.4.0.194121.1.3',
  eidasLegalPerson: '0.4.0.194121.1.4',
} as const

/** Roles of payment service providers, ETSI TS 119 495 section 4.2. */
export const psd2RoleOid = {
  unspecified: '0.4.0.19495.1.0',
  accountServicing: '0.4.0.19495.1.1',
  paymentInitiation: '0.4.0.19495.1.2',
  accountInformation: '0.4.0.19495.1.3',
  cardBasedInstruments: '0.4.0.19495.1.4',
} as const

const country = constrained(printableString, ({ length }) => length === 2, '2 characters')
const text256 = constrained(utf8String, (text) => text !== '' && [...text].length <= 256, '1 to 256 characters')

/** SemanticsInformation, RFC 3739 section 3.2.6.1: at least one of the two. */
export const SemanticsInformation = constrained(
  sequence({
    semanticsIdentifier: optional(objectIdentifier),
    nameRegistrationAuthorities: optional(sequenceOf(GeneralName, { min: 1 })),
  }),
  (value) => value.semanticsIdentifier !== undefined || value.nameRegistrationAuthorities !== undefined,
  'a semantics identifier or name registration authorities',
)
export type SemanticsInformation = Infer<typeof SemanticsInformation>

const Iso4217 = choice({
  alphabetic: constrained(printableString, ({ length }) => length === 3, '3 characters'),
  numeric: constrained(smallInteger, (code) => code >= 1 && code <= 999, '1 to 999'),
})
/** Iso4217CurrencyCode, ETSI EN 319 412-5 section 4.3.2: `EUR` or 978. */
export type Iso4217CurrencyCode = Infer<typeof Iso4217>

/** MonetaryValue, ETSI EN 319 412-5 section 4.3.2: `amount` times ten to the power of `exponent`. */
export const MonetaryValue = sequence({
  currency: Iso4217,
  amount: integer,
  exponent: integer,
})
export type MonetaryValue = Infer<typeof MonetaryValue>

/** PdsLocation, ETSI EN 319 412-5 section 4.3.4: a disclosure statement and its language, ISO 639-1. */
export const PdsLocation = sequence({
  url: ia5String,
  language: constrained(printableString, ({ length }) => length === 2, '2 characters'),
})
export type PdsLocation = Infer<typeof PdsLocation>

/** RoleOfPSP, ETSI TS 119 495 annex A: see `psd2RoleOid`. */
export const RoleOfPSP = sequence({
  roleOfPspOid: objectIdentifier,
  roleOfPspName: text256,
})
export type RoleOfPSP = Infer<typeof RoleOfPSP>

/** PSD2QcType, ETSI TS 119 495 annex A: the roles of a payment service provider and who supervises it. */
export const PSD2QcType = sequence({
  rolesOfPSP: sequenceOf(RoleOfPSP),
  nCAName: text256,
  nCAId: text256,
})
export type PSD2QcType = Infer<typeof PSD2QcType>

const schemas = {
  pkixSyntaxV1: SemanticsInformation,
  pkixSyntaxV2: SemanticsInformation,
  qcLimitValue: MonetaryValue,
  /** Years after the end of validity for which the evidence is kept. */
  qcRetentionPeriod: integer,
  qcPDS: sequenceOf(PdsLocation, { min: 1 }),
  /** See `qcTypeOid`. */
  qcType: sequenceOf(objectIdentifier),
  /** Countries whose law makes the certificate a qualified one, ISO 3166. */
  qcCClegislation: sequenceOf(country),
  psd2: PSD2QcType,
} as const

/** Statements that say all by their identifier. */
type Bare = 'qcCompliance' | 'qcSSCD'
type WithInfo = keyof typeof schemas
/** The information of the syntaxes of RFC 3739 may be left out. */
type OptionalInfo = 'pkixSyntaxV1' | 'pkixSyntaxV2'

/** A statement of a type of {@link qcStatementOid}, read. */
export type KnownQcStatement =
  | { readonly [K in Bare]: { readonly type: K } }[Bare]
  | { readonly [K in OptionalInfo]: { readonly type: K; readonly info?: SemanticsInformation } }[OptionalInfo]
  | {
      readonly [K in Exclude<WithInfo, OptionalInfo>]: {
        readonly type: K
        readonly info: Infer<(typeof schemas)[K]>
      }
    }[Exclude<WithInfo, OptionalInfo>]

const types: ReadonlyMap<string, KnownQcStatement['type']> = new Map(
  (Object.keys(qcStatementOid) as KnownQcStatement['type'][]).map((type) => [qcStatementOid[type], type]),
)

const infoSchema = (type: KnownQcStatement['type']): Schema<unknown> | undefined =>
  type === 'qcCompliance' || type === 'qcSSCD' ? undefined : schemas[type]

const infoIsOptional = (type: KnownQcStatement['type']): boolean => type === 'pkixSyntaxV1' || type === 'pkixSyntaxV2'

const faulty = (type: string, kind: 'missing' | 'trailing', expected: string, actual: string): Asn1Error =>
  new Asn1Error({ kind, path: [type, 'statementInfo'], expected, actual })

/**
 * What a statement says; `undefined` for one of unknown type, which stays a {@link QCStatement}.
 *
 * @throws Asn1Error when the information is not of the type that the identifier names.
 */
export function readQcStatement({ statementId, statementInfo }: QCStatement): KnownQcStatement | undefined {
  const type = types.get(statementId)
  if (type === undefined) return undefined
  const schema = infoSchema(type)
  if (schema === undefined) {
    if (statementInfo !== undefined) throw faulty(type, 'trailing', 'a statement without information', 'some')
    return { type } as KnownQcStatement
  }
  if (statementInfo === undefined) {
    if (!infoIsOptional(type)) throw faulty(type, 'missing', 'the information of the statement', 'none')
    return { type } as KnownQcStatement
  }
  return { type, info: schema.decode(statementInfo) } as KnownQcStatement
}

/**
 * The QCStatement of what is to be said.
 *
 * @example
 * ```ts
 * import { QCStatements, qcTypeOid, toQcStatement } from '@certwright/core/x509'
 *
 * const extnValue = QCStatements.encode([
 *   toQcStatement({ type: 'qcCompliance' }),
 *   toQcStatement({ type: 'qcType', info: [qcTypeOid.esign] }),
 *   toQcStatement({ type: 'qcPDS', info: [{ url: 'https://example.org/pds', language: 'en' }] }),
 * ])
 * ```
 *
 * @throws Asn1Error when the information is not of its type.
 */
export function toQcStatement(statement: KnownQcStatement): QCStatement {
  const statementId = qcStatementOid[statement.type]
  const schema = infoSchema(statement.type)
  const info = 'info' in statement ? statement.info : undefined
  if (schema === undefined || (info === undefined && infoIsOptional(statement.type))) return { statementId }
  return { statementId, statementInfo: schema.encode(info) }
}
