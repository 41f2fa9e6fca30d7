import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { root } from './root.mjs'

/** @typedef {import('./workspaces.mjs').Workspace} Workspace */

/** What the JavaScript of a package is made of, besides its own folder. */
const tools = [
  'scripts/lib/build-javascript.mjs',
  'node_modules/tsup/package.json',
  'node_modules/esbuild/package.json',
]

/**
 * Whether the JavaScript in `dist` was built, completely, from the sources as they are now.
 * @param {Workspace} workspace
 * @param {string} sources from {@link sourcesOf}
 */
export function isBuilt(workspace, sources) {
  const outputs = workspace.entries.map(({ output }) => join(workspace.dir, 'dist', `${output}.js`))
  return readStamp(workspace) === sources && outputs.every((file) => existsSync(file))
}

/**
 * Hashes over everything that the JavaScript of this package is made of.
 * @param {Workspace} workspace
 * @returns {string}
 */
export function sourcesOf(workspace) {
  return `${fingerprint(root, tools)} ${fingerprint(workspace.dir, ['src', 'package.json'])}`
}

/**
 * Runs a build so that only a finished one leaves a stamp.
 * @param {Workspace} workspace
 * @param {() => Promise<void>} build
 */
export async function stamped(workspace, build) {
  const sources = sourcesOf(workspace)
  rmSync(stampOf(workspace), { force: true })
  await build()
  mkdirSync(join(workspace.dir, 'dist'), { recursive: true })
  writeFileSync(stampOf(workspace), `${sources}\n`)
}

/** @param {Workspace} workspace */
function readStamp(workspace) {
  try {
    return readFileSync(stampOf(workspace), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** @param {Workspace} workspace */
function stampOf(workspace) {
  return join(workspace.dir, 'dist', '.build')
}
