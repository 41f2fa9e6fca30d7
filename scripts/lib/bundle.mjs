import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { root } from './root.mjs'

/**
 * Resolves `@certwright/core/asn1` to `packages/core/src/asn1/index.ts`, as the tests do.
 * @type {import('esbuild').Plugin}
 */
const sources = {
  name: 'certwright-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^@certwright\// }, ({ path }) => {
      const [, name = '', ...room] = path.split('/')
      const file = path === '@certwright/core/errors' ? 'errors.ts' : join(...room, 'index.ts')
      return { path: join(root, 'packages', name, 'src', file) }
    })
  },
}

/**
 * Bundles a TypeScript file of this repository into one that node runs, its packages from npm left outside.
 * @param {string} entry path from the root
 * @returns {Promise<string>} path of the file made
 */
export async function bundle(entry) {
  const outfile = join(root, 'node_modules', '.cache', 'certwright', entry.replace(/\.ts$/, '.mjs'))
  mkdirSync(dirname(outfile), { recursive: true })
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: [sources],
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  return outfile
}
