import { parseIpAddress } from '../../../pkix/index.js'

/** Ranges that are not globally reachable: the IANA special-purpose registries for IPv4 and IPv6. */
const ranges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '::ffff:0:0/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001:2::/48',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
].map(parseIpAddress)

/** Whether an address (4 or 16 octets) is reserved: nobody on the Internet can be the only one to have it. */
export const isReservedAddress = (address: Uint8Array): boolean =>
  ranges.some(
    (range) =>
      range.length === 2 * address.length &&
      address.every((octet, index) => (octet & (range[address.length + index] ?? 0)) === range[index]),
  )
