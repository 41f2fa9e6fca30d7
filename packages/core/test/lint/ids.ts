import { readdirSync } from 'node:fs'
import { lintRules } from '@certwright/core/lint'

const folder = new URL('../../src/lint/rules/', import.meta.url)

/** The files of a folder of rules, each of which is named after its rule. */
const idsIn = (name: string): readonly string[] =>
  readdirSync(new URL(`${name}/`, folder))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((id) => id !== 'index')

/** Ids of the rules by folder. */
export const certificateRuleIds = {
  rfc5280: idsIn('rfc5280'),
  names: idsIn('names'),
  algorithms: idsIn('algorithms'),
  protocols: idsIn('protocols'),
  practice: idsIn('practice'),
  tls: idsIn('cabf-tls'),
  smime: idsIn('cabf-smime'),
  codeSigning: idsIn('cabf-code-signing'),
} as const
export const crlRuleIds = idsIn('crl')

/** All of them, as the linter knows them. */
export const allIds: readonly string[] = lintRules.map(({ id }) => id)
