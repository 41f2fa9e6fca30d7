import { extensionOid, SubjectAlternativeName } from '../../x509/index.js'
import { extension, extensionValue, isCa } from '../extensions.js'
import type { LintRule } from '../rule.js'

/** The certificate names something: CAs by a subject, others by a subject or critical alternative names. */
export const subjectNames: LintRule = {
  id: 'subject-names',
  level: 'error',
  citation: 'RFC 5280 sections 4.1.2.6 and 4.2.1.6',
  applies: () => true,
  check({ tbs }) {
    const names = extension(tbs, extensionOid.subjectAltName)
    if (
      names !== undefined &&
      (extensionValue(tbs, extensionOid.subjectAltName, SubjectAlternativeName) ?? []).length === 0
    ) {
      return 'subjectAltName is empty or malformed'
    }
    if (tbs.subject.length > 0) return undefined
    if (isCa(tbs)) return 'the subject of a CA is empty'
    return names?.critical === true ? undefined : 'the subject is empty and subjectAltName is missing or not critical'
  },
}
