import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../lib/root.mjs'

/**
 * Runs a job in a small repository that is made for it, and removes it.
 * @template T
 * @param {Readonly<Record<string, unknown>>} files by path; what is not text is written as JSON
 * @param {(root: string) => T | Promise<T>} job
 * @param {{ git?: boolean, modules?: boolean, copies?: readonly string[] }} [options] `git`: make it a repository of git;
 *   `modules`: with our node_modules; `copies`: with these files of ours
 * @returns {Promise<T>}
 */
export async function withFixture(files, job, options = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'certwright-fixture-')))
  try {
    for (const path of options.copies ?? []) cpSync(join(root, path), join(folder, path), { recursive: true })
    for (const [path, content] of Object.entries(files)) write(join(folder, path), content)
    if (options.modules === true) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    if (options.git === true) execFileSync('git', ['init', '--quiet'], { cwd: folder })
    return await job(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} file @param {unknown} content */
function write(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
}

/**
 * A package.json that the checks accept.
 * @param {string} name
 * @param {Readonly<Record<string, unknown>>} [fields]
 */
export function manifest(name, fields) {
  return {
    name: `@certwright/${name}`,
    version: '0.0.0',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=20.19.0' },
    files: ['dist', 'src', '!dist/.build', '!dist/.tsbuildinfo'],
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    ...fields,
  }
}
