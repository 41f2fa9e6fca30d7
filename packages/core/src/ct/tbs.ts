import { Asn1Error, any, explicit, sequenceOf } from '../asn1/index.js'
import {
  AuthorityKeyIdentifier,
  CTPoison,
  Extension,
  extensionOid,
  findExtension,
  type SerializedSct,
  SignedCertificateTimestampList,
  TBSCertificate,
} from '../x509/index.js'

/** The poison of a precertificate (RFC 6962 section 3.1): critical, so that nobody takes it for a certificate. */
export const poisonExtension: Extension = {
  extnID: extensionOid.ctPoison,
  critical: true,
  extnValue: CTPoison.encode(null),
}

/** The extension that holds timestamps in a certificate (RFC 6962 section 3.3). */
export const sctExtension = (scts: readonly SerializedSct[]): Extension => ({
  extnID: extensionOid.signedCertificateTimestamps,
  critical: false,
  extnValue: SignedCertificateTimestampList.encode(scts),
})

/**
 * Whether the extensions are those of a precertificate.
 *
 * @throws Asn1Error for a poison that is not critical, not NULL, or there twice.
 */
export function isPoisoned(extensions: readonly Extension[] | undefined): boolean {
  const poison = findExtension(extensions, extensionOid.ctPoison)
  if (poison === undefined) return false
  CTPoison.decode(poison.extnValue)
  if (poison.critical) return true
  throw new Asn1Error({ kind: 'value', path: ['critical'], expected: 'a critical poison', actual: 'one that is not' })
}

/** The fields of a TBSCertificate (RFC 5280 section 4.1) as octets: what is not touched stays as it is. */
const Fields = sequenceOf(any)
const RawExtensions = explicit(3, sequenceOf(any))
const RawExtensionsField = 0xa3
const VersionField = 0xa0

interface RawTbs {
  /** All but the extensions. */
  readonly fields: readonly Uint8Array[]
  readonly extensions: readonly Uint8Array[]
}

function readRaw(tbsCertificate: Uint8Array): RawTbs {
  TBSCertificate.decode(tbsCertificate)
  const fields = Fields.decode(tbsCertificate)
  const last = fields.at(-1)
  if (last?.[0] !== RawExtensionsField) return { fields, extensions: [] }
  return { fields: fields.slice(0, -1), extensions: RawExtensions.decode(last) }
}

/** DER has one encoding for a length, so that joining the parts again changes nothing but what was meant to change. */
const writeRaw = ({ fields, extensions }: RawTbs): Uint8Array =>
  Fields.encode(extensions.length === 0 ? [...fields] : [...fields, RawExtensions.encode([...extensions])])

const isOf =
  (...oids: readonly string[]) =>
  (extension: Uint8Array): boolean =>
    oids.includes(Extension.decode(extension).extnID)

/**
 * The TBSCertificate that a log signs (RFC 6962 section 3.2): that of a precertificate without its poison, or that of a
 * certificate without its timestamps. Both give the same octets.
 *
 * @param tbsCertificate DER
 * @throws Asn1Error when it is malformed, `duplicate` when it has either twice or both.
 */
export function loggedTbs(tbsCertificate: Uint8Array): Uint8Array {
  const { fields, extensions } = readRaw(tbsCertificate)
  const left = extensions.filter((extension) => !isOfCt(extension))
  if (left.length < extensions.length - 1) throw severalOfCt()
  return writeRaw({ fields, extensions: left })
}

const isOfCt = isOf(extensionOid.ctPoison, extensionOid.signedCertificateTimestamps)
const severalOfCt = (): Asn1Error =>
  new Asn1Error({ kind: 'duplicate', path: ['extensions'], expected: 'poison or timestamps once', actual: 'more' })

/**
 * The TBSCertificate of the certificate that a precertificate announces: timestamps stand where the poison stood, and
 * every other octet is the same.
 *
 * @param tbsCertificate DER TBSCertificate of the precertificate
 * @throws Asn1Error when it is malformed, or `missing` when it has no poison.
 */
export function embedScts(tbsCertificate: Uint8Array, scts: readonly SerializedSct[]): Uint8Array {
  const { fields, extensions } = readRaw(tbsCertificate)
  if (extensions.filter(isOfCt).length > 1) throw severalOfCt()
  const place = extensions.findIndex(isOf(extensionOid.ctPoison))
  if (place < 0) {
    throw new Asn1Error({ kind: 'missing', path: ['extensions'], expected: 'the poison', actual: 'a TBS without it' })
  }
  return writeRaw({ fields, extensions: extensions.with(place, Extension.encode(sctExtension(scts))) })
}

/**
 * What a log makes of a TBSCertificate that a precertificate signing certificate has signed (RFC 6962 section 3.2): its
 * issuer, and its authority key identifier where it has one, become those of the signing certificate.
 *
 * @param tbsCertificate DER, with or without poison
 * @param signing DER TBSCertificate of the precertificate signing certificate
 * @throws Asn1Error when either is malformed, or `missing` when only the precertificate has a key identifier.
 */
export function withFinalIssuer(tbsCertificate: Uint8Array, signing: Uint8Array): Uint8Array {
  const { fields, extensions } = readRaw(tbsCertificate)
  const from = readRaw(signing)
  const isKeyIdentifier = isOf(extensionOid.authorityKeyIdentifier)
  const place = extensions.findIndex(isKeyIdentifier)
  const keyIdentifier = from.extensions.find(isKeyIdentifier)
  const issuer = from.fields[issuerField(from.fields)]
  if (issuer === undefined || (place >= 0 && keyIdentifier === undefined)) {
    const expected = 'issuer and authority key identifier of the signing certificate'
    throw new Asn1Error({ kind: 'missing', path: ['precertificateSigning'], expected, actual: 'none' })
  }
  return writeRaw({
    fields: fields.with(issuerField(fields), issuer),
    extensions: place < 0 || keyIdentifier === undefined ? extensions : replaced(extensions, place, keyIdentifier),
  })
}

/** version, serialNumber, signature, issuer; the version is left out where it is v1. */
const issuerField = (fields: readonly Uint8Array[]): number => (fields[0]?.[0] === VersionField ? 3 : 2)

/** The key identifier of one in place of that of the other; the criticality of ours stays. */
function replaced(extensions: readonly Uint8Array[], place: number, by: Uint8Array): readonly Uint8Array[] {
  const own = Extension.decode(extensions[place] ?? new Uint8Array())
  const { extnValue } = Extension.decode(by)
  AuthorityKeyIdentifier.decode(extnValue)
  return extensions.with(place, Extension.encode({ ...own, extnValue }))
}
