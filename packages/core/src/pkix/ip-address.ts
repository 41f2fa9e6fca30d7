import { CertwrightError } from '../errors.js'

/**
 * The text of an iPAddress name: `192.0.2.1`, `2001:db8::1` (RFC 5952), or for the 8 or 32 octets of a name constraint
 * (RFC 5280 section 4.2.1.10) `192.0.2.0/24`, with the mask written out where it is not a prefix.
 *
 * @throws CertwrightError `asn1` for another number of octets than 4, 16, 8 or 32.
 */
export function formatIpAddress(octets: Uint8Array): string {
  const { length } = octets
  if (length === 4 || length === 16) return formatAddress(octets)
  if (length !== 8 && length !== 32)
    throw new CertwrightError('asn1', `an IP address has 4, 16, 8 or 32 octets, not ${length}`)
  const mask = octets.subarray(length / 2)
  return `${formatAddress(octets.subarray(0, length / 2))}/${prefixOf(mask) ?? formatAddress(mask)}`
}

const formatAddress = (octets: Uint8Array): string => (octets.length === 4 ? octets.join('.') : formatIpv6(octets))

function formatIpv6(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[2 * index] ?? 0) << 8) | (octets[2 * index + 1] ?? 0)).toString(16),
  )
  // The longest run of zero groups is left out, the first of equals, a single one never (RFC 5952 section 4.2).
  let start = -1
  let longest = 1
  for (let from = 0; from < 8; from++) {
    let to = from
    while (groups[to] === '0') to++
    if (to - from > longest) {
      longest = to - from
      start = from
    }
  }
  if (start < 0) return groups.join(':')
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`
}

/** The number of leading ones of a mask, or `undefined` when there are ones after a zero. */
function prefixOf(mask: Uint8Array): number | undefined {
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  const end = bits.indexOf('0')
  if (end < 0) return bits.length
  return bits.includes('1', end) ? undefined : end
}

/**
 * The octets of an iPAddress name: 4 or 16 of an address, 8 or 32 of a range `address/prefix` or `address/mask`.
 *
 * @throws CertwrightError `asn1` when the text is none; addresses with a zone (`%eth0`) and IPv4 parts with leading zeros
 * are refused.
 */
export function parseIpAddress(text: string): Uint8Array {
  const [address = '', mask, ...rest] = text.split('/')
  const octets = parseAddress(address)
  if (octets === undefined || rest.length > 0) throw malformed(text)
  if (mask === undefined) return octets
  const maskOctets = /^(?:0|[1-9]\d{0,2})$/.test(mask) ? maskOf(Number(mask), octets.length) : parseAddress(mask)
  if (maskOctets?.length !== octets.length) throw malformed(text)
  return Uint8Array.from([...octets, ...maskOctets])
}

const malformed = (text: string): CertwrightError =>
  new CertwrightError('asn1', `${JSON.stringify(text.slice(0, 100))} is not an IP address or range`)

function maskOf(prefix: number, length: number): Uint8Array | undefined {
  if (prefix > length * 8) return undefined
  return Uint8Array.from({ length }, (_, index) => (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * index))) & 0xff)
}

const parseAddress = (text: string): Uint8Array | undefined => (text.includes(':') ? parseIpv6(text) : parseIpv4(text))

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groupsOf)
  if (head === undefined) return undefined
  if (halves.length === 1) return head.length === 16 ? Uint8Array.from(head) : undefined
  if (tail === undefined || head.length + tail.length > 14) return undefined
  return Uint8Array.from([...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail])
}

/** The octets of groups between colons; the last may be an IPv4 address. */
function groupsOf(text: string, half: number, halves: readonly string[]): number[] | undefined {
  if (text === '') return halves.length === 2 ? [] : undefined
  const groups = text.split(':')
  const octets: number[] = []
  for (const [index, group] of groups.entries()) {
    const last = index === groups.length - 1 && half === halves.length - 1
    const ipv4 = last && group.includes('.') ? parseIpv4(group) : undefined
    if (ipv4 !== undefined) octets.push(...ipv4)
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      octets.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff)
    else return undefined
  }
  return octets
}
