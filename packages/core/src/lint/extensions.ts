import { Asn1Error, type Schema } from '../asn1/index.js'
import { BasicConstraints, type Extension, extensionOid, type TBSCertificate } from '../x509/index.js'

/** The extension with this OID, if there is one. */
export const extension = ({ extensions }: TBSCertificate, oid: string): Extension | undefined =>
  extensions?.find(({ extnID }) => extnID === oid)

/** Its decoded value; `undefined` when it is absent or malformed (a rule of its own finds the latter). */
export function extensionValue<T>(tbs: TBSCertificate, oid: string, schema: Schema<T>): T | undefined {
  const found = extension(tbs, oid)
  if (found === undefined) return undefined
  try {
    return schema.decode(found.extnValue)
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** Whether basicConstraints says that the certificate is a CA's. */
export const isCa = (tbs: TBSCertificate): boolean =>
  extensionValue(tbs, extensionOid.basicConstraints, BasicConstraints)?.cA === true

/** Whether issuer and subject are the same CA's, so that the certificate verifies itself. */
export const isSelfSigned = (subject: { readonly issuer?: TBSCertificate }): boolean => subject.issuer === undefined
