import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { readWorkspaces } from './scripts/lib/workspaces.mjs'

/** Tests run against the sources: `@certwright/core/asn1` is `packages/core/src/asn1/index.ts`. */
const alias = readWorkspaces().flatMap(({ dir, entries }) =>
  entries.map(({ specifier, source }) => ({ find: new RegExp(`^${specifier}$`), replacement: join(dir, source) })),
)

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'scripts/test/**/*.test.mjs'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
