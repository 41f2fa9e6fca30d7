import { CertwrightError } from '../../errors.js'
import { type GeneralName, generalName, parseGeneralName } from '../../pkix/index.js'
import type { GeneralSubtree } from '../../x509/index.js'
import { NameConstraints } from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { ReportFault } from '../shape/index.js'

type Constraints = NonNullable<ProfileConfig['nameConstraints']>

const readers: Readonly<Record<string, (text: string) => GeneralName>> = {
  dNSName: (text) => parseGeneralName(`DNS:${text}`, { constraint: true }),
  rfc822Name: (text) => parseGeneralName(`email:${text}`, { constraint: true }),
  uniformResourceIdentifier: (text) => parseGeneralName(`URI:${text}`, { constraint: true }),
  iPAddress: (text) => generalName.ipRange(text),
  directoryName: (text) => generalName.directory(text),
}

/** The DER of the nameConstraints extension (RFC 5280 section 4.2.1.10). */
export function encodeConstraints(config: Constraints, fault: ReportFault): Uint8Array | undefined {
  const permittedSubtrees = subtreesOf(config.permitted ?? {}, 'nameConstraints.permitted', fault)
  const excludedSubtrees = subtreesOf(config.excluded ?? {}, 'nameConstraints.excluded', fault)
  if (permittedSubtrees.length + excludedSubtrees.length === 0) {
    fault('nameConstraints', 'must permit or exclude something')
    return undefined
  }
  return NameConstraints.encode({
    ...(permittedSubtrees.length === 0 ? {} : { permittedSubtrees }),
    ...(excludedSubtrees.length === 0 ? {} : { excludedSubtrees }),
  })
}

function subtreesOf(trees: NonNullable<Constraints['permitted']>, path: string, fault: ReportFault): GeneralSubtree[] {
  return Object.entries(trees).flatMap(([kind, texts]) =>
    (texts ?? []).flatMap((text, index) => {
      try {
        const base = readers[kind]?.(text)
        return base === undefined ? [] : [{ base, minimum: 0 }]
      } catch (error) {
        if (!(error instanceof CertwrightError)) throw error
        fault(`${path}.${kind}.${index}`, error.message)
        return []
      }
    }),
  )
}
