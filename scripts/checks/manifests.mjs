import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWorkspaces, siblings } from '../lib/workspaces.mjs'

/** @typedef {import('../lib/workspaces.mjs').Workspace} Workspace */

export const title = 'package.json and tsconfig.json of every package agree'

/**
 * @param {{ root: string }} context
 * @returns {string[]}
 */
export function check({ root }) {
  const workspaces = readWorkspaces(root)
  const engines = readJson(join(root, 'package.json')).engines.node
  const license = readFileSync(join(root, 'LICENSE'), 'utf8')
  return [
    ...workspaces.flatMap((workspace) => [
      ...common(workspace, engines),
      ...references(workspace, workspaces),
      ...(workspace.manifest.private === true ? [] : published(workspace, license)),
    ]),
    ...rootReferences(root, workspaces),
  ]
}

/** @param {Workspace} workspace @param {string} engines */
function common({ path, dir, manifest, entries }, engines) {
  const wanted = { type: 'module', license: 'Apache-2.0', 'engines.node': engines }
  const json = readJson(join(dir, 'package.json'))
  const given = /** @type {Record<string, unknown>} */ ({ ...json, 'engines.node': json.engines?.node })
  const wrong = Object.entries(wanted).filter(([field, value]) => given[field] !== value)
  const missing = entries.filter(({ source }) => !existsSync(join(dir, source)))
  return [
    ...wrong.map(([field, value]) => `${path}/package.json: ${field} has to be "${value}"`),
    ...missing.map(({ specifier, source }) => `${path}/package.json: ${specifier} has no ${source}`),
    ...(manifest.name.startsWith('@certwright/')
      ? []
      : [`${path}/package.json: the name has to begin with @certwright/`]),
  ]
}

/** What is published: sources for the source maps, licence, types first. @param {Workspace} workspace @param {string} license */
function published({ path, dir, manifest }, license) {
  const problems = []
  const files = JSON.stringify(readJson(join(dir, 'package.json')).files)
  const wanted = JSON.stringify(['dist', 'src', '!dist/.build', '!dist/.tsbuildinfo'])
  if (files !== wanted) problems.push(`${path}/package.json: files has to be ${wanted}`)
  if (read(join(dir, 'LICENSE')) !== license) problems.push(`${path}/LICENSE has to be a copy of LICENSE`)
  if (read(join(dir, 'README.md')) === undefined) problems.push(`${path}/README.md is missing`)
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === 'string') continue
    const file = target['default'] ?? ''
    const same = JSON.stringify(target) === JSON.stringify({ types: file.replace(/\.js$/, '.d.ts'), default: file })
    if (!same)
      problems.push(
        `${path}/package.json: "${subpath}" of exports has to be { types, default }, for one and the same file`,
      )
  }
  return problems
}

/** Project references follow dependencies. @param {Workspace} workspace @param {readonly Workspace[]} all */
function references(workspace, all) {
  const up = workspace.path
    .split('/')
    .map(() => '..')
    .join('/')
  const wanted = siblings(workspace, all).map(({ path }) => `${up}/${path}`)
  return differences(
    `${workspace.path}/tsconfig.json`,
    referencesOf(join(workspace.dir, 'tsconfig.json')),
    wanted,
    (path) => path.replace(`${up}/packages/`, '../'),
  )
}

/** @param {string} root @param {readonly Workspace[]} workspaces */
function rootReferences(root, workspaces) {
  const wanted = workspaces.map(({ path }) => path)
  return ['tsconfig.json', 'tsconfig.tests.json'].flatMap((name) =>
    differences(name, referencesOf(join(root, name)), wanted, (path) => path),
  )
}

/**
 * @param {string} file
 * @param {readonly string[]} given
 * @param {readonly string[]} wanted
 * @param {(path: string) => string} shorter another way to write a wanted path
 */
function differences(file, given, wanted, shorter) {
  const lacking = wanted.filter((path) => !given.includes(path) && !given.includes(shorter(path)))
  const extra = given.filter((path) => !wanted.includes(path) && !wanted.map(shorter).includes(path))
  return [
    ...lacking.map((path) => `${file}: references lack ${path}, which is a dependency`),
    ...extra.map((path) => `${file}: refers to ${path}, which is no dependency`),
  ]
}

/** @param {string} file @returns {string[]} */
function referencesOf(file) {
  const { references = [] } = readJson(file)
  return references.map((/** @type {{ path: string }} */ { path }) => path)
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
