import { oidName } from '../../x509/index.js'
import type { Profile } from '../compile/index.js'
import type { ProfileConfig } from '../config/index.js'

/** Says in words what a profile issues: one sentence a line, for the person who answers for it. */
export function explain({ config }: Profile): string {
  const lines = [
    `${config.id}: ${config.description ?? kinds[config.kind]}.`,
    `It issues ${kinds[config.kind]}.`,
    ...validityLines(config),
    ...keyLines(config),
    ...subjectLines(config),
    ...nameLines(config),
    ...caaLines(config),
    ...transparencyLines(config),
    ...usageLines(config),
    ...contentLines(config),
    ...requestLines(config),
  ]
  return lines.join('\n')
}

const kinds: Readonly<Record<ProfileConfig['kind'], string>> = {
  root: 'self-signed certificates of root CAs',
  intermediate: 'certificates of CAs below another one',
  'end-entity': 'certificates of end entities',
  'ocsp-signer': 'certificates of OCSP responders',
  tsa: 'certificates of timestamp authorities',
  ra: 'certificates of registration authorities',
}

const named = (oids: readonly string[]): string => oids.map((oid) => oidName(oid) ?? oid).join(', ')

function validityLines({ validity }: ProfileConfig): string[] {
  const { default: usual, maximum, notBefore, notAfter, backdate, requester = 'shorten' } = validity
  const wish = {
    nothing: 'The requester decides nothing about it',
    shorten: 'The requester may ask for an earlier end',
    'up-to-maximum': `The requester may ask for any end up to ${maximum ?? usual ?? notAfter}`,
  }[requester]
  return [
    `A certificate is valid ${notAfter === undefined ? `for ${usual}` : `until ${notAfter}`}${notBefore === undefined ? '' : ` from ${notBefore}`}, never beyond the certificate of its issuer.`,
    ...(backdate === undefined ? [] : [`It begins ${backdate} before it is issued.`]),
    `${wish}.`,
  ]
}

function keyLines({ keys, p12 }: ProfileConfig): string[] {
  const { minimumSizes: sizes } = keys
  const least = [
    ...(sizes?.rsa === undefined ? [] : [`${sizes.rsa} bits of RSA`]),
    ...(sizes?.ec === undefined ? [] : [`${sizes.ec} bits of a curve`]),
  ]
  return [
    `Keys are ${keys.allowed.join(', ')}.`,
    ...(least.length === 0 ? [] : [`Keys below ${least.join(' or ')}: ${sizes?.mode}.`]),
    `Keys known to be weak: ${keys.weak ?? 'block'}; keys of CAs: ${keys.caKeys ?? 'block'}.`,
    ...(p12 === undefined ? [] : [`The server can make the key (${p12.keyType}) and answer with a PKCS #12 file.`]),
  ]
}

function subjectLines({ subject }: ProfileConfig): string[] {
  if (subject.fixed !== undefined) return [`The subject is always ${subject.fixed}.`]
  const { builder, attributes = {}, others = 'allowed' } = subject
  const source =
    builder === undefined ? 'the request' : 'template' in builder ? `the template ${builder.template}` : 'variables'
  return [
    `The subject comes from ${source} and ${subject.empty === 'allowed' ? 'may' : 'must not'} be empty.`,
    ...Object.entries(attributes).map(([name, { source: from = 'request', value, required, pattern, max = 1 }]) => {
      const origin =
        from === 'request' ? 'as requested' : from === 'fixed' ? `always "${value}"` : `"${value}" when not requested`
      return `Attribute ${name}: ${origin}, ${required === true ? 'required, ' : ''}at most ${max}${pattern === undefined ? '' : `, of the form ${pattern}`}.`
    }),
    ...(others === 'allowed' ? [] : [`Other attributes are ${others}.`]),
  ]
}

