import { any, sequenceOf } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import { readBy } from '../read-by.js'

/** An object of asn1js that can be written. */
interface Block {
  toBER(): ArrayBuffer
}

/** An object of pkijs that becomes one of asn1js. */
interface Writable {
  toSchema(): Block
}

/** The octets of a pkijs object. @internal */
export const octetsOf = (object: Writable): Uint8Array =>
  readBy('asn1', 'pkijs cannot write this object; is a field missing?', () => new Uint8Array(object.toSchema().toBER()))

/** What pkijs keeps of a signed structure: the octets under the signature, and the signature. @internal */
export interface SignedObject {
  readonly tbsView: Uint8Array
  readonly signatureAlgorithm: Writable
  readonly signatureValue: Block
}

const Parts = sequenceOf(any)

/**
 * The octets of a signed pkijs object, put together from the very octets that were signed: `toSchema` would encode them
 * anew.
 *
 * @internal
 */
export function signedOctetsOf({ tbsView, signatureAlgorithm, signatureValue }: SignedObject): Uint8Array {
  if (tbsView.length === 0) throw new CertwrightError('asn1', 'the pkijs object has not been signed; call sign() first')
  const value = new Uint8Array(signatureValue.toBER())
  return Parts.encode([tbsView, octetsOf(signatureAlgorithm), value])
}
