import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A hash over names and contents, so that neither a checkout nor a copy makes a build look old, and an edit always does.
 * Reading the sources of this repository takes a few milliseconds.
 * @param {string} base the folder that the paths are relative to
 * @param {readonly string[]} paths files and folders; a folder stands for everything in it; what is absent counts as such
 * @returns {string} hexadecimal
 */
export function fingerprint(base, paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((path) => filesIn(base, path)).sort()) {
    hash.update(`${path}\0`)
    hash.update(contents(join(base, path)))
    hash.update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} base
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(base, path) {
  try {
    return readdirSync(join(base, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? filesIn(base, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
  } catch {
    return [path]
  }
}

/** @param {string} file */
function contents(file) {
  try {
    return readFileSync(file)
  } catch {
    return 'absent'
  }
}