function nameLines({ subjectAlternativeName: names }: ProfileConfig): string[] {
  if (names.use === 'never') return ['There are no alternative names.']
  const { kinds: rules, fillFromCommonName, commonNameIncluded } = names
  const parts = Object.entries(rules ?? {}).map(
    ([kind, rule]) => `${kind}${rule?.required === true ? ' (required)' : ''}`,
  )
  return [
    `Alternative names come from the request${names.use === 'required' ? ' and are required' : ''}: ${rules === undefined ? 'any kind' : parts.join(', ')}.`,
    ...(fillFromCommonName === true ? ['Common names that are domain names are added to them.'] : []),
    ...(commonNameIncluded === true ? ['Every common name must be among them.'] : []),
  ]
}

const caaLines = ({ caa }: ProfileConfig): string[] =>
  caa === undefined
    ? []
    : [caa === 'none' ? 'CAA records are not asked for.' : 'The DNS must allow each name (CAA, RFC 8659).']

const transparencyLines = ({ transparency }: ProfileConfig): string[] =>
  transparency === undefined
    ? []
    : [
        transparency === 'off'
          ? 'Certificates are not logged.'
          : 'Certificates are logged before they are issued (Certificate Transparency, RFC 6962).',
      ]

function usageLines({
  basicConstraints,
  keyUsage,
  keyUsageByFamily = {},
  extendedKeyUsage: rule,
  suppress = [],
}: ProfileConfig): string[] {
  const { cA, pathLenConstraint } = basicConstraints
  const depth =
    pathLenConstraint === undefined ? 'any number of' : pathLenConstraint === 0 ? 'no' : String(pathLenConstraint)
  const always = rule?.always ?? []
  const more =
    rule?.request === 'allowed'
      ? `the request may add ${rule.allowed === undefined ? 'others' : named(rule.allowed)}`
      : 'the request adds none'
  return [
    ...(cA ? [`The holder is a CA with ${depth} CAs below it.`] : []),
    `Key usage: ${keyUsage.join(', ')}.`,
    ...Object.entries(keyUsageByFamily).map(([family, bits]) => `Key usage of ${family} keys: ${bits.join(', ')}.`),
    `Extended key usage${rule?.critical === true ? ' (critical)' : ''}: ${always.length === 0 ? 'none' : named(always)}; ${more}.`,
    ...(suppress.length === 0 ? [] : [`Left out: ${suppress.join(', ')}.`]),
  ]
}

function contentLines(config: ProfileConfig): string[] {
  const {
    certificatePolicies: policies,
    crlDistributionPoints: crl,
    authorityInfoAccess: access,
    extensions = [],
    lint,
  } = config
  const written = (
    [
      'nameConstraints',
      'policyConstraints',
      'inhibitAnyPolicy',
      'subjectInfoAccess',
      'tlsFeature',
      'qcStatements',
      'ocspNoCheck',
      'ctPoison',
      'privateKeyUsagePeriod',
    ] as const
  ).filter((field) => config[field] !== undefined)
  return [
    ...(policies === undefined ? [] : [`Policies: ${named(policies.always.map(({ oid }) => oid))}.`]),
    `CRL distribution points: ${crl?.use ?? 'if-published'}; authority information access: ${access?.use ?? 'if-published'}.`,
    ...(written.length === 0 ? [] : [`It also has ${written.join(', ')}.`]),
    ...extensions.map(
      ({ oid, critical, mandatory }) =>
        `It has the extension ${oid}${critical === true ? ' (critical)' : ''}${mandatory === false ? ' where the request asks for it' : ''}.`,
    ),
    ...(lint?.sources === undefined ? [] : [`It keeps the rules of ${lint.sources.join(', ')}.`]),
    ...Object.entries(lint?.waive ?? {}).map(([rule, reason]) => `It waives the lint rule ${rule}: ${reason}.`),
  ]
}

function requestLines({ requestExtensions = {}, override = [] }: ProfileConfig): string[] {
  const { pass = [], refuse = [], others = 'ignore' } = requestExtensions
  return [
    `From the request it copies ${pass.length === 0 ? 'no further extensions' : named(pass)}; others are ${others === 'ignore' ? 'left out, or refused when critical' : 'refused'}.`,
    ...(refuse.length === 0 ? [] : [`It refuses requests with ${named(refuse)}.`]),
    ...(override.length === 0 ? [] : [`A privileged requester may decide ${override.join(', ')}.`]),
  ]
}
