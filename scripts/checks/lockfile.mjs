import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingOptional } from '../complete-lockfile.mjs'

export const title = 'package-lock.json serves every platform and every registry'

/**
 * @param {{ root: string }} context
 * @returns {string[]}
 */
export function check({ root }) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const missing = missingOptional(lock).map(
    ({ name }) => `package-lock.json lacks ${name}, so npm ci fails: run node scripts/complete-lockfile.mjs`,
  )
  const hosts = Object.entries(lock.packages)
    .filter(([, { resolved }]) => /^https?:/.test(resolved ?? ''))
    .map(
      ([path]) => `package-lock.json names a registry for ${path}: npm install with --omit-lockfile-registry-resolved`,
    )
  return [...missing, ...hosts]
}
