// npm run check: makes the checkout ready and runs every check in scripts/checks, or those that are named:
//
//   npm run check -- lint types
//
// A check is one file that exports `title` and `check({ root })`, which returns one message for each violation.
import process from 'node:process'
import { requireNode } from './lib/node-version.mjs'

requireNode()
const { prepare } = await import('./lib/prepare.mjs')
const { root } = await import('./lib/root.mjs')
const { SetupError } = await import('./lib/setup-error.mjs')
const { total } = await import('./lib/total.mjs')

/** In this order: what is quick first; `types` writes the declarations that those after it read. */
const names = [
  'lockfile',
  'manifests',
  'machine-paths',
  'lint',
  'source-shape',
  'dependency-direction',
  'ambient',
  'types',
  'exports',
  'docs',
  'packages',
  'examples',
]

/**
 * @param {string} name
 * @returns {Promise<boolean>} whether it found nothing
 */
async function runCheck(name) {
  const { title, check } = await import(`./checks/${name}.mjs`)
  const begun = performance.now()
  /** @type {readonly string[]} */
  const violations = await Promise.resolve(check({ root })).catch((error) => [`${error.stack ?? error}`])
  const time = `${((performance.now() - begun) / 1000).toFixed(1)} s`
  console.log(`${violations.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${title} (${time})`)
  for (const violation of violations) console.log(violation.replace(/^/gm, '     '))
  return violations.length === 0
}

/** @param {readonly string[]} chosen */
async function runChecks(chosen) {
  const unknown = chosen.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new SetupError(`No check is called ${unknown.join(', ')}. There are: ${names.join(', ')}`)
  await prepare({ types: false })
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const name of names.filter((name) => chosen.length === 0 || chosen.includes(name))) {
    if (await runCheck(name)) counts.passed += 1
    else counts.failed += 1
  }
  return counts
}

try {
  const counts = await runChecks(process.argv.slice(2))
  console.log(total(counts))
  process.exitCode = counts.failed === 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error)
  process.exitCode = 1
}
