import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What a clone would hold: tracked files, and new ones that are not ignored.
 * @param {string} root
 * @returns {string[]} relative to the root, with `/`
 */
export function gitFiles(root) {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(output.split('\0'))]
    .filter((path) => path !== '' && existsSync(join(root, path)) && lstatSync(join(root, path)).isFile())
    .sort()
}
