/** What the parts of a system may do with the tables. */
const privileges = {
  /** An OCSP responder, a CRL publisher, a report: reads the inventory, and neither secrets nor the audit trail. */
  reader: {
    select: ['schema', 'certificates', 'certificate_terms', 'events', 'crls'],
  },
  /** A node that issues: it can neither delete a certificate, a CRL or an event nor change the audit trail. */
  node: {
    select: [
      'schema',
      'certificates',
      'certificate_terms',
      'events',
      'crls',
      'crl_intents',
      'records',
      'record_terms',
      'audit',
      'audit_chain',
    ],
    insert: [
      'certificates',
      'certificate_terms',
      'events',
      'crls',
      'crl_intents',
      'records',
      'record_terms',
      'audit',
      'audit_chain',
    ],
    update: ['certificates', 'records'],
    delete: ['certificate_terms', 'crl_intents', 'records', 'record_terms'],
  },
} as const satisfies Record<'reader' | 'node', Readonly<Record<string, readonly string[]>>>

/**
 * The SQL that lets a role use the tables of a PostgreSQL store, to be run by the owner of the tables after they were made
 * and again after each migration. A store that is opened by a role makes no tables: it must find them.
 *
 * @param kind `reader` for whoever only looks things up, such as an OCSP responder; `node` for one that issues
 * @param role name of the role, as it was created
 * @example
 * ```ts
 * import { postgresGrants } from '@certwright/store-sql'
 *
 * for (const sql of postgresGrants('reader', 'ocsp')) console.log(`${sql};`)
 * ```
 */
export function postgresGrants(kind: 'reader' | 'node', role: string): readonly string[] {
  const quoted = `"${role.replaceAll('"', '""')}"`
  const granted: Readonly<Record<string, readonly string[]>> = privileges[kind]
  return Object.entries(granted).map(([privilege, tables]) => {
    const names = tables.map((table) => `certwright_${table}`).join(', ')
    return `grant ${privilege} on ${names} to ${quoted}`
  })
}
