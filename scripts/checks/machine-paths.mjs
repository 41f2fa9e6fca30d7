import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gitFiles } from '../lib/git-files.mjs'

export const title = 'no file names a path of the machine it was written on'

/** Home folders and the like, at the start of a path. */
const machine = /(?<![\w.~-])\/(work|root|home|Users)\/[\w.-]/

/** Licence texts and lock files are written by others. */
const exempt = ['package-lock.json']

/**
 * @param {{ root: string }} context
 * @returns {string[]}
 */
export function check({ root }) {
  return gitFiles(root)
    .filter((path) => !exempt.includes(path))
    .flatMap((path) => pathsIn(path, readFileSync(join(root, path))))
}

/** @param {string} path @param {Buffer} bytes */
function pathsIn(path, bytes) {
  if (bytes.includes(0)) return [] // not a text
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line, index) => (machine.test(line) ? [`${path}:${index + 1}: an absolute path of one machine`] : []))
}
