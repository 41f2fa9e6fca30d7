import { compareBytes, toHex } from '../../../asn1/index.js'
import type { CrlEntryLintRule } from '../../rule.js'

export const crlEntriesUnique: CrlEntryLintRule = {
  id: 'crl-entries-unique',
  source: 'practice',
  level: 'error',
  description: 'No certificate is listed twice.',
  citation: 'RFC 5280 section 5.3',
  effective: '2008-05-01',
  // In an indirect CRL, certificates of several CAs may have one serial number.
  applies: ({ isIndirect }) => !isIndirect,
  begin({ entries = [] }) {
    let before: Uint8Array | undefined
    let seen: Set<string> | undefined
    return ({ userCertificate }) => {
      // Entries in rising order, as ours are, need no memory; others need all of it.
      const rises = seen === undefined && (before === undefined || compareBytes(before, userCertificate) < 0)
      before = userCertificate
      if (rises) return undefined
      const serial = toHex(userCertificate)
      seen ??= risingSerials(entries)
      if (seen.has(serial)) return `the serial number ${serial} is listed twice`
      seen.add(serial)
      return undefined
    }
  },
}

/** The serial numbers of the entries before the first that does not rise. */
function risingSerials(entries: Iterable<{ readonly userCertificate: Uint8Array }>): Set<string> {
  const seen = new Set<string>()
  let before: Uint8Array | undefined
  for (const { userCertificate } of entries) {
    if (before !== undefined && compareBytes(before, userCertificate) >= 0) break
    seen.add(toHex(userCertificate))
    before = userCertificate
  }
  return seen
}
