import {
  Asn1Error,
  boolean,
  type DecodeOptions,
  defaulted,
  type Infer,
  objectIdentifier,
  octetString,
  type Schema,
  sequence,
  sequenceOf,
} from '../asn1/index.js'

/** Extension, RFC 5280 section 4.1. `extnValue` is the DER of the type that `extnID` names. */
export const Extension = sequence({
  extnID: objectIdentifier,
  critical: defaulted(boolean, false),
  extnValue: octetString,
})
export type Extension = Infer<typeof Extension>

/** Extensions, RFC 5280 section 4.1: at least one. */
export const Extensions = sequenceOf(Extension, { min: 1 })
export type Extensions = Infer<typeof Extensions>

/**
 * The extension of a type, or `undefined`.
 *
 * @param oid for example `extensionOid.keyUsage`
 * @throws Asn1Error `duplicate` when there are several, which RFC 5280 section 4.2 forbids.
 */
export function findExtension(extensions: readonly Extension[] | undefined, oid: string): Extension | undefined {
  let found: Extension | undefined
  for (const extension of extensions ?? []) {
    if (extension.extnID !== oid) continue
    if (found !== undefined) {
      throw new Asn1Error({ kind: 'duplicate', path: [oid], expected: 'one extension of a type', actual: 'another' })
    }
    found = extension
  }
  return found
}

/**
 * The decoded value of the extension of a type, or `undefined` when there is none.
 *
 * @example
 * ```ts
 * import { type Certificate, decodeExtension, extensionOid, KeyUsage } from '@certwright/core/x509'
 *
 * const usageOf = ({ tbsCertificate }: Certificate) =>
 *   decodeExtension(KeyUsage, tbsCertificate.value.extensions, extensionOid.keyUsage)
 * ```
 *
 * @throws Asn1Error when the extension is there several times or its value is malformed; offsets count from its start.
 */
export function decodeExtension<T>(
  schema: Schema<T>,
  extensions: readonly Extension[] | undefined,
  oid: string,
  options?: DecodeOptions,
): T | undefined {
  const extension = findExtension(extensions, oid)
  return extension === undefined ? undefined : schema.decode(extension.extnValue, options)
}
