import { Asn1Error } from '../../asn1/index.js'
import type { GeneralName } from '../../pkix/index.js'
import { extensionOid, SubjectAlternativeName } from '../../x509/index.js'
import { type Context, requested } from './context.js'

/** The alternative names that count: of the override, the request, or its extensions; `undefined` when malformed. */
export function requestedGeneralNames(context: Context): readonly GeneralName[] | undefined {
  const given = context.override.subjectAlternativeName ?? context.request.names
  if (given !== undefined) return given
  const extension = requested(context, extensionOid.subjectAltName)
  if (extension === undefined) return []
  try {
    return SubjectAlternativeName.decode(extension.extnValue)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    return undefined
  }
}
