import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { gitFiles } from '../lib/git-files.mjs'
import { codeBlocks } from '../lib/markdown.mjs'
import { root as home } from '../lib/root.mjs'
import { run, runNode } from '../lib/run.mjs'
import { withPlatform } from '../lib/served-platform.mjs'

/** @typedef {import('../lib/markdown.mjs').CodeBlock} CodeBlock */

export const title = 'examples in README.md, docs and TSDoc compile and run'

/**
 * In README.md, the README.md of each package, docs, and the TSDoc of the sources:
 * - a `ts` block is a module that passes the type check, and `ts run` one that also runs, in an empty folder;
 * - an `sh` block is valid bash, and `sh run` one that succeeds under `bash -euo pipefail`, in a folder where a platform
 *   serves from `pki-data`. The ports 8080 and 8443 in it are replaced by those of that platform. All `sh run` blocks
 *   of all documents run in the same folder, in order, each in a shell of its own.
 *
 * Needs the built packages.
 * @param {{ root: string }} context
 * @returns {Promise<string[]>}
 */
export async function check({ root }) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'certwright-examples-')))
  try {
    const blocks = documents(root).flatMap((path) =>
      codeBlocks(path, textOf(path, readFileSync(join(root, path), 'utf8'))),
    )
    return [...(await checkTypeScript(folder, blocks)), ...(await checkShell(folder, blocks))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} root */
function documents(root) {
  return gitFiles(root).filter((path) =>
    /^((README|packages\/[^/]+\/README|docs\/.+)\.md|packages\/[^/]+\/src\/.+\.ts)$/.test(path),
  )
}

/** Of a source, its documentation: the other lines are left empty. @param {string} path @param {string} text */
function textOf(path, text) {
  return path.endsWith('.ts') ? text.replace(/^.*$/gm, (line) => /^\s*\* ?(.*)$/.exec(line)?.[1] ?? '') : text
}

/** @param {string} folder @param {readonly CodeBlock[]} blocks */
async function checkTypeScript(folder, blocks) {
  const modules = blocks.filter(({ language }) => language === 'ts')
  if (modules.length === 0) return []
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const problems = typeErrors(folder, modules)
  for (const block of modules.filter(({ run }) => run)) problems.push(...(await runModule(folder, block)))
  return problems
}

/**
 * Each block is a file with as many empty lines before it as it has in its document, so that the lines agree.
 * @param {string} folder
 * @param {readonly CodeBlock[]} blocks
 */
function typeErrors(folder, blocks) {
  const files = new Map(blocks.map((block) => [join(folder, `${fileName(block)}.ts`), block]))
  for (const [file, { line, code }] of files) writeFileSync(file, '\n'.repeat(line - 1) + code)
  const base = ts.readConfigFile(join(home, 'tsconfig.base.json'), ts.sys.readFile).config.compilerOptions
  const wanted = {
    ...base,
    composite: false,
    noEmit: true,
    emitDeclarationOnly: false,
    moduleDetection: 'force',
    noUnusedLocals: false,
  }
  const { options } = ts.convertCompilerOptionsFromJson(wanted, folder)
  const program = ts.createProgram([...files.keys()], options)
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n  ')
    const block = diagnostic.file === undefined ? undefined : files.get(diagnostic.file.fileName)
    if (diagnostic.file === undefined || block === undefined) return message
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
    return `${block.document}:${line + 1}: ${message}`
  })
}

/** @param {string} folder @param {CodeBlock} block */
async function runModule(folder, block) {
  const empty = join(folder, fileName(block))
  mkdirSync(empty)
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true }
  writeFileSync(
    join(folder, `${fileName(block)}.js`),
    ts.transpileModule(block.code, { compilerOptions: options }).outputText,
  )
  const { code, output } = await runNode([join(folder, `${fileName(block)}.js`)], {
    cwd: empty,
    quiet: true,
    timeout: 60_000,
  })
  return code === 0 ? [] : [`${block.document}:${block.line}: the example fails:\n${output.trim()}`]
}

/** @param {string} folder @param {readonly CodeBlock[]} blocks */
async function checkShell(folder, blocks) {
  const scripts = blocks.filter(({ language }) => language === 'sh')
  /** @type {string[]} */
  const problems = []
  for (const block of scripts) problems.push(...(await bash(folder, block, ['-n'], block.code)))
  const runnable = scripts.filter(({ run, code }) => run && !code.startsWith('npm start'))
  if (problems.length > 0 || runnable.length === 0) return problems
  const cwd = join(folder, 'terminal')
  mkdirSync(cwd)
  return withPlatform(cwd, async ({ http, https }) => {
    for (const block of runnable) {
      const code = block.code.replace(/\b8443\b/g, `${https}`).replace(/\b8080\b/g, `${http}`)
      problems.push(...(await bash(cwd, block, ['-euo', 'pipefail'], code)))
    }
    return problems
  })
}

/** @param {string} cwd @param {CodeBlock} block @param {readonly string[]} options @param {string} code */
async function bash(cwd, block, options, code) {
  const result = await run('bash', [...options, '-c', code], { cwd, quiet: true, timeout: 60_000 })
  return result.code === 0 ? [] : [`${block.document}:${block.line}: the commands fail:\n${result.output.trim()}`]
}

/** @param {CodeBlock} block */
function fileName({ document, line }) {
  return `${document.replace(/[^\w]+/g, '-')}-${line}`
}
