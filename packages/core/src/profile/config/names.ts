import { described, flag, list, object, oid, oneOf, record, text, variants, whole } from '../shape/index.js'

/** The kinds of alternative name that a profile can speak about. */
export const nameKinds = [
  'dNSName',
  'iPAddress',
  'rfc822Name',
  'uniformResourceIdentifier',
  'directoryName',
  'registeredID',
  'otherName',
] as const

/** A kind of alternative name (RFC 5280 section 4.2.1.6). */
export type NameKind = (typeof nameKinds)[number]

/** A regular expression without flags, for the whole value. */
const pattern = text({ max: 500, is: 'a regular expression of 1 to 500 characters' })
const count = whole(0, 100)
const onHomographs = oneOf(['allow', 'log', 'refuse'])

const attributeRule = object(
  {},
  {
    /** Where the value comes from: the request, `value` always, or `value` when the request has none. */
    source: oneOf(['request', 'fixed', 'default']),
    value: text({ max: 1024 }),
    required: flag,
    pattern,
    /** How many values there may be, together with `required` for the least; 1 when absent. */
    max: count,
    /** The longest value in characters, where the bound of RFC 5280 appendix A.1 is not the right one. */
    length: whole(1, 32768),
  },
)

const builder = variants('type', {
  /** The variables of the request in the order in which they came; the subject of the request without any. */
  basic: object({}, {}),
  /** `<SAN>` in the template stands for the first alternative name, by the order of kinds; for requests without subject. */
  san: object({ template: text({ max: 2048 }), order: list(oneOf(nameKinds), { min: 1 }) }, {}),
  /** `<variable>` and `<cn.1>` stand for what the request gives; its own CN and UID when it gives nothing. */
  template: object({ template: text({ max: 2048 }) }, {}),
})

export const subjectShape = described(
  object(
    {
      /** Whether the subject may be empty; then there must be alternative names, which become critical. */
      empty: oneOf(['allowed', 'refused']),
    },
    {
      /** The whole subject, as RFC 4514 text, whatever the request says. */
      fixed: text({ max: 4096 }),
      builder,
      /** What a client must fill, for `profileVariables`; the builder's templates name theirs by themselves. */
      variables: list(object({ name: text({ max: 64 }) }, { description: text({ max: 500 }), required: flag })),
      /** Rules by attribute type: a name such as `CN`, or dotted. */
      attributes: record(/^[A-Za-z0-9.]{1,64}$/, attributeRule),
      /** Attributes without a rule; `allowed` when absent. */
      others: oneOf(['allowed', 'dropped', 'refused']),
      /** Values that can be taken for others because scripts are mixed; `log` when absent. */
      homographs: onHomographs,
    },
  ),
  'The distinguished name of the subject.',
)

const nameRule = object(
  {},
  {
    required: flag,
    max: count,
    pattern,
    /** For dNSName: whether `*` may be the first label; `allowed` when absent. */
    wildcard: oneOf(['allowed', 'refused']),
    /** For iPAddress: the versions, both when absent. */
    versions: list(oneOf(['4', '6']), { min: 1 }),
    /** For iPAddress: ranges such as 10.0.0.0/8 of which one must hold the address. */
    ranges: list(text({ max: 50 }), { min: 1 }),
    /** For uniformResourceIdentifier: the schemes, in lower case. */
    schemes: list(text({ pattern: /^[a-z][a-z0-9+.-]*$/, is: 'a URI scheme', max: 40 }), { min: 1 }),
    /** For otherName: the types by object identifier. */
    types: list(oid, { min: 1 }),
  },
)

export const alternativeNameShape = described(
  object(
    {
      /** Taken from the request, demanded of it, or never there. */
      use: oneOf(['from-request', 'required', 'never']),
    },
    {
      /** Rules by kind; kinds without one are refused. All kinds pass without rules when this is absent. */
      kinds: object(
        {},
        Object.fromEntries(nameKinds.map((kind) => [kind, nameRule])) as Record<NameKind, typeof nameRule>,
      ),
      /** All names together; 100 when absent. */
      max: whole(1, 1000),
      /** Adds each CN that is a domain name and not yet there as a dNSName. */
      fillFromCommonName: flag,
      /** Every CN must be among the alternative names (CA/Browser Forum BR section 7.1.4.3). */
      commonNameIncluded: flag,
      /** Domain names whose letters can be taken for others; `refuse` when absent. */
      homographs: onHomographs,
    },
  ),
  'The subject alternative names.',
)
