import { writeFileSync } from 'node:fs'
import { env } from 'node:process'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * A vitest reporter that only counts. A file that cannot be loaded, and an error outside of every test, count as one
 * failure each: neither may hide behind a row of passed tests.
 * @param {(counts: Counts) => void} report
 * @returns {import('vitest/reporters').Reporter}
 */
export function countReporter(report) {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
      for (const module of modules) {
        const failedBefore = counts.failed
        for (const test of module.children.allTests()) {
          const { state } = test.result()
          if (state === 'passed') counts.passed += 1
          else if (state === 'skipped') counts.skipped += 1
          else counts.failed += 1
        }
        if (module.state() === 'failed' && counts.failed === failedBefore) counts.failed += 1
      }
      report(counts)
    },
  }
}

/** What `vitest --reporter` loads: the counts go to the file that CERTWRIGHT_TEST_COUNTS names. */
export default class {
  constructor() {
    Object.assign(
      this,
      countReporter((counts) => {
        const file = env['CERTWRIGHT_TEST_COUNTS']
        if (file !== undefined) writeFileSync(file, JSON.stringify(counts))
      }),
    )
  }
}
