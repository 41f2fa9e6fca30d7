import { Asn1Error } from '../asn1/index.js'
import type { Issuer } from '../ca/index.js'
import { CertwrightError } from '../errors.js'
import type { Clock } from '../ports/index.js'
import {
  Certificate,
  decodeExtension,
  ExtendedKeyUsage,
  extendedKeyUsageOid,
  extensionOid,
  KeyUsage,
  type TBSCertificate,
} from '../x509/index.js'
import type { Authenticator } from './types.js'

const anyExtendedKeyUsage = '2.5.29.37.0'

/**
 * Accepts a TLS client certificate of one issuer: it is in the issuer's inventory octet for octet, issued (not held, not
 * revoked), valid now, and its usage allows TLS clients. No signature needs to be checked again, for the record is ours.
 */
export function createClientCertificate({ clock }: { readonly clock: Clock }, issuer: Issuer): Authenticator {
  return Object.freeze({
    async authenticate({ clientCertificates: [certificate] }) {
      if (certificate === undefined) return undefined
      const tbs = decodeOrUndefined(certificate)
      if (tbs === undefined || !allowsTlsClient(tbs)) return undefined
      const now = clock.now()
      if (now < tbs.validity.notBefore || now > tbs.validity.notAfter) return undefined
      const record = await issuer.recordOf(certificate)
      if (record?.status !== 'issued') return undefined
      return { name: `certificate:${record.issuer}:${record.serial}`, method: 'client-certificate', certificate }
    },
  } satisfies Authenticator)
}

function decodeOrUndefined(certificate: Uint8Array): TBSCertificate | undefined {
  try {
    return Certificate.decode(certificate).tbsCertificate.value
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** RFC 5280 sections 4.2.1.3 and 4.2.1.12: signatures are allowed, and if purposes are named, TLS client is one. */
function allowsTlsClient({ extensions = [] }: TBSCertificate): boolean {
  try {
    const usage = decodeExtension(KeyUsage, extensions, extensionOid.keyUsage)
    const purposes = decodeExtension(ExtendedKeyUsage, extensions, extensionOid.extendedKeyUsage)
    const signs = usage === undefined || usage.has('digitalSignature')
    return signs && (purposes === undefined || purposes.some(isClientPurpose))
  } catch (error) {
    if (error instanceof CertwrightError) return false
    throw error
  }
}

const isClientPurpose = (oid: string): boolean => oid === extendedKeyUsageOid.clientAuth || oid === anyExtendedKeyUsage
