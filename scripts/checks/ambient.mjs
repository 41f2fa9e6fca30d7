import ts from 'typescript'
import { place, readSources, walk } from '../lib/sources.mjs'
import { nodeFolders, nodePackages } from './dependency-table.mjs'

/** @typedef {import('../lib/sources.mjs').Source} Source */

export const title = 'time, randomness and globals come in as arguments'

/** `object.member`, called or not. */
const members = [
  'Date.now',
  'Math.random',
  'performance.now',
  'performance.timeOrigin',
  'process.hrtime',
  'process.uptime',
]

/** Sources of randomness, by whatever object they are reached, and by import. */
const random = ['getRandomValues', 'randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID']

/** Globals that only Node has, or that reach everything. */
const nodeGlobals = ['Buffer', 'process', 'global', 'globalThis', 'require', '__dirname', '__filename']

/** A timer is a clock as well; adapters may wait, the rest may not. */
const timers = ['setTimeout', 'setInterval', 'setImmediate']

/**
 * @param {{ root: string }} context
 * @returns {string[]}
 */
export function check({ root }) {
  return readSources(root).filter(isBound).flatMap(violationsIn)
}

/**
 * core/defaults and packages/node are where the real ones are read; an example is a composition root, which hands them
 * out; testkit's foreign programs need names and ports that no other process has.
 * @param {Source} source
 */
function isBound({ package: name, inside }) {
  if (name.startsWith('examples/') || name === 'packages/node') return false
  if (name === 'packages/testkit') return !/^(foreign|postgres|processes)\//.test(inside)
  return !(name === 'packages/core' && inside.startsWith('defaults/'))
}

/** @param {Source} source */
function violationsIn(source) {
  const portable = !isForNode(source)
  const declared = namesDeclared(source)
  /** @type {string[]} */
  const found = []
  walk(source.ast, (node) => {
    const what = ambientTime(node) ?? ambientRandom(node) ?? (portable ? ambientGlobal(node, declared) : undefined)
    if (what !== undefined) found.push(`${place(source, node)}: ${what}`)
  })
  return found
}

/** @param {Source} source */
function isForNode({ package: name, inside }) {
  if (name === 'packages/core') return nodeFolders.some((folder) => inside.startsWith(folder))
  return nodePackages.some((each) => name === `packages/${each}`)
}

/** @param {ts.Node} node */
function ambientTime(node) {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0) {
    return 'new Date() without an argument reads the clock; take a Clock'
  }
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date() reads the clock; take a Clock'
  if (!ts.isPropertyAccessExpression(node)) return undefined
  const name = `${node.expression.getText()}.${node.name.text}`.replace(/^globalThis\./, '')
  if (name === 'Math.random') return 'Math.random is ambient; take a RandomSource'
  return members.includes(name) ? `${name} reads the clock; take a Clock` : undefined
}

/** @param {ts.Node} node */
function ambientRandom(node) {
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isImportSpecifier(node)
      ? (node.propertyName ?? node.name)
      : undefined
  return name !== undefined && random.includes(name.text) ? `${name.text} is ambient; take a RandomSource` : undefined
}

/** @param {ts.Node} node @param {ReadonlySet<string>} declared */
function ambientGlobal(node, declared) {
  if (!ts.isIdentifier(node) || declared.has(node.text) || !isUse(node)) return undefined
  if (nodeGlobals.includes(node.text)) return `${node.text} is a global of Node; this package runs elsewhere too`
  return timers.includes(node.text) ? `${node.text} is a clock; core and the protocols do not wait` : undefined
}

/** Not `x.process`, not `{ process: 1 }`. @param {ts.Identifier} node */
function isUse(node) {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isQualifiedName(parent)) return parent.left === node
  return !(
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node
  )
}

/** @param {ts.Node} node @param {string} name */
function isNamed(node, name) {
  return ts.isIdentifier(node) && node.text === name
}

/**
 * Names that the file gives a meaning of its own.
 * @param {Source} source
 * @returns {ReadonlySet<string>}
 */
function namesDeclared(source) {
  /** @type {Set<string>} */
  const names = new Set()
  walk(source.ast, (node) => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isBindingElement(node)
    if (declares && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
  })
  return names
}
