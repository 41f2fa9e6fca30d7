import {
  Asn1Error,
  bitString,
  type Infer,
  implicit,
  sequence,
  sequenceOf,
  setOf,
  signed,
  smallInteger,
} from '../asn1/index.js'
import { AlgorithmIdentifier } from './algorithm-identifier.js'
import { Attribute } from './attribute.js'
import { Extension } from './extension.js'
import { SubjectPublicKeyInfo } from './keys.js'
import { Name } from './name.js'
import { requestAttributeOid } from './oids.js'

/** CertificationRequestInfo, RFC 2986 section 4.1. `version` is 0 (v1). */
export const CertificationRequestInfo = sequence({
  version: smallInteger,
  subject: Name,
  subjectPKInfo: SubjectPublicKeyInfo,
  attributes: implicit(0, setOf(Attribute)),
})
export type CertificationRequestInfo = Infer<typeof CertificationRequestInfo>

/** CertificationRequest (PKCS #10), RFC 2986 section 4.2. */
export const CertificationRequest = sequence({
  certificationRequestInfo: signed(CertificationRequestInfo),
  signatureAlgorithm: AlgorithmIdentifier,
  signature: bitString,
})
export type CertificationRequest = Infer<typeof CertificationRequest>

/** ExtensionRequest, RFC 2985 section 5.4.2. Clients send an empty one to ask for nothing, so that is let pass. */
export const ExtensionRequest = sequenceOf(Extension)
export type ExtensionRequest = Infer<typeof ExtensionRequest>

const carriers: readonly string[] = [requestAttributeOid.extensionRequest, requestAttributeOid.msCertificateExtensions]

/**
 * The extensions that a request asks for, from the attributes extensionRequest (RFC 2985 section 5.4.2) and its
 * Microsoft form.
 *
 * @throws Asn1Error when an attribute is malformed, or the attribute or an extension is there twice.
 */
export function requestedExtensions(request: CertificationRequestInfo): readonly Extension[] {
  const extensions: Extension[] = []
  const seen = new Set<string>()
  for (const { type, values } of request.attributes) {
    if (!carriers.includes(type)) continue
    if (seen.has(type)) throw duplicate(type)
    seen.add(type)
    const [value, ...more] = values
    if (value === undefined || more.length > 0) throw duplicate(`${type}.values`)
    for (const extension of ExtensionRequest.decode(value)) {
      if (seen.has(extension.extnID)) throw duplicate(extension.extnID)
      seen.add(extension.extnID)
      extensions.push(extension)
    }
  }
  return extensions
}

const duplicate = (what: string): Asn1Error =>
  new Asn1Error({ kind: 'duplicate', path: ['attributes', what], expected: 'exactly one', actual: 'another number' })
