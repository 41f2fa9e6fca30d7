import { Asn1Error } from '../asn1/index.js'
import type { GeneralName, GeneralNames } from '../pkix/general-name.js'
import { formatGeneralName } from '../pkix/general-name-format.js'
import { attributeText } from './attribute-value.js'
import type { TBSCertificate } from './certificate.js'
import { decodeExtension } from './extension.js'
import { SubjectAlternativeName } from './extensions/index.js'
import type { Name } from './name.js'
import { extensionOid } from './oids.js'

const commonName = '2.5.4.3'

/**
 * The names that people look a certificate up by, each once: its alternative names as `formatGeneralName` writes them
 * (`DNS:example.org`, `IP:192.0.2.1`; DNS names in lower case, which is how they compare), then the common names of its
 * subject as `CN:Device 1`. An extension that cannot be read gives none.
 */
export const certificateNames = ({
  subject,
  extensions = [],
}: Pick<TBSCertificate, 'subject' | 'extensions'>): string[] => searchNames(subject, alternativeNames(extensions))

/** As `certificateNames`, for names that are decoded already. */
export function searchNames(subject: Name, alternative: GeneralNames): string[] {
  const commonNames = subject
    .flat()
    .filter(({ type }) => type === commonName)
    .flatMap(({ value }) => attributeText(value) ?? [])
  return [...new Set([...alternative.map(searchText), ...commonNames.map((text) => `CN:${text}`)])]
}

function searchText(name: GeneralName): string {
  const text = formatGeneralName(name)
  return name.type === 'dNSName' ? `DNS:${text.slice(4).toLowerCase()}` : text
}

function alternativeNames(extensions: NonNullable<TBSCertificate['extensions']>): GeneralNames {
  try {
    return decodeExtension(SubjectAlternativeName, extensions, extensionOid.subjectAltName) ?? []
  } catch (error) {
    if (error instanceof Asn1Error) return []
    throw error
  }
}
