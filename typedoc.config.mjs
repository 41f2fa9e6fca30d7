import { readWorkspaces } from './scripts/lib/workspaces.mjs'

/** Every subpath that the published packages export, by construction. */
const entryPoints = readWorkspaces()
  .filter(({ manifest }) => manifest.private !== true)
  .flatMap(({ path, entries }) => entries.map(({ source }) => `${path}/${source}`))

/** @type {Partial<import('typedoc').TypeDocOptions>} */
const config = {
  name: 'Certwright',
  entryPoints,
  entryPointStrategy: 'resolve',
  tsconfig: 'tsconfig.docs.json',
  out: 'docs/api',
  readme: 'README.md',
  includeVersion: false,
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  validation: { notExported: false, invalidLink: true, notDocumented: true, rewrittenLink: true },
  // Exports. The fields of a structure are inferred from its schema and explained by the RFC that it names.
  requiredToBeDocumented: ['Class', 'Function', 'Interface', 'TypeAlias', 'Variable'],
}

export default config
