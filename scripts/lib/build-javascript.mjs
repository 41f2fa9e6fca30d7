import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build } from 'tsup'
import { stamped } from './build-stamp.mjs'

/** @typedef {import('./workspaces.mjs').Workspace} Workspace */

/**
 * Builds the JavaScript of one package into its `dist`, and removes what an earlier build left there.
 * @param {Workspace} workspace
 * @throws {Error} when an entry has no source or a source cannot be parsed
 */
export async function buildJavaScript(workspace) {
  const missing = workspace.entries.find(({ source }) => !existsSync(join(workspace.dir, source)))
  if (missing !== undefined) {
    throw new Error(
      `${workspace.path}/package.json exports ${missing.specifier}, but there is no ${workspace.path}/${missing.source}`,
    )
  }
  await stamped(workspace, async () => removeOthers(workspace, await bundle(workspace)))
}

/**
 * @param {Workspace} workspace
 * @returns {Promise<Set<string>>} the files written, absolute
 */
async function bundle(workspace) {
  /** @type {Set<string>} */
  const written = new Set()
  await build({
    config: false,
    silent: true,
    entry: Object.fromEntries(workspace.entries.map(({ output, source }) => [output, join(workspace.dir, source)])),
    outDir: join(workspace.dir, 'dist'),
    tsconfig: join(workspace.dir, 'tsconfig.json'),
    format: 'esm',
    target: 'node20',
    splitting: true,
    sourcemap: true,
    minify: false,
    dts: false,
    clean: false,
    skipNodeModulesBundle: true,
    removeNodeProtocol: false, // `node:sqlite` has no other name
    esbuildOptions(options) {
      options.absWorkingDir = workspace.dir
      options.sourcesContent = false // the sources are in the package
    },
    plugins: [
      {
        name: 'written-files',
        buildEnd({ writtenFiles }) {
          for (const { name } of writtenFiles) written.add(resolve(name))
        },
      },
    ],
  })
  return written
}

/**
 * Chunks carry a hash in their names: those of the last build would stay, and be published. A program that runs from
 * `dist` has loaded them long ago.
 * @param {Workspace} workspace
 * @param {ReadonlySet<string>} written
 */
function removeOthers(workspace, written) {
  const dist = join(workspace.dir, 'dist')
  const sources = join(workspace.dir, 'src')
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = join(dist, name)
    if (/\.js(\.map)?$/.test(name) && !written.has(file)) rmSync(file)
    const declared = /^(.+)\.d\.ts(\.map)?$/.exec(relative(dist, file).split(sep).join('/'))?.[1]
    if (declared !== undefined && !existsSync(join(sources, `${declared}.ts`))) rmSync(file)
  }
}
