// npm test: makes the checkout ready and runs every test, or those that the arguments choose:
//
//   npm test -- packages/est -t renewal
//
// With REQUIRE_PEERS=1 a test that needs a foreign program (strongSwan's pki, …) fails where that is not installed;
// otherwise it is skipped and says what to install. The last line is the total; the exit code is 0 when some test ran and
// none failed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { requireNode } from './lib/node-version.mjs'

requireNode()
const { prepare } = await import('./lib/prepare.mjs')
const { runNode } = await import('./lib/run.mjs')
const { SetupError } = await import('./lib/setup-error.mjs')
const { total } = await import('./lib/total.mjs')

/**
 * @param {readonly string[]} args for vitest
 * @returns {Promise<import('./lib/count-reporter.mjs').Counts>}
 */
async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'certwright-test-'))
  const file = join(folder, 'counts.json')
  try {
    const vitest = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=./scripts/lib/count-reporter.mjs',
    ]
    console.log(`Running the tests: vitest run ${args.join(' ')}`.trimEnd())
    const { code } = await runNode([...vitest, ...args], { env: { CERTWRIGHT_TEST_COUNTS: file } })
    const counts = readCounts(file)
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} file */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 } // vitest ended without a report
  }
}

try {
  await prepare({ types: true })
  const counts = await runTests(process.argv.slice(2))
  console.log(total(counts))
  process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error)
  console.log(total({ passed: 0, failed: 1, skipped: 0 }))
  process.exitCode = 1
}
