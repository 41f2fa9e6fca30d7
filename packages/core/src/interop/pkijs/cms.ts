import * as pkijs from 'pkijs'
import type { DecodeOptions } from '../../asn1/index.js'
import { ContentInfo, PrivateKeyInfo, SignedData } from '../../cms/index.js'
import { readBy } from '../read-by.js'
import { octetsOf } from './octets.js'

/** pkijs writes SET OF in the order of its arrays and keeps indefinite lengths: BER, until told otherwise. */
const lenient: DecodeOptions = { encoding: 'ber' }

/**
 * A CMS message as `pkijs.ContentInfo`.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it.
 */
export function toPkijsContentInfo(message: ContentInfo): pkijs.ContentInfo {
  const der = ContentInfo.encode(message)
  return readBy('asn1', 'pkijs does not read this message', () => pkijs.ContentInfo.fromBER(der))
}

/**
 * The message of a `pkijs.ContentInfo`.
 *
 * @param options read as BER unless told otherwise, because pkijs writes BER
 * @throws CertwrightError `asn1` when pkijs cannot write it, or (Asn1Error) it is not what the options allow.
 */
export const fromPkijsContentInfo = (message: pkijs.ContentInfo, options: DecodeOptions = lenient): ContentInfo =>
  ContentInfo.decode(octetsOf(message), options)

/**
 * A SignedData as `pkijs.SignedData`, for example to verify its signers.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it.
 */
export function toPkijsSignedData(signedData: SignedData): pkijs.SignedData {
  const der = SignedData.encode(signedData)
  return readBy('asn1', 'pkijs does not read this SignedData', () => pkijs.SignedData.fromBER(der))
}

/**
 * The SignedData of a `pkijs.SignedData`, for example one that pkijs has signed.
 *
 * @param options read as BER unless told otherwise, because pkijs writes BER
 * @throws CertwrightError `asn1` when pkijs cannot write it, or (Asn1Error) it is not what the options allow.
 */
export const fromPkijsSignedData = (signedData: pkijs.SignedData, options: DecodeOptions = lenient): SignedData =>
  SignedData.decode(octetsOf(signedData), options)

/**
 * A private key (PKCS #8, RFC 5958) as `pkijs.PrivateKeyInfo`, which has no field for the public key: it is left out.
 *
 * @throws CertwrightError `asn1` when pkijs does not read it.
 */
export function toPkijsPrivateKey({ publicKey: _publicKey, ...key }: PrivateKeyInfo): pkijs.PrivateKeyInfo {
  const der = PrivateKeyInfo.encode({ ...key, version: 0 })
  return readBy('asn1', 'pkijs does not read this private key', () => pkijs.PrivateKeyInfo.fromBER(der))
}

/**
 * The PrivateKeyInfo of a `pkijs.PrivateKeyInfo`.
 *
 * @throws CertwrightError `asn1` when pkijs cannot write it, or (Asn1Error) it is not DER.
 */
export const fromPkijsPrivateKey = (key: pkijs.PrivateKeyInfo): PrivateKeyInfo => PrivateKeyInfo.decode(octetsOf(key))
