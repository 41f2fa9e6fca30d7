import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { runNode, runNpm } from '../lib/run.mjs'
import { readWorkspaces } from '../lib/workspaces.mjs'

/** @typedef {import('../lib/workspaces.mjs').Workspace} Workspace */

export const title = 'the tarballs that would be published (publint, attw)'

const attw = 'node_modules/@arethetypeswrong/cli/dist/index.js'

/** Files that every tarball has, and files that none has. */
const required = [/^README\.md$/, /^LICENSE$/, /^dist\/.+\.js$/, /^dist\/.+\.d\.ts$/, /^src\/.+\.ts$/]
const forbidden = /(^|\/)(\.|test\/)|\.tsbuildinfo$/

/**
 * Needs the built packages.
 * @param {{ root: string }} context
 * @returns {Promise<string[]>}
 */
export async function check({ root }) {
  const folder = mkdtempSync(join(tmpdir(), 'certwright-pack-'))
  try {
    const published = readWorkspaces(root).filter(({ manifest }) => manifest.private !== true)
    const problems = []
    for (const workspace of published) problems.push(...(await checkOne(root, workspace, folder)))
    return problems
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} root @param {Workspace} workspace @param {string} folder */
async function checkOne(root, { path, dir }, folder) {
  const args = ['pack', '--json', '--silent', '--ignore-scripts', '--pack-destination', folder]
  const packed = await runNpm(args, { cwd: dir, quiet: true })
  if (packed.code !== 0) return [`${path}: npm pack failed: ${packed.output.trim()}`]
  const { filename, files } = readReport(packed.output)
  const tarball = join(folder, filename)
  return [
    ...contentProblems(path, files),
    ...(await publintProblems(path, tarball)),
    ...(await typeProblems(root, path, tarball)),
  ]
}

/**
 * What npm pack says it packed; npm 12 and newer put a name before it.
 * @param {string} output
 * @returns {{ filename: string, files: string[] }}
 */
function readReport(output) {
  const json = JSON.parse(output.slice(output.search(/^[[{]/m)))
  const [report] = Array.isArray(json) ? json : Object.values(json)
  return { filename: report.filename, files: report.files.map((/** @type {{ path: string }} */ file) => file.path) }
}

/** @param {string} path @param {readonly string[]} files */
function contentProblems(path, files) {
  const missing = required.filter((pattern) => !files.some((file) => pattern.test(file)))
  return [
    ...missing.map((pattern) => `${path}: the tarball has no file like ${pattern.source}`),
    ...files.filter((file) => forbidden.test(file)).map((file) => `${path}: ${file} must not be published`),
  ]
}

/** @param {string} path @param {string} tarball */
async function publintProblems(path, tarball) {
  const bytes = readFileSync(tarball)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: buffer } })
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => `${path}: publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`)
}

/** @param {string} root @param {string} path @param {string} tarball */
async function typeProblems(root, path, tarball) {
  const args = [
    attw,
    tarball,
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-color',
    '--no-emoji',
    '--format',
    'ascii',
  ]
  const { code, output } = await runNode(args, { cwd: root, quiet: true })
  return code === 0 ? [] : [`${path}: attw:\n${output.trim()}`]
}
