import type { LintRule } from '../../rule.js'

function isRange(octets: Uint8Array): boolean {
  if (octets.length !== 8 && octets.length !== 32) return false
  const bits = Array.from(octets.subarray(octets.length / 2), (octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits)
}

export const nameConstraintsIp: LintRule = {
  id: 'name-constraints-ip',
  source: 'rfc5280',
  level: 'error',
  description: 'IP addresses in name constraints are an address and a mask of a whole prefix.',
  citation: 'RFC 5280 section 4.2.1.10',
  effective: '2008-05-01',
  applies: ({ value }) => value.nameConstraints !== undefined,
  check: ({ value: { nameConstraints: { permittedSubtrees = [], excludedSubtrees = [] } = {} } }) =>
    [...permittedSubtrees, ...excludedSubtrees].every(({ base }) => base.type !== 'iPAddress' || isRange(base.value))
      ? undefined
      : 'nameConstraints has an iPAddress that is no address with a prefix mask',
}
