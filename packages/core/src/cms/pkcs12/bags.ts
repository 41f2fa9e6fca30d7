import { octetString } from '../../asn1/index.js'
import { encodeBagAttributes } from './attributes.js'
import { bagOid, type SafeBag, TypedBag } from './structures.js'
import type { Pkcs12Certificate, Pkcs12Secret } from './types.js'

const withAttributes = (
  bagId: string,
  bagValue: Uint8Array,
  attributes: Parameters<typeof encodeBagAttributes>[0] = {},
): SafeBag => ({ bagId, bagValue, bagAttributes: encodeBagAttributes(attributes) })

/** A pkcs8ShroudedKeyBag (RFC 7292 section 4.2.2) of the DER of an EncryptedPrivateKeyInfo. */
export const shroudedKeyBag = (
  encrypted: Uint8Array,
  attributes: { readonly friendlyName?: string; readonly localKeyId?: Uint8Array },
): SafeBag => withAttributes(bagOid.shroudedKey, encrypted, attributes)

/** A certBag (RFC 7292 section 4.2.3) of an X.509 certificate. */
export const certificateBag = ({
  certificate,
  ...attributes
}: Pkcs12Certificate & { readonly localKeyId?: Uint8Array }): SafeBag =>
  withAttributes(
    bagOid.certificate,
    TypedBag.encode({ type: bagOid.x509Certificate, value: octetString.encode(certificate) }),
    attributes,
  )

/** A crlBag (RFC 7292 section 4.2.4) of an X.509 CRL. */
export const crlBag = (crl: Uint8Array): SafeBag =>
  withAttributes(bagOid.crl, TypedBag.encode({ type: bagOid.x509Crl, value: octetString.encode(crl) }))

/** A secretBag (RFC 7292 section 4.2.5). */
export const secretBag = ({ type, value, ...attributes }: Pkcs12Secret): SafeBag =>
  withAttributes(bagOid.secret, TypedBag.encode({ type, value }), attributes)
