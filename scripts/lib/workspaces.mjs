import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/**
 * The parts of a package.json that the scripts read.
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {Record<string, string | Record<string, string>>} [exports]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * One package of this repository.
 * @typedef {object} Workspace
 * @property {string} path folder relative to the root, with `/`: `packages/core`
 * @property {string} dir the same folder, absolute
 * @property {Manifest} manifest its package.json
 * @property {readonly Entry[]} entries what it is built from, one for each subpath that `exports` names
 */

/**
 * One entry point.
 * @typedef {object} Entry
 * @property {string} specifier what a user imports: `@certwright/core/asn1`
 * @property {string} output below `dist`, without extension: `asn1/index`
 * @property {string} source relative to the package: `src/asn1/index.ts`
 */

const folders = ['packages', 'examples']

/**
 * Every package of the repository, dependencies before dependents.
 * @param {string} [from] the repository's root
 * @returns {readonly Workspace[]}
 * @throws {Error} when an entry of `exports` has no source file
 */
export function readWorkspaces(from = root) {
  const paths = folders
    .filter((folder) => existsSync(join(from, folder)))
    .flatMap((folder) => readdirSync(join(from, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => existsSync(join(from, path, 'package.json')))
    .sort()
  return dependenciesFirst(paths.map((path) => readWorkspace(from, path)))
}

/**
 * @param {string} from
 * @param {string} path
 * @returns {Workspace}
 */
function readWorkspace(from, path) {
  const dir = join(from, path)
  const manifest = /** @type {Manifest} */ (JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')))
  return { path, dir, manifest, entries: readEntries(path, manifest) }
}

/**
 * `"./asn1": { "default": "./dist/asn1/index.js" }` is built from `src/asn1/index.ts`. A package that exports nothing is
 * a program: `src/main.ts`.
 * @param {string} path
 * @param {Manifest} manifest
 * @returns {Entry[]}
 */
function readEntries(path, manifest) {
  if (manifest.exports === undefined) return [{ specifier: manifest.name, output: 'main', source: 'src/main.ts' }]
  return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    const file = typeof target === 'string' ? target : (target['default'] ?? '')
    if (file.endsWith('.json')) return []
    const output = /^\.\/dist\/(.+)\.js$/.exec(file)?.[1]
    if (output === undefined)
      throw new Error(`${path}/package.json: "${subpath}" of exports has to lead to ./dist/….js`)
    return [{ specifier: `${manifest.name}${subpath.slice(1)}`, output, source: `src/${output}.ts` }]
  })
}

/**
 * The other packages of the repository that this one needs at run time.
 * @param {Workspace} workspace
 * @param {readonly Workspace[]} all
 * @returns {Workspace[]}
 */
export function siblings(workspace, all) {
  const { dependencies, optionalDependencies, peerDependencies } = workspace.manifest
  const wanted = { ...dependencies, ...optionalDependencies, ...peerDependencies }
  return all.filter((other) => other.manifest.name in wanted)
}

/**
 * @param {readonly Workspace[]} workspaces
 * @returns {Workspace[]}
 */
function dependenciesFirst(workspaces) {
  /** @type {Set<Workspace>} */
  const ordered = new Set()
  /** @param {Workspace} workspace @param {readonly string[]} above */
  const visit = (workspace, above) => {
    const name = workspace.manifest.name
    if (above.includes(name))
      throw new Error(`packages depend on each other in a circle: ${[...above, name].join(' -> ')}`)
    for (const sibling of siblings(workspace, workspaces)) visit(sibling, [...above, name])
    ordered.add(workspace)
  }
  for (const workspace of workspaces) visit(workspace, [])
  return [...ordered]
}
