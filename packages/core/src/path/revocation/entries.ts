import { Asn1Error } from '../../asn1/index.js'
import {
  CertificateIssuer,
  CertificateSerialNumber,
  CRLReason,
  decodeExtension,
  type Extension,
  extensionOid,
  type RevokedCertificate,
} from '../../x509/index.js'
import type { Budget } from '../budget.js'
import { nameKey, type PathCertificate } from '../certificate.js'
import type { ReadCrl } from './crl.js'

/** What a CRL says of a certificate. */
export type Lookup =
  | { readonly found: 'nothing' }
  | { readonly found: 'entry'; readonly reason: CRLReason; readonly revocationDate: Date }
  /** The CRL must not be used at all. */
  | { readonly found: 'unusable'; readonly why: string }

const unusable = (why: string): Lookup => ({ found: 'unusable', why })

/**
 * Looks a certificate up (RFC 5280 section 6.3.3 (i), (j)). An entry with a critical extension that is not processed makes the
 * whole list unusable (section 5.3), so every entry is looked at; only those that may have one are decoded.
 */
export function lookUp(crl: ReadCrl, { serialNumber, issuerKey }: PathCertificate, budget: Budget): Lookup {
  const { entries } = crl
  if (entries === undefined) return { found: 'nothing' }
  budget.spend('crlEntries', entries.length)
  const wanted = CertificateSerialNumber.encode(serialNumber)
  const indirect = crl.scope?.indirectCRL === true
  // RFC 5280 section 5.3.3: an entry without an issuer has that of the entry before it.
  let entryIssuer = crl.issuerKey
  let result: Lookup = { found: 'nothing' }
  try {
    for (let index = 0; index < entries.length; index++) {
      const octets = entries.bytes(index)
      const isSerial = startsWith(octets, wanted)
      // In an indirect list any entry may name the issuer of those after it.
      if (!isSerial && !indirect && !mayBeCritical(octets)) continue
      const entry = entries.at(index)
      const issuer = criticalIssuer(entry, indirect)
      if (typeof issuer === 'object') return issuer
      entryIssuer = issuer ?? entryIssuer
      if (entry !== undefined && isSerial && entryIssuer === issuerKey) result = entryOf(entry)
    }
    return result
  } catch (error) {
    if (error instanceof Asn1Error) return unusable(`an entry of the CRL cannot be read: ${error.message}`)
    throw error
  }
}

/** Whether the first element inside a SEQUENCE has these octets. */
function startsWith(sequence: Uint8Array, element: Uint8Array): boolean {
  const start = (sequence[1] ?? 0) < 0x80 ? 2 : 2 + ((sequence[1] ?? 0) & 0x7f)
  return element.every((octet, index) => octet === sequence[start + index])
}

/** Whether the octets of a BOOLEAN that is true are there: without them no extension is critical. */
function mayBeCritical(octets: Uint8Array): boolean {
  for (let index = octets.indexOf(0x01); index >= 0; index = octets.indexOf(0x01, index + 1)) {
    if (octets[index + 1] === 0x01 && octets[index + 2] === 0xff) return true
  }
  return false
}

const processed: ReadonlySet<string> = new Set([extensionOid.reasonCode, extensionOid.invalidityDate])

/** The issuer that an entry names, as far as its critical extensions let the list be used. */
function criticalIssuer(entry: RevokedCertificate | undefined, indirect: boolean): string | Lookup | undefined {
  const extensions: readonly Extension[] = entry?.crlEntryExtensions ?? []
  for (const { extnID, critical } of extensions) {
    const known = processed.has(extnID) || (extnID === extensionOid.certificateIssuer && indirect)
    if (critical && !known) return unusable(`an entry of the CRL has the critical extension ${extnID}`)
  }
  if (!indirect) return undefined
  const names = decodeExtension(CertificateIssuer, extensions, extensionOid.certificateIssuer)
  if (names === undefined) return undefined
  const directory = names.find(({ type }) => type === 'directoryName')
  return directory?.type === 'directoryName' ? nameKey(directory.value) : unusable('an entry of the CRL has no issuer')
}

const entryOf = ({ crlEntryExtensions, revocationDate }: RevokedCertificate): Lookup => ({
  found: 'entry',
  reason: decodeExtension(CRLReason, crlEntryExtensions, extensionOid.reasonCode) ?? 'unspecified',
  revocationDate,
})
