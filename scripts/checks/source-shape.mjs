import ts from 'typescript'
import { place, readSources, walk } from '../lib/sources.mjs'

/** @typedef {import('../lib/sources.mjs').Source} Source */

export const title = 'files are short, named in kebab case, without default exports and enums'

const maxLines = 500

/**
 * @param {{ root: string }} context
 * @returns {string[]}
 */
export function check({ root }) {
  return readSources(root).flatMap((source) => [...fileProblems(source), ...nodeProblems(source)])
}

/** @param {Source} source */
function fileProblems(source) {
  const problems = []
  const lines = source.ast.text.replace(/\n$/, '').split('\n').length
  if (lines > maxLines) problems.push(`${source.path}: ${lines} lines; the limit is ${maxLines}`)
  if (!/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(source.inside)) {
    problems.push(`${source.path}: file and folder names are in kebab-case`)
  }
  return problems
}

/** @param {Source} source */
function nodeProblems(source) {
  /** @type {string[]} */
  const problems = []
  walk(source.ast, (node) => {
    if (ts.isEnumDeclaration(node)) problems.push(`${place(source, node)}: no enum; use a union of literals`)
    if (isDefaultExport(node)) problems.push(`${place(source, node)}: no default export; give it a name`)
  })
  return problems
}

/** @param {ts.Node} node */
function isDefaultExport(node) {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  )
}
