/**
 * ASN.1: one declaration gives the DER decoder, the encoder and the TypeScript type, and reads like the RFC.
 *
 * @example
 * ```ts
 * import { defaulted, explicit, type Infer, objectIdentifier, octetString, sequence, smallInteger } from '@certwright/core/asn1'
 *
 * const Envelope = sequence({
 *   version: defaulted(explicit(0, smallInteger), 0),
 *   type: objectIdentifier,
 *   content: octetString,
 * })
 * type Envelope = Infer<typeof Envelope>
 *
 * const der = Envelope.encode({ version: 0, type: '1.2.840.113549.1.7.1', content: Uint8Array.of(1, 2, 3) })
 * const { type } = Envelope.decode(der)
 * ```
 *
 * @module
 */
export { type DecodeBase64Options, decodeBase64, encodeBase64 } from './base64.js'
export { type BitString, bitString, bitStringOf, namedBits } from './bit-string.js'
export { compareBytes, concatBytes, equalBytes, fromHex, toHex } from './bytes.js'
export { type Alternatives, type ChoiceValue, choice } from './choice.js'
export { type SizeConstraint, sequenceOf, setOf } from './collection.js'
export { type DeferredList, deferredSequenceOf } from './deferred.js'
export { enumerated, namedInteger } from './enumerated.js'
export { Asn1Error, type Asn1ErrorDetails, type Asn1ErrorKind } from './errors.js'
export {
  type CharacterString,
  characterString,
  type EmbeddedPdv,
  type External,
  embeddedPdv,
  external,
} from './external.js'
export {
  type DefaultField,
  defaulted,
  type FieldDeclaration,
  type FieldDeclarations,
  type FieldValues,
  type OptionalField,
  optional,
} from './field.js'
export { integer, integerBytes, smallInteger } from './integer.js'
export { date, dateTime, duration, isoTime, timeOfDay } from './iso-time.js'
export { lazy } from './lazy.js'
export { type DecodeLimits, type DecodeOptions, defaultLimits } from './limits.js'
export { constrained, type Mapping, mapped } from './mapped.js'
export { objectIdentifier, relativeObjectIdentifier } from './object-identifier.js'
export { octetString, octetStringOf } from './octet-string.js'
export { oidIri, relativeOidIri } from './oid-iri.js'
export { type OpenField, type OpenTypes, type OpenValue, openType } from './open-type.js'
export { any, boolean, nullValue } from './primitive.js'
export { type PrintOptions, printDer } from './print.js'
export { real } from './real.js'
export type { Codec, Infer, Schema } from './schema.js'
export { sequence } from './sequence.js'
export { set } from './set.js'
export { type Signed, signed, toSigned } from './signed.js'
export {
  bmpString,
  generalString,
  graphicString,
  ia5String,
  numericString,
  objectDescriptor,
  printableString,
  teletexString,
  universalString,
  utf8String,
  videotexString,
  visibleString,
} from './strings.js'
export type { TagClass } from './tag.js'
export { explicit, implicit } from './tagging.js'
export { generalizedTime, time, utcTime } from './time.js'
