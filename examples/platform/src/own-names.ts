import { isIP } from 'node:net'
import { CertwrightError, type EnrollmentPolicyOptions } from '@certwright/core'
import { formatIpAddress, type GeneralName, parseIpAddress } from '@certwright/core/pkix'
import {
  attributeOid,
  attributeText,
  decodeExtension,
  type Extension,
  extensionOid,
  type Name,
  SubjectAlternativeName,
} from '@certwright/core/x509'

/** The host and the names of the loopback interface, for clients on the same machine: what the TLS server is called. */
export const serverHosts = (host: string): readonly string[] => [
  ...new Set([host.toLowerCase(), 'localhost', '127.0.0.1', '::1']),
]

/**
 * Keeps the platform's own names for itself: devices trust the CA that certifies them, so one with a certificate for such a
 * name could pass for the platform, and take the passwords of the others.
 */
export function keepOwnNames(host: string): NonNullable<EnrollmentPolicyOptions['authorize']> {
  const own = serverHosts(host).map(canonical)
  return ({ subject, extensions }) => {
    const names = [...commonNames(subject), ...(alternativeNames(extensions) ?? [])]
    const taken = names.some((name) => own.some((other) => covers(canonical(name), other)))
    return taken ? { denied: 'a name of the request is one of the platform itself' } : true
  }
}

const commonNames = (subject: Name): readonly string[] =>
  subject.flat().flatMap(({ type, value }) => (type === attributeOid.commonName ? [attributeText(value) ?? ''] : []))

/** Names that cannot be read are none here: the profile refuses them. */
function alternativeNames(extensions: readonly Extension[]): readonly string[] | undefined {
  try {
    return decodeExtension(SubjectAlternativeName, extensions, extensionOid.subjectAltName)?.flatMap(hostOf)
  } catch (error) {
    if (error instanceof CertwrightError) return undefined
    throw error
  }
}

function hostOf(name: GeneralName): readonly string[] {
  if (name.type === 'dNSName') return [name.value]
  return name.type === 'iPAddress' && [4, 16].includes(name.value.length) ? [formatIpAddress(name.value)] : []
}

/** One spelling for a host name or address. */
const canonical = (host: string): string =>
  isIP(host) === 0 ? host.toLowerCase().replace(/\.$/, '') : formatIpAddress(parseIpAddress(host))

/** Whether a certificate for `name`, which may begin with `*.`, is good for `host`. */
const covers = (name: string, host: string): boolean =>
  name === host || (name.startsWith('*.') && host.includes('.') && name.slice(1) === host.slice(host.indexOf('.')))
