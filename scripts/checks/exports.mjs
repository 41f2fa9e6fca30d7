import { existsSync, readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { gitFiles } from '../lib/git-files.mjs'
import { runNode } from '../lib/run.mjs'
import { readWorkspaces } from '../lib/workspaces.mjs'

/** @typedef {import('../lib/workspaces.mjs').Workspace} Workspace */
/** @typedef {import('../lib/workspaces.mjs').Entry} Entry */

export const title = 'every subpath of exports can be imported, is documented, and loads no more than it should'

/**
 * Needs the built packages.
 * @param {{ root: string }} context
 * @returns {Promise<string[]>}
 */
export async function check({ root }) {
  const published = readWorkspaces(root).filter(({ manifest }) => manifest.private !== true)
  const documents = documentation(root)
  const imported = await Promise.all(published.map((workspace) => importAll(root, workspace)))
  return [
    ...imported.flat(),
    ...published.flatMap((workspace) => undocumented(workspace, documents)),
    ...published.flatMap((workspace) => workspace.entries.flatMap((entry) => loadsTooMuch(workspace, entry))),
  ]
}

/**
 * As a user would, by name, in a process of its own.
 * @param {string} root
 * @param {Workspace} workspace
 */
async function importAll(root, { entries }) {
  const problems = []
  for (const { specifier } of entries) {
    const program = [...(loadedBefore[specifier] ?? []), specifier]
      .map((name) => `await import(${JSON.stringify(name)})`)
      .join('\n')
    const { code, output } = await runNode(['--input-type=module', '--eval', program], { cwd: root, quiet: true })
    if (code !== 0) problems.push(`${specifier} cannot be imported: ${firstError(output)}`)
  }
  return problems
}

/**
 * What a user has to load first, because a peer dependency asks for it.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const loadedBefore = { '@certwright/core/interop/peculiar': ['reflect-metadata'] }

/** @param {string} output */
function firstError(output) {
  return output.split('\n').find((line) => /Error\b/.test(line)) ?? output.trim()
}

/**
 * The reference has every subpath (typedoc.config.mjs); somebody has to say what it is for, too.
 * @param {Workspace} workspace
 * @param {string} documents
 */
function undocumented({ path, dir, entries }, documents) {
  const readme = join(dir, 'README.md')
  const text = documents + (existsSync(readme) ? readFileSync(readme, 'utf8') : '')
  return entries
    .filter(({ specifier }) => !text.includes(`\`${specifier}\``) && !text.includes(`'${specifier}'`))
    .map(({ specifier }) => `${path}/README.md, or a page in docs, has to say what \`${specifier}\` is for`)
}

/** @param {string} root */
function documentation(root) {
  return gitFiles(root)
    .filter((path) => path === 'README.md' || /^docs\/.+\.md$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
}

/**
 * What the bundle of an entry was made of, by its source maps: a codec must not drag the rest of core along, and nothing
 * may load this machine's defaults except the two entries that are for it.
 * @param {Workspace} workspace
 * @param {Entry} entry
 */
function loadsTooMuch(workspace, entry) {
  const allowed = limits[entry.specifier] ?? (workspace.path === 'packages/core' ? /^(?!defaults\/|interop\/)/ : /^/)
  return sourcesLoaded(workspace, entry)
    .filter((source) => !allowed.test(source))
    .map((source) => `${entry.specifier} loads ${workspace.path}/src/${source}`)
}

/** @type {Readonly<Record<string, RegExp>>} */
const limits = {
  '@certwright/core': /^(?!interop\/)/,
  '@certwright/core/defaults': /^(?!interop\/)/,
  '@certwright/core/interop/node':
    /^((asn1|x509|pkix|cms|algorithms|interop\/node)\/|interop\/read-by\.ts$|errors\.ts$)/,
  '@certwright/core/interop/peculiar': /^((asn1|x509|pkix|interop\/peculiar)\/|interop\/read-by\.ts$|errors\.ts$)/,
  '@certwright/core/interop/pkijs':
    /^((asn1|x509|pkix|cms|algorithms|interop\/pkijs)\/|interop\/read-by\.ts$|errors\.ts$)/,
  '@certwright/core/asn1': /^(asn1\/|errors\.ts$)/,
  '@certwright/core/errors': /^errors\.ts$/,
}

/**
 * @param {Workspace} workspace
 * @param {Entry} entry
 * @returns {string[]} below `src`
 */
function sourcesLoaded({ dir }, { output }) {
  const dist = join(dir, 'dist')
  const seen = new Set([`${output}.js`])
  const sources = new Set()
  for (const file of seen) {
    const code = join(dist, file)
    if (!existsSync(code)) continue
    for (const [, imported = ''] of readFileSync(code, 'utf8').matchAll(/(?:from |import |import\()"(\.[^"]+)"/g)) {
      seen.add(posix.join(posix.dirname(file), imported))
    }
    for (const source of mapped(code)) sources.add(source.slice(resolve(dir, 'src').length + 1).replaceAll('\\', '/'))
  }
  return [...sources].sort()
}

/** @param {string} code @returns {string[]} absolute */
function mapped(code) {
  const map = `${code}.map`
  if (!existsSync(map)) return []
  return JSON.parse(readFileSync(map, 'utf8')).sources.map((/** @type {string} */ source) =>
    resolve(code, '..', source),
  )
}
