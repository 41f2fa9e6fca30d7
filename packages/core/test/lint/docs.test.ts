import { crlLintRules, lintRules, lintSources, type Rule } from '@certwright/core/lint'
import { expect, it } from 'vitest'

const titles = {
  rfc5280: 'RFC 5280 and its updates',
  algorithms: 'Keys and signatures',
  protocols: 'Protocols',
  practice: 'Practice',
  'cabf-br': 'CA/Browser Forum: TLS',
  'cabf-smime': 'CA/Browser Forum: S/MIME',
  'cabf-code-signing': 'CA/Browser Forum: code signing',
} as const

const introduction = `# Lint rules

Every certificate and every CRL is checked against these rules before it is signed, in the form in which it is signed.
An **error** stops the signature. A **warning** or a **notice** is recorded in the audit event of the certificate.

A rule counts from the day in the column *since*: notBefore of a certificate and thisUpdate of a CRL are compared with it.
The sets \`rfc5280\`, \`algorithms\`, \`protocols\` and \`practice\` are for every certificate. Those of the CA/Browser Forum
are for certificates that assert one of its policies, and for profiles that ask for them:

\`\`\`json
{
  "lint": {
    "sources": ["cabf-br"],
    "waive": { "key-usage-critical": "the controllers of 2009 refuse a critical keyUsage" }
  }
}
\`\`\`

A profile waives a rule by its id, with a reason of 8 to 500 characters that goes to the audit of every certificate in which
the rule was broken. A waiver of a rule that does not exist is a fault of the profile.

Levels follow the words of the source: MUST is an error, SHOULD a warning. One exception is \`email-in-subject\`: too many
directories still rely on the attribute for it to stop a signature.
`

const row = ({ id, level, effective, description, citation }: Omit<Rule<never>, 'applies' | 'check'>): string =>
  `| \`${id}\` | ${level} | ${effective} | ${description} | ${citation} |`

const table = (title: string, rules: readonly Omit<Rule<never>, 'applies' | 'check'>[]): string =>
  [
    '',
    `## ${title}`,
    '',
    '| rule | level | since | requirement | source |',
    '|---|---|---|---|---|',
    ...rules.map(row),
    '',
  ].join('\n')

it('are all on the page docs/lint.md (vitest -u writes it)', async () => {
  const sections = lintSources.map((source) =>
    table(
      `${titles[source]} (\`${source}\`)`,
      lintRules.filter((rule) => rule.source === source),
    ),
  )
  const page = introduction + sections.join('') + table('CRLs', crlLintRules)
  await expect(page).toMatchFileSnapshot('../../../../docs/lint.md')
})
