import { posix } from 'node:path'
import { importsOf, place, readSources } from '../lib/sources.mjs'
import {
  compositionOnly,
  coreRooms,
  importedByNobody,
  nodeFolders,
  nodePackages,
  optionalPeers,
  protocolRooms,
  protocols,
} from './dependency-table.mjs'

/** @typedef {import('../lib/sources.mjs').Source} Source */
/** @typedef {ReturnType<typeof importsOf>[number]} Import */

export const title = 'dependencies point one way'

/**
 * @param {{ root: string }} context
 * @returns {string[]} one line for each arrow that the table does not have
 */
export function check({ root }) {
  const sources = readSources(root)
  const arrows = sources.flatMap((source) =>
    importsOf(source).flatMap((found) => {
      const problem = problemOf(source, found)
      return problem === undefined ? [] : [`${place(source, found.node)}: ${problem}`]
    }),
  )
  return [...arrows, ...valuesInPorts(sources), ...circles(sources)]
}

/**
 * @param {Source} source
 * @param {Import} found
 * @returns {string | undefined}
 */
function problemOf(source, found) {
  const { specifier } = found
  if (source.package.startsWith('examples/')) return undefined
  if (specifier.startsWith('node:')) return nodeProblem(source, specifier)
  if (specifier.startsWith('.')) return insideProblem(source, posix.join(posix.dirname(source.inside), specifier))
  if (specifier.startsWith('@certwright/')) return siblingProblem(source, specifier)
  return peerProblem(source, specifier)
}

/** @param {Source} source @param {string} specifier */
function nodeProblem(source, specifier) {
  if (nodePackages.includes(nameOf(source))) return undefined
  if (source.package === 'packages/core' && nodeFolders.some((folder) => source.inside.startsWith(folder)))
    return undefined
  return `imports ${specifier}; only core/defaults, core/interop/node and the packages made for Node may`
}

/** @param {Source} source @param {string} specifier */
function peerProblem(source, specifier) {
  const folder = Object.entries(optionalPeers).find(
    ([peer]) => specifier === peer || specifier.startsWith(`${peer}/`),
  )?.[1]
  if (folder === undefined || (source.package === 'packages/core' && source.inside.startsWith(folder))) return undefined
  return `imports ${specifier}, which users may do without; only core/${folder} may`
}

/** @param {Source} source @param {string} target below src */
function insideProblem(source, target) {
  if (target.startsWith('..')) return 'imports a file outside of its package'
  const from = roomOf(source.inside)
  const to = roomOf(target)
  if (from === to) return undefined
  if (source.package === 'packages/core' && to === importedByNobody) {
    return `core/${from} imports core/${to}, whose libraries users may do without; nothing may`
  }
  if (from === 'index') return undefined
  if (to === 'index') return `imports the package's own index, which imports ${from}`
  if (source.package === 'packages/core') return coreProblem(from, to)
  if (!protocols.includes(nameOf(source))) return undefined
  const room = protocolRooms[from]
  if (room === undefined) return `the room ${from} is not in scripts/checks/dependency-table.mjs`
  return room.rooms.includes(to) ? undefined : `${from} imports ${to}; it may import ${list(room.rooms)}`
}

/** @param {string} from @param {string} to */
function coreProblem(from, to) {
  const rooms = /** @type {Record<string, readonly string[]>} */ (coreRooms)
  if (from === 'errors') return 'core/errors imports nothing'
  const allowed = rooms[from]
  if (allowed === undefined) return `the room ${from} is not in scripts/checks/dependency-table.mjs`
  if (to === 'errors' || allowed.includes(to)) return undefined
  if (to === compositionOnly) return `core/${from} imports core/${to}; only core/index.ts may`
  return `core/${from} imports core/${to}; it may import ${list(allowed)} and errors`
}

/** @param {Source} source @param {string} specifier */
function siblingProblem(source, specifier) {
  const [, name = '', room] = specifier.split('/')
  if (name === nameOf(source)) return `imports its own package by name; use a relative path`
  if (name !== 'core') return `imports its sibling ${specifier}; a package depends on core and on no sibling`
  if (!protocols.includes(nameOf(source))) return undefined
  const from = roomOf(source.inside)
  const rules = protocolRooms[from]
  if (from === 'index') return undefined
  if (rules === undefined) return `the room ${from} is not in scripts/checks/dependency-table.mjs`
  if (room === undefined) return `imports ${specifier}, which is all of core; import the room that is meant`
  return room === 'errors' || rules.core.includes(room)
    ? undefined
    : `${from} imports ${specifier}; of core it may import ${list([...rules.core, 'errors'])}`
}

/**
 * Ports are interfaces: nothing of theirs exists at run time.
 * @param {readonly Source[]} sources
 */
function valuesInPorts(sources) {
  return sources
    .filter(({ package: name, inside }) => name === 'packages/core' && roomOf(inside) === 'ports')
    .flatMap((source) =>
      source.ast.statements
        .filter((statement) => !isTypeStatement(source, statement))
        .map((statement) => `${place(source, statement)}: core/ports holds interfaces and types only`),
    )
}

/** @param {Source} source @param {import('typescript').Statement} statement */
function isTypeStatement(source, statement) {
  const text = statement.getText(source.ast)
  if (/^(export\s+)?(declare\s+)?(interface|type)\b/.test(text)) return true
  const imported = importsOf(source).find(({ node }) => node === statement)
  return imported !== undefined && (imported.typeOnly || text.startsWith('export'))
}

/**
 * Circles between files of one package, types aside: which file runs first would depend on who imports whom.
 * @param {readonly Source[]} sources
 */
function circles(sources) {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  /** @type {Set<string>} */
  const done = new Set()
  /** @type {string[]} */
  const found = []
  /** @param {string} path @param {readonly string[]} above */
  const visit = (path, above) => {
    const source = byPath.get(path)
    if (source === undefined || done.has(path)) return
    if (above.includes(path)) {
      found.push(`${[...above.slice(above.indexOf(path)), path].join(' -> ')}: files import each other in a circle`)
      return
    }
    for (const { specifier, typeOnly } of importsOf(source)) {
      if (specifier.startsWith('.') && !typeOnly) visit(resolve(path, specifier), [...above, path])
    }
    done.add(path)
  }
  for (const path of byPath.keys()) visit(path, [])
  return found
}

/** @param {string} from @param {string} specifier */
function resolve(from, specifier) {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
}

/** `asn1/schema.ts` is in the room `asn1`, `client.ts` in `client`, `create-est.ts` in `create`. @param {string} inside */
function roomOf(inside) {
  const name = (inside.split('/')[0] ?? '').replace(/\.(ts|js)$/, '')
  return name.startsWith('create-') ? 'create' : name
}

/** @param {Source} source */
function nameOf(source) {
  return source.package.slice('packages/'.length)
}

/** @param {readonly string[]} names */
function list(names) {
  return names.length === 0 ? 'nothing' : names.join(', ')
}
