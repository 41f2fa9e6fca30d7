import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages', import.meta.url))

/** Tests run against the sources: `@certwright/core/asn1` is `packages/core/src/asn1/index.ts`. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@certwright\/core\/errors$/, replacement: `${packages}/core/src/errors.ts` },
      { find: /^@certwright\/([^/]+)$/, replacement: `${packages}/$1/src/index.ts` },
      { find: /^@certwright\/([^/]+)\/(.+)$/, replacement: `${packages}/$1/src/$2/index.ts` },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'scripts/test/**/*.test.mjs'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
