import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/**
 * One TypeScript file of a package.
 * @typedef {object} Source
 * @property {string} path relative to the repository, with `/`: `packages/core/src/asn1/schema.ts`
 * @property {string} package `packages/core`
 * @property {string} inside below `src`: `asn1/schema.ts`
 * @property {ts.SourceFile} ast
 */

/**
 * Parses every TypeScript file in the `src` folders of packages and examples.
 * @param {string} root
 * @returns {Source[]}
 */
export function readSources(root) {
  return ['packages', 'examples'].flatMap((folder) =>
    namesIn(join(root, folder)).flatMap((name) => readPackage(root, `${folder}/${name}`)),
  )
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Source[]}
 */
function readPackage(root, path) {
  const src = join(root, path, 'src')
  if (!existsSync(src)) return []
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((inside) => {
      const text = readFileSync(join(src, inside), 'utf8')
      const ast = ts.createSourceFile(inside, text, ts.ScriptTarget.Latest, true)
      return { path: `${path}/src/${inside}`, package: path, inside, ast }
    })
}

/** @param {string} folder */
function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

/**
 * Calls `visit` for a node and everything below it.
 * @param {ts.Node} node
 * @param {(node: ts.Node) => void} visit
 */
export function walk(node, visit) {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

/**
 * `path:line`, as editors open it.
 * @param {Source} source
 * @param {ts.Node} node
 */
export function place(source, node) {
  const { line } = source.ast.getLineAndCharacterOfPosition(node.getStart(source.ast))
  return `${source.path}:${line + 1}`
}

/**
 * Everything a file imports or re-exports, dynamic imports and types in `import('…')` included.
 * @param {Source} source
 * @returns {{ specifier: string, node: ts.Node, typeOnly: boolean }[]}
 */
export function importsOf(source) {
  /** @type {{ specifier: string, node: ts.Node, typeOnly: boolean }[]} */
  const imports = []
  walk(source.ast, (node) => {
    const found = importIn(node)
    if (found !== undefined && ts.isStringLiteral(found.literal)) {
      imports.push({ specifier: found.literal.text, node, typeOnly: found.typeOnly })
    }
  })
  return imports
}

/**
 * @param {ts.Node} node
 * @returns {{ literal: ts.Node, typeOnly: boolean } | undefined}
 */
function importIn(node) {
  if (ts.isImportDeclaration(node))
    return { literal: node.moduleSpecifier, typeOnly: isTypeOnlyImport(node.importClause) }
  if (ts.isExportDeclaration(node)) {
    if (node.moduleSpecifier === undefined) return undefined
    return { literal: node.moduleSpecifier, typeOnly: node.isTypeOnly || onlyTypes(node.exportClause) }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { literal: node.argument.literal, typeOnly: true }
  if (
    ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ImportKeyword &&
    node.arguments[0] !== undefined
  ) {
    return { literal: node.arguments[0], typeOnly: false }
  }
  return undefined
}

/** @param {ts.ImportClause | undefined} clause */
function isTypeOnlyImport(clause) {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  return clause.name === undefined && onlyTypes(clause.namedBindings)
}

/** @param {ts.NamedImportBindings | ts.NamedExportBindings | undefined} bindings */
function onlyTypes(bindings) {
  if (bindings === undefined || !('elements' in bindings) || bindings.elements.length === 0) return false
  return bindings.elements.every((element) => element.isTypeOnly)
}
