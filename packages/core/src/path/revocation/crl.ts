import { Asn1Error, type DeferredList, defaultLimits, toHex } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import {
  AuthorityKeyIdentifier,
  BaseCRLNumber,
  CRLNumber,
  DeferredCertificateList,
  decodeExtension,
  extensionOid,
  findExtension,
  IssuingDistributionPoint,
  type Name,
  type RevokedCertificate,
} from '../../x509/index.js'
import { nameKey } from '../certificate.js'
import type { SignedPart } from '../signature.js'

/** Octets of a CRL: millions of entries. */
const maxCrlSize = 256 * 1024 * 1024

/** A CRL as revocation checking sees it. */
export interface ReadCrl {
  readonly signed: SignedPart
  readonly issuer: Name
  readonly issuerKey: string
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  readonly scope: IssuingDistributionPoint | undefined
  /** Equal for CRLs of the same scope; empty without one. */
  readonly scopeId: string
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  /** Equal for the same authorityKeyIdentifier; empty without one. */
  readonly authorityId: string
  readonly number: bigint | undefined
  /** The number of the complete CRL that a delta starts from; absent on complete CRLs. */
  readonly baseNumber: bigint | undefined
  readonly entries: DeferredList<RevokedCertificate> | undefined
}

/** Critical extensions of a CRL that are processed (RFC 5280 section 5.2). */
const processed: ReadonlySet<string> = new Set([
  extensionOid.issuingDistributionPoint,
  extensionOid.deltaCRLIndicator,
  extensionOid.authorityKeyIdentifier,
  extensionOid.cRLNumber,
])

const latest = new WeakMap<Uint8Array, ReadCrl | string>()

/** Reads a CRL, once for each array of octets that a source hands out. A text says why it cannot be used. */
export function readCrl(der: Uint8Array): ReadCrl | string {
  const known = latest.get(der)
  if (known !== undefined) return known
  const read = decodeCrl(der)
  latest.set(der, read)
  return read
}

function decodeCrl(der: Uint8Array): ReadCrl | string {
  try {
    const { tbsCertList, signatureAlgorithm, signatureValue } = DeferredCertificateList.decode(der, {
      maxSize: maxCrlSize,
      maxElements: Math.max(defaultLimits.maxElements, der.length),
    })
    const { bytes, value } = tbsCertList
    const extensions = value.crlExtensions ?? []
    if (value.version !== 1 && (value.version !== undefined || extensions.length > 0))
      return 'a CRL is of a wrong version'
    const unknown = extensions.find(({ critical, extnID }) => critical && !processed.has(extnID))
    if (unknown !== undefined) return `a CRL has the critical extension ${unknown.extnID}, which is not processed`
    if (new Set(extensions.map(({ extnID }) => extnID)).size < extensions.length) return 'a CRL has an extension twice'
    const octets = (oid: string): string => toHex(findExtension(extensions, oid)?.extnValue ?? new Uint8Array())
    return {
      signed: { bytes, inner: value.signature, outer: signatureAlgorithm, signature: signatureValue },
      issuer: value.issuer,
      issuerKey: nameKey(value.issuer),
      thisUpdate: value.thisUpdate,
      nextUpdate: value.nextUpdate,
      scope: decodeExtension(IssuingDistributionPoint, extensions, extensionOid.issuingDistributionPoint),
      scopeId: octets(extensionOid.issuingDistributionPoint),
      authorityKeyIdentifier: decodeExtension(AuthorityKeyIdentifier, extensions, extensionOid.authorityKeyIdentifier),
      authorityId: octets(extensionOid.authorityKeyIdentifier),
      number: decodeExtension(CRLNumber, extensions, extensionOid.cRLNumber),
      baseNumber: decodeExtension(BaseCRLNumber, extensions, extensionOid.deltaCRLIndicator),
      entries: value.revokedCertificates,
    }
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof CertwrightError) return `a CRL cannot be read: ${error.message}`
    throw error
  }
}

/** Why a CRL does not tell the present, if it does not. */
export function staleness({ thisUpdate, nextUpdate }: ReadCrl, time: Date): string | undefined {
  if (thisUpdate > time) return 'the CRL is of a later time'
  if (nextUpdate === undefined) return 'the CRL does not say until when it holds'
  return nextUpdate < time ? `the CRL was to be replaced by ${nextUpdate.toISOString()}` : undefined
}
