import { isIPv4 } from 'node:net'

/** The 4 or 16 octets of an IP address in text (RFC 5280 section 4.2.1.6); `node:net` has checked that it is one. */
export function ipOctets(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number)
  const [head = '', tail] = withoutEmbeddedV4(address).split('::')
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [before, after] = [groups(head), groups(tail ?? '')]
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const all = [...before, ...new Array<number>(zeros).fill(0), ...after]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

/** `::ffff:192.0.2.1` with its last 32 bits in hexadecimal groups. */
function withoutEmbeddedV4(address: string): string {
  const [text = ''] = address.split('%')
  const start = text.lastIndexOf(':') + 1
  const last = text.slice(start)
  if (!isIPv4(last)) return text
  const [a = 0, b = 0, c = 0, d = 0] = last.split('.').map(Number)
  return `${text.slice(0, start)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}
